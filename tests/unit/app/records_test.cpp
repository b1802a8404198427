// What lies on the device, as this build writes it and as earlier ones did.
#include <doctest/doctest.h>

#include "client/app/draft.h"
#include "shared/base/octets.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

Draft with_photo(const PhotoLook& look) {
  Draft draft;
  draft.application.submission_id.octets.fill(1);
  draft.application.item = ItemId("s1");
  draft.papers = {{.material = "m1", .bring = false, .photos = {{.digest = {2}, .media_type = "image/jpeg", .size = 4096, .look = look}}}};
  draft.step = Step::Materials;
  draft.begun = draft.changed = {1'795'492'800'000};
  return draft;
}

/// The same as builds wrote it that forgot what was measured of a photo, and carried nothing: format 1, each photo ends with
/// its size, and the draft with its moments.
Bytes unmeasured(const Draft& draft) {
  constexpr std::size_t look_octets = 15, after_papers = 17, no_secret = 4;   // step, begun, changed; an empty blob
  Bytes bytes = encode_draft(draft);
  bytes.front() = 1;
  bytes.resize(bytes.size() - no_secret);
  const auto end = bytes.end() - after_papers;
  bytes.erase(end - look_octets, end);
  return bytes;
}

}  // namespace

TEST_CASE("what was measured of a photo is known again after a reload") {
  const auto read = decode_draft(encode_draft(with_photo({.width = 3000, .height = 4000, .sharpness = 900, .glare = 0.8f, .glare_at = 2})));
  REQUIRE(read);
  const PhotoLook& look = read->papers.front().photos.front().look;
  CHECK(look.width == 3000);
  CHECK(look.height == 4000);
  CHECK(look.glare_at == 2);
  CHECK(doubt_of(look) == Doubt::Glare);
  CHECK(doubt_of(decode_draft(encode_draft(with_photo({.width = 3000, .height = 4000, .sharpness = 900})))->papers.front().photos.front().look) == Doubt::None);
}

TEST_CASE("a draft of an earlier build is read, with photos of which nothing is known") {
  const auto read = decode_draft(unmeasured(with_photo({.width = 3000, .height = 4000, .sharpness = 1})));
  REQUIRE(read);
  REQUIRE(read->papers.size() == 1);
  const Photo& photo = read->papers.front().photos.front();
  CHECK(photo.size == 4096);
  CHECK(photo.media_type == "image/jpeg");
  CHECK(doubt_of(photo.look) == Doubt::None);
  CHECK(read->step == Step::Materials);
}

TEST_CASE("a draft of a build to come is left where it is") {
  Bytes bytes = encode_draft(with_photo({}));
  bytes.front() = 3;
  CHECK_FALSE(decode_draft(bytes));
}

TEST_CASE("the doubt of a correction's photo, and of one that waits to be sent, outlives a closed tab") {
  const Photo photo{.digest = {2}, .media_type = "image/jpeg", .size = 4096, .look = {.width = 3000, .height = 4000, .sharpness = 1}};
  CaseEntry entry;
  entry.mending = {{.material = "m1", .bring = false, .photos = {photo}}};
  const auto read = decode_case_entry(encode_case_entry(entry));
  REQUIRE(read);
  CHECK(doubt_of(read->mending.front().photos.front().look) == Doubt::Blurred);
  OutboxEntry outgoing;
  outgoing.files = {photo};
  const auto waits = decode_outbox_entry(encode_outbox_entry(outgoing));
  REQUIRE(waits);
  CHECK(doubt_of(waits->files.front().look) == Doubt::Blurred);
}

}  // namespace tongban::app
