#include "client/ui/twin.h"

#include <doctest/doctest.h>

#include "tests/unit/ui/described.h"

using namespace tongban::ui;

namespace {

std::string update(Twin& twin, const std::function<void(Ui&)>& view) {
  Described d(view);
  d.laid_out();
  return twin.update(d.tree);
}
int count(const std::string& operations, std::string_view kind) {
  int n = 0;
  const std::string needle = "[\"" + std::string(kind) + "\"";
  for (std::size_t at = 0; (at = operations.find(needle, at)) != std::string::npos; ++at) ++n;
  return n;
}

}  // namespace

TEST_CASE("an unchanged screen sends nothing") {
  Twin twin;
  const auto view = [](Ui& ui) { ui.button("a", "准备材料"); };
  CHECK(count(update(twin, view), "+") > 0);
  CHECK(update(twin, view) == "[]");
}

TEST_CASE("other words on a button keep its element") {
  Twin twin;
  update(twin, [](Ui& ui) { ui.button("a", "大字"); });
  const std::string operations = update(twin, [](Ui& ui) { ui.button("a", "小字"); });
  CHECK(count(operations, "t") == 1);
  CHECK(count(operations, "+") == 0);
  CHECK(count(operations, "-") == 0);
}

TEST_CASE("a banner that comes in above leaves the field below alone") {
  Twin twin;
  const auto field = [](Ui& ui) { auto form = ui.form("f", "表"); ui.field("name", "姓名", {.value = ""}); };
  update(twin, field);
  const std::string operations = update(twin, [&](Ui& ui) { ui.banner(Style::Sunk, "没有网络"); field(ui); });
  CHECK(operations.find("\"input\"") == std::string::npos);
  CHECK(count(operations, "-") == 0);
}

TEST_CASE("what was typed isn't sent back, what the app changed is") {
  Twin twin;
  Described empty([](Ui& ui) { ui.field("name", "姓名", {.value = ""}); });
  empty.laid_out();
  twin.update(empty.tree);
  twin.element_changed(empty.input_of("name"), "value", "周德明");
  CHECK(update(twin, [](Ui& ui) { ui.field("name", "姓名", {.value = "周德明"}); }) == "[]");
  CHECK(update(twin, [](Ui& ui) { ui.field("name", "姓名", {.value = "周"}); }).find("\"value\":\"周\"") != std::string::npos);
}

TEST_CASE("a choice that the app refuses is set back") {
  Twin twin;
  const auto view = [](Ui& ui) { ui.choice("who", {{"self", "本人"}, {"family", "家人"}}, 0); };
  Described d(view);
  d.laid_out();
  twin.update(d.tree);
  twin.element_changed(d.input_of("o/family"), "checked", "true");
  const std::string operations = update(twin, view);
  CHECK(operations.find("\"checked\":\"true\"") != std::string::npos);
  CHECK(operations.find("\"checked\":\"false\"") != std::string::npos);
}

TEST_CASE("one row that goes to the end is one move") {
  Twin twin;
  const auto rows = [](std::string_view order) {
    return [order](Ui& ui) {
      auto list = ui.list("草稿");
      for (const char c : order) { auto item = ui.item(std::string(1, c)); ui.text(std::string(1, c), {.id = "t"}); }
    };
  };
  update(twin, rows("abcd"));
  const std::string operations = update(twin, rows("bcda"));
  CHECK(count(operations, "p") == 1);
  CHECK(count(operations, "+") == 0);
}

TEST_CASE("only the topmost of what goes is named") {
  Twin twin;
  update(twin, [](Ui& ui) { auto list = ui.list("草稿", {.key = "l"}); for (int i = 0; i < 5; ++i) { auto item = ui.item(std::to_string(i)); ui.text("行"); } });
  CHECK(count(update(twin, [](Ui&) {}), "-") == 1);
}

TEST_CASE("the same key twice is reported, and both elements live") {
  Twin twin;
  update(twin, [](Ui& ui) { ui.button("a", "一"); ui.button("a", "二"); });
  CHECK(twin.duplicates().size() == 1);
  int buttons = 0;
  for (const TwinRecord& r : twin.records()) if (std::string(r.tag) == "button") ++buttons;
  CHECK(buttons == 2);
}

TEST_CASE("our line ends are marked, and the words stay one string") {
  Described d([](Ui& ui) { auto box = ui.column({.width = 100}); ui.text("社区事务受理服务中心"); });
  d.laid_out();
  for (const TwinRecord& r : twin_records(d.tree)) {
    if (r.text.find("社区") == std::string::npos) continue;
    CHECK(r.text == "社区事务受\x01理服务中心");
  }
}
