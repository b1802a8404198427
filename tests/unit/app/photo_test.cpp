// Photos of materials: what is doubted of them, and how the screen gets them back.
#include <doctest/doctest.h>

#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

Bytes small_jpeg() { return {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'd', 'e', 'm', 'o', 0xFF, 0xD9}; }

Bytes other_jpeg(std::uint8_t mark) {
  Bytes bytes = small_jpeg();
  bytes.insert(bytes.begin() + 6, mark);
  return bytes;
}

/// A draft with so many photos of its first paper; its key.
std::string with_photos(FakeShell& shell, int count) {
  shell.open("/item/s1/prepare/materials");
  const std::string draft = shell.model().draft()->key();
  for (int i = 0; i < count; ++i) shell.want(intent::AddPhoto{draft, "m1", "a.jpg", "image/jpeg", other_jpeg(static_cast<std::uint8_t>(i))});
  return draft;
}

intent::AddPhoto retaken(const std::string& draft, const std::string& old) {
  return {.draft = draft, .material = "m1", .name = "b.jpg", .type = "image/jpeg", .bytes = other_jpeg('x'), .instead_of = old};
}

std::vector<std::string> photos_of(const FakeShell& shell) {
  std::vector<std::string> names;
  for (const Photo& photo : shell.model().draft()->paper("m1")->photos) names.push_back(photo.hex());
  return names;
}

}  // namespace

TEST_CASE("a sharp page is not doubted; a small, a blurred and a glaring one are, each for its own reason") {
  CHECK(doubt_of({.width = 3000, .height = 4000, .sharpness = 900}) == Doubt::None);
  CHECK(doubt_of({.width = 300, .height = 400, .sharpness = 900}) == Doubt::Small);
  CHECK(doubt_of({.width = 3000, .height = 4000, .sharpness = 10}) == Doubt::Blurred);
  CHECK(doubt_of({.width = 3000, .height = 4000, .sharpness = 900, .glare = 0.8f, .glare_at = 0}) == Doubt::Glare);
}

TEST_CASE("of a file that was not measured, such as a PDF, nothing is said") { CHECK(doubt_of({}) == Doubt::None); }

TEST_CASE("a doubted photo is kept: who took it can see it, we can't") {
  FakeShell shell;
  shell.open("/item/s1/prepare/materials");
  const std::string draft = shell.model().draft()->key();
  shell.want(intent::AddPhoto{draft, "m1", "a.jpg", "image/jpeg", small_jpeg(), {.width = 3000, .height = 4000, .sharpness = 1}});
  REQUIRE(shell.model().draft()->paper("m1"));
  CHECK(doubt_of(shell.model().draft()->paper("m1")->photos.front().look) == Doubt::Blurred);
  CHECK(shell.model().draft()->paper("m1")->ready());
}

TEST_CASE("a picture on the screen gets the octets of the photo it names, also after a reload, and nothing else gets any") {
  FakeShell shell;
  shell.open("/item/s1/prepare/materials");
  const std::string draft = shell.model().draft()->key();
  shell.want(intent::AddPhoto{draft, "m1", "a.jpg", "image/jpeg", small_jpeg()});
  const std::string name = shell.model().draft()->paper("m1")->photos.front().hex();
  shell.kill();
  shell.open("/item/s1/prepare/materials?draft=" + draft);
  shell.send(event::ImageWanted{name});
  REQUIRE(shell.images.size() == 1);
  CHECK(shell.images.front().name == name);
  CHECK(shell.images.front().type == "image/jpeg");
  CHECK(shell.images.front().bytes == small_jpeg());
  shell.send(event::ImageWanted{"nobody"});
  CHECK(shell.images.size() == 1);
}

TEST_CASE("a photo that is taken again takes the place of the old one among the others, and an undo changes them back") {
  FakeShell shell;
  const std::string draft = with_photos(shell, 3);
  const auto before = photos_of(shell);
  shell.want(retaken(draft, before[1]));
  const auto after = photos_of(shell);
  REQUIRE(after.size() == 3);
  CHECK(after[0] == before[0]);
  CHECK(after[1] != before[1]);
  CHECK(after[2] == before[2]);
  CHECK(shell.model().draft()->looked_photo == after[1]);
  REQUIRE(shell.model().toast);
  CHECK(shell.model().toast->text == shell.model().words()(Word::PhotoReplaced));
  shell.want(intent::Undo{});
  CHECK(photos_of(shell) == before);
  CHECK(shell.store["photo"].count(after[1]) == 0);
}

TEST_CASE("of a photo that was taken again the old octets stay as long as it can be undone, and no longer") {
  FakeShell shell;
  const std::string draft = with_photos(shell, 1);
  const std::string old = photos_of(shell).front();
  shell.want(retaken(draft, old));
  CHECK(shell.store["photo"].count(old) == 1);
  shell.want(intent::DismissToast{});
  CHECK(shell.store["photo"].count(old) == 0);
  CHECK(shell.store["photo"].count(photos_of(shell).front()) == 1);
}

TEST_CASE("on a full device a photo that is taken again costs nobody the old one, also when the tab is killed") {
  FakeShell shell;
  const std::string draft = with_photos(shell, 2);
  const auto before = photos_of(shell);
  shell.store_full = true;
  shell.want(retaken(draft, before[0]));
  CHECK(photos_of(shell) == before);
  CHECK(shell.model().draft()->photo_fault == shell.model().words()(Word::StorageFull));
  CHECK_FALSE(shell.model().toast);
  shell.kill();
  shell.open("/item/s1/prepare/materials?draft=" + draft);
  CHECK(photos_of(shell) == before);
  CHECK(shell.store["photo"].count(before[0]) == 1);
}

TEST_CASE("a photo that was removed comes back to its place among the others") {
  FakeShell shell;
  const std::string draft = with_photos(shell, 3);
  const auto before = photos_of(shell);
  shell.want(intent::RemovePhoto{draft, "m1", before[0]});
  CHECK(photos_of(shell).size() == 2);
  shell.want(intent::Undo{});
  CHECK(photos_of(shell) == before);
}

TEST_CASE("a photo that is no good leaves the one that it was to replace") {
  FakeShell shell;
  shell.open("/item/s1/prepare/materials");
  const std::string draft = shell.model().draft()->key();
  shell.want(intent::AddPhoto{draft, "m1", "a.jpg", "image/jpeg", small_jpeg()});
  const std::string first = shell.model().draft()->paper("m1")->photos.front().hex();
  shell.want(intent::AddPhoto{.draft = draft, .material = "m1", .name = "b.txt", .type = "text/plain", .bytes = {'x'}, .instead_of = first});
  REQUIRE(shell.model().draft()->paper("m1")->photos.size() == 1);
  CHECK(shell.model().draft()->paper("m1")->photos.front().hex() == first);
  CHECK(shell.model().draft()->photo_fault_at == "m1");
}

}  // namespace tongban::app
