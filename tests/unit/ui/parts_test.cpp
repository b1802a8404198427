// Rows that are taken over from the last screen, against the same screen described from nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "client/ui/layout.h"
#include "client/ui/stamp.h"
#include "client/ui/twin.h"
#include "client/ui/ui.h"

using namespace tongban::ui;

namespace {

struct Row {
  std::string key, words;
  bool tagged = false;
};

struct Shown {
  std::vector<Row> rows;
  bool banner = false;
  float width = 390;

  void describe(Ui& ui, int* described = nullptr) const {
    auto page = ui.page({.title = "表", .route = "/list"});
    auto main = ui.region(Region::Main);
    auto column = ui.column({.gap = 20, .pad = 16});
    ui.heading(1, "表");
    if (banner) ui.banner(Style::Sunk, "没有网络，照样能查、能填");
    auto list = ui.list("行", {.style = Style::Card, .divided = true});
    for (const Row& row : rows) {
      auto part = ui.part(row.key, Stamp().add(row.words).add(row.tagged).value());
      if (!part) continue;
      if (described) ++*described;
      auto tile = ui.tile(row.key, {.route = "/row/" + row.key, .box = {.role = Role::Item, .axis = Axis::Row, .gap = 12, .pad = 14}});
      {
        auto lines = ui.column({.gap = 4, .grow = 1});
        ui.text(row.words, {.bold = true});
        if (row.tagged) ui.tag("直接受理", Style::Sunk, Icon::Direct);
        ui.caption("长宁区");
      }
      ui.icon(Icon::Right, 24);
    }
  }
};

/// One portal that takes over what it can, and one that never does.
class Pair {
 public:
  void show(const Shown& shown, int new_parts = 0) {
    Input input;
    input.width = shown.width;
    input.memory = &memory_;
    input.last = &tree_;
    input.last_fits = shown.width == width_;
    input.new_parts = new_parts;
    described = 0;
    {
      Ui ui(input, spare_);
      shown.describe(ui, &described);
    }
    std::swap(tree_, spare_);
    width_ = shown.width;
    layout_screen(tree_, Faces{}, {shown.width, 844});
    operations = twin_.update(tree_);
  }

  void check_against_plain(const Shown& shown) {
    Input input;
    input.width = shown.width;
    input.memory = &memory_;
    Tree plain;
    {
      Ui ui(input, plain);
      shown.describe(ui);
    }
    layout_screen(plain, Faces{}, {shown.width, 844});
    CHECK(operations == plain_twin_.update(plain));
    REQUIRE(plain.size() == tree_.size());
    for (int i = 0; i < plain.size(); ++i) {
      const Node &a = tree_.at(i), &b = plain.at(i);
      CAPTURE(i);
      CHECK(std::vector<int>{a.parent, a.first, a.last, a.next, a.owner, a.scope, a.children} == std::vector<int>{b.parent, b.first, b.last, b.next, b.owner, b.scope, b.children});
      for (const float off : {a.x - b.x, a.y - b.y, a.w - b.w, a.h - b.h}) CHECK(std::abs(off) < 0.05f);
      CHECK(tree_.text(a.words) == plain.text(b.words));
    }
    CHECK(Twin().update(tree_) == Twin().update(plain));
  }

  const Tree& tree() const { return tree_; }
  int described = 0;
  std::string operations;

 private:
  Tree tree_, spare_;
  Twin twin_, plain_twin_;
  Memory memory_;
  float width_ = 0;
};

std::vector<Row> rows(int count) {
  std::vector<Row> out;
  for (int i = 0; i < count; ++i) out.push_back({"r" + std::to_string(i), "第" + std::to_string(i) + "行，演示", i % 3 == 0});
  return out;
}

}  // namespace

TEST_CASE("rows that are as they were are not described again, and nothing is sent") {
  Pair pair;
  const Shown shown{.rows = rows(20)};
  pair.show(shown);
  CHECK(pair.described == 20);
  pair.show(shown);
  CHECK(pair.described == 0);
  CHECK(pair.operations == "[]");
}

TEST_CASE("a row with another stamp is described, and only it is sent") {
  Pair pair;
  Shown shown{.rows = rows(20)};
  pair.show(shown);
  shown.rows[7].words = "别的话";
  pair.show(shown);
  CHECK(pair.described == 1);
  CHECK(pair.operations.find("别的话") != std::string::npos);
  CHECK(std::count(pair.operations.begin(), pair.operations.end(), '[') == 2);
}

TEST_CASE("whatever comes, goes, moves or changes, the screen and what is sent are as if described from nothing") {
  std::mt19937 chance(42);
  const auto roll = [&](int sides) { return static_cast<int>(chance() % static_cast<unsigned>(sides)); };
  Pair pair;
  Shown shown{.rows = rows(12)};
  for (int round = 0; round < 400; ++round) {
    switch (roll(8)) {
      case 0: shown.banner = !shown.banner; break;
      case 1: shown.width = shown.width == 390 ? 700 : 390; break;
      case 2: std::shuffle(shown.rows.begin(), shown.rows.end(), chance); break;
      case 3: if (!shown.rows.empty()) shown.rows.erase(shown.rows.begin() + roll(static_cast<int>(shown.rows.size()))); break;
      case 4: shown.rows.insert(shown.rows.begin() + roll(static_cast<int>(shown.rows.size()) + 1), {"n" + std::to_string(round), "新来的", round % 2 == 0}); break;
      case 5: if (!shown.rows.empty()) shown.rows[static_cast<std::size_t>(roll(static_cast<int>(shown.rows.size())))].words += "，又长了一些"; break;
      case 6: if (!shown.rows.empty()) shown.rows[static_cast<std::size_t>(roll(static_cast<int>(shown.rows.size())))].tagged ^= true; break;
      default: break;
    }
    pair.show(shown);
    CAPTURE(round);
    pair.check_against_plain(shown);
  }
}

TEST_CASE("a new screen unfolds from its top, so many rows a frame, and ends as if it had come at once") {
  Pair pair;
  const Shown shown{.rows = rows(50)};
  int frames = 0, before = 0;
  do {
    pair.show(shown, 14);
    CHECK(pair.described <= 14);
    CHECK(static_cast<int>(pair.tree().parts.size()) > before);
    before = static_cast<int>(pair.tree().parts.size());
    ++frames;
  } while (pair.tree().unfinished);
  CHECK(frames == 4);
  pair.show(shown);
  CHECK(pair.described == 0);
  CHECK(pair.operations == "[]");
  Pair at_once;
  at_once.show(shown);
  CHECK(Twin().update(pair.tree()) == Twin().update(at_once.tree()));
}

TEST_CASE("a list that has been shown does not fold up again when all of it changes") {
  Pair pair;
  Shown shown{.rows = rows(50)};
  pair.show(shown);
  shown.width = 700;
  pair.show(shown, 14);
  CHECK(!pair.tree().unfinished);
  CHECK(pair.tree().parts.size() == 50);
}

TEST_CASE("when somebody has done something every row is described, so that its own can answer") {
  Memory memory;
  Input input;
  input.memory = &memory;
  Tree first, second;
  const Shown shown{.rows = rows(5)};
  { Ui ui(input, first); shown.describe(ui); }
  layout_screen(first, Faces{}, {390, 844});
  const Action action{.id = first.at(first.parts[3].node_from).id, .kind = ActionKind::Click, .value = {}, .type = {}, .bytes = {}};
  input.action = &action;
  input.last = &first;
  input.last_fits = true;
  int described = 0;
  { Ui ui(input, second); shown.describe(ui, &described); }
  CHECK(described == 5);
}
