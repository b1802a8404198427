#include "shared/catalogue/snapshot.h"

#include <doctest/doctest.h>

#include "shared/catalogue/codec.h"
#include "tests/unit/catalogue/golden.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {

const std::vector<PublicKey>& trusted() {
  static const std::vector<PublicKey> keys{sample_key().public_key()};
  return keys;
}
Bytes golden(std::string_view hex) { return *from_hex(hex); }

}  // namespace

TEST_CASE("the golden snapshot opens to the small catalogue, and its canonical bytes haven't changed") {
  const auto opened = open_snapshot(golden(golden_snapshot), trusted());
  REQUIRE(opened);
  CHECK(encode(*opened) == encode(small_catalogue()));
  const auto header = read_snapshot_header(golden(golden_snapshot), trusted());
  CHECK(header->version == 3);
  CHECK(header->edition == "2026-11");
}

TEST_CASE("a snapshot of format 1, from before there was English, is still read") {
  const auto unpacked = unpack_snapshot(golden(golden_snapshot_format_1), trusted());
  REQUIRE(unpacked);
  CHECK(unpacked->canonical[5] == 1);
  const auto opened = decode(unpacked->canonical);
  REQUIRE(opened);
  CHECK(opened->english.empty());
  Catalogue with_english = *opened;
  with_english.english = small_catalogue().english;
  CHECK(encode(with_english) == encode(small_catalogue()));
}

TEST_CASE("the golden delta leads to the next version, whose bytes are those of its digest") {
  const auto next = apply_delta(golden(golden_delta), encode(small_catalogue()), trusted());
  REQUIRE(next);
  CHECK(next->header.version == 4);
  CHECK(decode(next->canonical)->items[0].limit == "15个工作日");
}

TEST_CASE("a delta for another catalogue is refused") {
  Catalogue other = small_catalogue();
  other.hotline = "962200";
  CHECK(apply_delta(golden(golden_delta), encode(other), trusted()).error().is(snapshot_errors::WrongBase));
}

TEST_CASE("a snapshot by an unknown key, or by nobody trusted, isn't opened") {
  crypto::Seed seed{};
  CHECK(open_snapshot(golden(golden_snapshot), {}).error().is(snapshot_errors::Untrusted));
  CHECK(open_snapshot(golden(golden_snapshot), {crypto::SigningKey(seed).public_key()}).error().is(snapshot_errors::Untrusted));
}

TEST_CASE("a flipped bit anywhere in a snapshot or a delta is noticed before anything is unpacked") {
  for (const std::string_view hex : {golden_snapshot, golden_delta}) {
    const Bytes whole = golden(hex);
    const Bytes base = encode(small_catalogue());
    for (std::size_t at = 0; at < whole.size(); at += 3) {
      Bytes changed = whole;
      changed[at] ^= 0x10;
      if (hex == golden_snapshot) CHECK_FALSE(open_snapshot(changed, trusted()));
      else CHECK_FALSE(apply_delta(changed, base, trusted()));
    }
  }
}

TEST_CASE("a snapshot cut anywhere, or with something behind it, is refused") {
  const Bytes whole = golden(golden_snapshot);
  for (std::size_t size = 0; size < whole.size(); size += 7) CHECK_FALSE(open_snapshot(ByteView(whole).first(size), trusted()));
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(open_snapshot(longer, trusted()));
}

TEST_CASE("a signed snapshot that claims to unpack beyond the cap, or to another size, isn't unpacked") {
  const auto unpacked = unpack_snapshot(golden(golden_snapshot), trusted());
  REQUIRE(unpacked);
  const Bytes whole = golden(golden_snapshot);
  const std::size_t packed_at = 6 + 2 + 4 + 1 + 7 + 4 + 32 + 8 + 4 + 64;
  SnapshotHeader header = unpacked->header;
  header.raw_size = unpack_cap + 1;
  CHECK(unpack_snapshot(assemble_snapshot(header, ByteView(whole).subspan(packed_at), sample_key()), trusted()).error().is(snapshot_errors::TooLarge));
  header.raw_size = unpacked->header.raw_size + 1;
  CHECK(unpack_snapshot(assemble_snapshot(header, ByteView(whole).subspan(packed_at), sample_key()), trusted()).error().is(snapshot_errors::Damaged));
  header = unpacked->header;
  header.raw_digest[0] ^= 1;
  CHECK(unpack_snapshot(assemble_snapshot(header, ByteView(whole).subspan(packed_at), sample_key()), trusted()).error().is(snapshot_errors::Damaged));
  CHECK(assemble_snapshot(unpacked->header, ByteView(whole).subspan(packed_at), sample_key()) == whole);
}

TEST_CASE("a newer format of snapshot is told from a damaged one") {
  Bytes newer = golden(golden_snapshot);
  newer[6] = 2;
  CHECK(open_snapshot(newer, trusted()).error().is(snapshot_errors::Newer));
}
