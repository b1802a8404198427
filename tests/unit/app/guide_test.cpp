// Guides before anything is begun.
#include <doctest/doctest.h>

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

TEST_CASE("a damaged record of a guide is no notes at all") {
  GuideNotes notes{.answers = {{"who", "self"}}, .ticked = {"m1"}};
  const Bytes whole = encode_guide_notes(notes);
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(!decode_guide_notes(ByteView(whole).first(size)));
  CHECK(decode_guide_notes(whole)->ticked == notes.ticked);
}

}  // namespace tongban::app
