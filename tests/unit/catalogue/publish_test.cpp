#include "assets/compiler/publish.h"

#include <doctest/doctest.h>

#include "assets/compiler/generate.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/snapshot.h"
#include "tests/unit/catalogue/golden.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;
using namespace tongban::compiler;

namespace {

Catalogue next_of(Catalogue c) {
  ++c.version;
  c.items[0].limit = "15个工作日";
  c.items[0].limit_working_days = 15;
  return c;
}

}  // namespace

TEST_CASE("the golden vectors are what the compiler makes") {
  const Catalogue c = small_catalogue();
  const auto snapshot = make_snapshot(c, sample_key());
  const auto delta = make_delta({c.version, encode(c)}, next_of(c), sample_key());
  REQUIRE(snapshot);
  REQUIRE(delta);
  // On a deliberate change of format these are the new vectors.
  if (to_hex(*snapshot) != golden_snapshot) MESSAGE("golden_snapshot = " << to_hex(*snapshot));
  if (to_hex(*delta) != golden_delta) MESSAGE("golden_delta = " << to_hex(*delta));
  // zstd's versions may pack differently; what is unpacked may not differ.
  CHECK(unpack_snapshot(*snapshot, {sample_key().public_key()})->canonical == unpack_snapshot(*from_hex(golden_snapshot), {sample_key().public_key()})->canonical);
  CHECK(apply_delta(*delta, encode(c), {sample_key().public_key()})->canonical == encode(next_of(c)));
}

TEST_CASE("an update of five items fits into a kilobyte and gives the new catalogue to the byte") {
  const Catalogue& c = real().catalogue;
  const Catalogue changed = with_changes(c, 5);
  const auto delta = make_delta({c.version, encode(c)}, changed, sample_key());
  REQUIRE(delta);
  CHECK(delta->size() <= 1024);
  const auto applied = apply_delta(*delta, encode(c), {sample_key().public_key()});
  REQUIRE(applied);
  CHECK(applied->canonical == encode(changed));
}

TEST_CASE("a changed catalogue under an old version's number isn't published") {
  const Catalogue c = small_catalogue();
  Catalogue changed = c;
  changed.hotline = "962200";
  CHECK(make_delta({c.version, encode(c)}, changed, sample_key()).error().is(publish_errors::VersionNotRaised));
  CHECK(make_delta({c.version, encode(c)}, c, sample_key()));
}

TEST_CASE("a snapshot of ten times the items opens to what was packed") {
  const Catalogue ten = generate(real().catalogue, 10, 1);
  const auto snapshot = make_snapshot(ten, sample_key());
  REQUIRE(snapshot);
  const auto opened = open_snapshot(*snapshot, {sample_key().public_key()});
  REQUIRE(opened);
  CHECK(opened->items.size() == 1880);
  CHECK(encode(*opened) == encode(ten));
}
