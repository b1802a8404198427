// Guides before anything is begun.
#include <doctest/doctest.h>

#include "client/app/qr.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {

TEST_CASE("what was answered and ticked in a guide is there again after a reload, and nobody can read it in the store") {
  FakeShell shell;
  shell.open("/item/s1");
  shell.want(intent::AnswerGuide{ItemId("s1"), "who", "delegate"});
  shell.want(intent::TickGuide{ItemId("s1"), "m1", true});
  shell.want(intent::TickGuide{ItemId("s1"), "m3", true});
  shell.want(intent::TickGuide{ItemId("s1"), "m3", false});
  shell.kill();
  shell.open("/item/s1");
  const GuideNotes* notes = shell.model().guide(ItemId("s1"));
  REQUIRE(notes);
  CHECK(notes->answers.at("who") == "delegate");
  CHECK(notes->ticked == std::set<std::string>{"m1"});
  for (const auto& [key, record] : shell.store["guide"]) CHECK(as_text(record.blob).find("delegate") == std::string_view::npos);
}

TEST_CASE("an address carries answers and ticks to another device, where they are kept and leave the address") {
  const GuideNotes notes{.answers = {{"who", "delegate"}}, .ticked = {"m1", "m3"}};
  const std::string path = to_path(item_with("s1", notes));
  CHECK(path == "/item/s1?answers=who.delegate&ticked=m1~m3");
  CHECK(parse_route(path) == item_with("s1", notes));
  FakeShell shell;
  shell.open(path);
  REQUIRE(shell.model().guide(ItemId("s1")));
  CHECK(*shell.model().guide(ItemId("s1")) == notes);
  CHECK(shell.addresses.back() == "/item/s1");
  shell.want(intent::AnswerGuide{ItemId("s1"), "who", "self"});
  shell.kill();
  shell.open("/item/s1");
  CHECK(shell.model().guide(ItemId("s1"))->answers.at("who") == "self");
}

TEST_CASE("a code has its three corners, and a text too long for a screen has none") {
  const auto code = make_qr("https://tongban.example/item/i109");
  REQUIRE(code);
  CHECK(code->dark.size() == static_cast<std::size_t>(code->side) * static_cast<std::size_t>(code->side));
  const auto dark = [&](int x, int y) { return code->dark[static_cast<std::size_t>(y * code->side + x)] != 0; };
  const int last = code->side - 1;
  for (const auto& [x, y] : {std::pair{0, 0}, std::pair{last, 0}, std::pair{0, last}}) CHECK(dark(x, y));
  CHECK(!dark(7, 7));
  CHECK(!make_qr(std::string(2000, 'a')));
}

TEST_CASE("a damaged record of a guide is no notes at all") {
  GuideNotes notes{.answers = {{"who", "self"}}, .ticked = {"m1"}};
  const Bytes whole = encode_guide_notes(notes);
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(!decode_guide_notes(ByteView(whole).first(size)));
  CHECK(decode_guide_notes(whole)->ticked == notes.ticked);
}

}  // namespace tongban::app
