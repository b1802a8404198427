#include "client/ui/ui.h"

#include <doctest/doctest.h>

#include <vector>

#include "client/ui/audit.h"
#include "tests/unit/ui/described.h"

using namespace tongban::ui;

TEST_CASE("a button tells that it was pressed, once, and only it") {
  bool first = false, second = false;
  const auto view = [&](Ui& ui) { first = ui.button("a", "一"); second = ui.button("b", "二"); };
  Described d(view);
  CHECK_FALSE(first);
  const Action click{d.keyed("b").id, ActionKind::Click, "", "", {}};
  Described again(view, &click);
  CHECK_FALSE(first);
  CHECK(second);
}

TEST_CASE("a disabled button can't be pressed and says why") {
  bool pressed = false;
  const auto view = [&](Ui& ui) { pressed = ui.button("a", "交", {.disabled_because = "还差 2 份"}); };
  Described d(view);
  const Action click{d.keyed("a").id, ActionKind::Click, "", "", {}};
  Described again(view, &click);
  CHECK_FALSE(pressed);
  CHECK(d.tree.attribute(d.keyed("a"), "title") == "还差 2 份");
  CHECK(d.tree.attribute(d.keyed("a"), "aria-disabled") == "true");
}

TEST_CASE("what is to be ticked or chosen is named by the words beside it, which are said once") {
  Described d([](Ui& ui) {
    ui.check("plain", "身份证");
    ui.check("more", "户口簿", {.caption = "原件", .trailing = "2"});
    ui.check("apart", "委托书", {.label_hidden = true});
  });
  const auto attribute = [&](const char* key, const char* name) {
    for (const Node& node : d.tree.nodes) if (node.id == d.input_of(key)) return std::string(d.tree.attribute(node, name));
    return std::string();
  };
  const auto with_id = [&](const std::string& id) {
    for (const Node& node : d.tree.nodes) if (!id.empty() && d.tree.attribute(node, "id") == id) return std::string(d.tree.text(node.words));
    return std::string();
  };
  CHECK(attribute("plain", "aria-label").empty());
  CHECK(attribute("more", "aria-label").empty());
  CHECK(with_id(attribute("more", "aria-labelledby")) == "户口簿");
  CHECK(with_id(attribute("more", "aria-describedby")) == "原件");
  CHECK(attribute("apart", "aria-label") == "委托书");
  d.laid_out();
  CHECK(audit(d.tree).empty());
}

TEST_CASE("a field gives its new text") {
  std::optional<std::string> text;
  const auto view = [&](Ui& ui) { text = ui.field("name", "姓名", {.value = "周"}); };
  Described d(view);
  const Action typed{d.input_of("name"), ActionKind::Value, "周德明", "", {}};
  Described again(view, &typed);
  CHECK(text == "周德明");
}

TEST_CASE("a select gives the index of the option, never one that isn't there") {
  std::optional<int> chosen;
  const auto view = [&](Ui& ui) { const Option options[] = {{"a", "杨浦区"}, {"b", "虹口区"}}; chosen = ui.select("d", options, -1, {.label = "区"}); };
  Described d(view);
  Action change{d.input_of("d"), ActionKind::Change, "1", "", {}};
  { Described again(view, &change); CHECK(chosen == 1); }
  change.value = "7";
  { Described again(view, &change); CHECK_FALSE(chosen); }
}

TEST_CASE("a disclosure remembers that it was opened") {
  bool open = false;
  Described d([&](Ui& ui) { auto more = ui.disclosure("more", "看全部"); open = more.open(); });
  CHECK_FALSE(open);
  const Action click{d.keyed("toggle").id, ActionKind::Click, "", "", {}};
  d.input.action = &click;
  {
    Ui ui(d.input, d.tree);
    auto page = ui.page({.route = "/page"});
    auto main = ui.region(Region::Main);
    auto more = ui.disclosure("more", "看全部");
    CHECK(more.open());
  }
}

TEST_CASE("a sound screen has no faults") {
  Described d([](Ui& ui) {
    ui.field("q", "查事项", {.value = "", .kind = FieldKind::Search, .label_hidden = true, .button = "查找"});
    ui.choice("who", {{"self", "本人"}, {"family", "家人"}}, 0, {.label = "谁来办？"});
    ui.link("all", "看全部", "/items");
    auto tile = ui.tile("t", {.route = "/item/i1"});
    ui.text("医疗救助申请");
  });
  d.laid_out();
  CHECK(audit(d.tree) == std::vector<std::string>{});
}

TEST_CASE("a bar without a label is hidden from readers, who hear the words beside it once") {
  const Described d([&](Ui& ui) { ui.progress("材料 4 / 6 份", 4, 6); ui.progress({}, 2, 5); });
  std::vector<const Node*> bars;
  for (const Node& node : d.tree.nodes) if (node.kind == Kind::Segments) bars.push_back(&node);
  REQUIRE(bars.size() == 2);
  CHECK(d.tree.attribute(*bars[0], "role") == "progressbar");
  CHECK(d.tree.attribute(*bars[1], "role").empty());
  CHECK(d.tree.attribute(*bars[1], "aria-hidden") == "true");
}

TEST_CASE("the audit finds a link without words, one that leads nowhere, and a second first heading") {
  Described d([](Ui& ui) {
    { auto tile = ui.tile("t", {.route = "/x"}); ui.icon(Icon::Home); }
    ui.link("n", "哪里", "");
    ui.heading(1, "又一个");
  });
  d.laid_out();
  CHECK(audit(d.tree).size() == 3);
}
