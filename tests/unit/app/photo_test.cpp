// Photos of materials: what is doubted of them, and how the screen gets them back.
#include <doctest/doctest.h>

#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

Bytes small_jpeg() { return {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'd', 'e', 'm', 'o', 0xFF, 0xD9}; }

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

TEST_CASE("a photo that is taken again takes the place of the first, which an undo brings back") {
  FakeShell shell;
  shell.open("/item/s1/prepare/materials");
  const std::string draft = shell.model().draft()->key();
  shell.want(intent::AddPhoto{draft, "m1", "a.jpg", "image/jpeg", small_jpeg()});
  const std::string first = shell.model().draft()->paper("m1")->photos.front().hex();
  Bytes better = small_jpeg();
  better.insert(better.begin() + 6, 'x');
  shell.want(intent::AddPhoto{.draft = draft, .material = "m1", .name = "b.jpg", .type = "image/jpeg", .bytes = better, .instead_of = first});
  REQUIRE(shell.model().draft()->paper("m1")->photos.size() == 1);
  CHECK(shell.model().draft()->paper("m1")->photos.front().hex() != first);
  shell.want(intent::Undo{});
  CHECK(shell.model().draft()->paper("m1")->photos.size() == 2);
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
