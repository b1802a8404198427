#include "client/ui/layout.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "client/ui/twin.h"
#include "tests/unit/ui/described.h"

using namespace tongban::ui;

TEST_CASE("growing boxes share what a fixed one leaves, by their weights") {
  Described d([](Ui& ui) {
    auto row = ui.row({.gap = 24});
    { auto a = ui.box({.key = "a", .grow = 2}); }
    { auto b = ui.box({.key = "b", .grow = 1}); }
    { auto c = ui.box({.key = "c", .width = 300}); }
  });
  d.laid_out();
  const float left = 1024 - 300 - 48;
  CHECK(d.keyed("a").w == doctest::Approx(left * 2 / 3));
  CHECK(d.keyed("b").w == doctest::Approx(left / 3));
  CHECK(d.keyed("c").x == doctest::Approx(1024 - 300));
}

TEST_CASE("a growing box is never narrower than what it can't break") {
  Described d([](Ui& ui) {
    auto row = ui.row({});
    { auto a = ui.box({.key = "a", .grow = 1}); ui.text("TB261124-7K3QF9"); }
    { auto b = ui.box({.key = "b", .grow = 9}); }
  }, nullptr, 300);
  d.laid_out();
  CHECK(d.keyed("a").w >= 15 * 0.56f * 18 - 1);
}

TEST_CASE("text beside a button breaks, and the button keeps its word") {
  Described d([](Ui& ui) {
    auto row = ui.row({.gap = 12});
    ui.text("要申请人签名、写日期，由代办人带到任一家社区事务受理服务中心");
    ui.button("go", "接着准备");
  }, nullptr, 320);
  d.laid_out();
  CHECK(d.keyed("go").w == doctest::Approx(4 * 18 + 40).epsilon(0.02));
  CHECK(d.keyed("go").x + d.keyed("go").w == doctest::Approx(320).epsilon(0.01));
  CHECK(d.said("要申请人签名、写日期，由代办人带到任一家社区事务受理服务中心").h > 2 * 18 * 1.5f);
}

TEST_CASE("a wrapping row starts a new line instead of running over the edge") {
  Described d([](Ui& ui) {
    auto row = ui.row({.gap = 8, .wrap = true});
    for (int i = 0; i < 6; ++i) ui.button("b" + std::to_string(i), "敬老卡申领");
  }, nullptr, 390);
  d.laid_out();
  for (int i = 0; i < 6; ++i) {
    const Node& button = d.keyed("b" + std::to_string(i));
    CHECK(button.x + button.w <= 390.5f);
  }
  CHECK(d.keyed("b5").y > d.keyed("b0").y);
}

TEST_CASE("a grid drops columns when the type is large, before text is squeezed") {
  const auto columns = [](TypeSize size) {
    Tree tree;
    Input input;
    input.width = 700;
    input.type_size = size;
    {
      Ui ui(input, tree);
      auto page = ui.page({.route = "/"});
      auto main = ui.region(Region::Main);
      auto grid = ui.grid({.min_column = 200});
      for (int i = 0; i < 3; ++i) { auto box = ui.box({.key = "k" + std::to_string(i)}); ui.text("字"); }
    }
    layout_screen(tree, Faces{}, {700, 800});
    int in_first_row = 0;
    for (const Node& node : tree.nodes) if (tree.text(node.key).starts_with("k") && node.y < 1) ++in_first_row;
    return in_first_row;
  };
  CHECK(columns(TypeSize::Normal) == 3);
  CHECK(columns(TypeSize::Largest) == 2);
}

TEST_CASE("cards of one grid row are equally tall") {
  Described d([](Ui& ui) {
    auto grid = ui.grid({.columns = 2});
    { auto a = ui.box({.key = "a", .style = Style::Card}); ui.text("短"); }
    { auto b = ui.box({.key = "b", .style = Style::Card}); ui.text("长得多的一句话，要分成好几行才放得下，所以这张卡片会高一些，旁边那张也跟着高。再长一些，一直长到真的要换行为止。"); }
  });
  d.laid_out();
  CHECK(d.keyed("a").h == d.keyed("b").h);
  CHECK(d.keyed("a").h > 50);
}

TEST_CASE("a search field is as tall with something typed in it as without") {
  const auto height_with = [](std::string_view typed) {
    Described d([&](Ui& ui) { ui.field("q", "找", {.value = typed, .kind = FieldKind::Search, .label_hidden = true}); });
    return d.laid_out().keyed("q").h;
  };
  CHECK(height_with("") == 60);
  CHECK(height_with("曲阳路") == 60);
}

TEST_CASE("pairs that no line parts stand closer together") {
  const auto distance = [](bool divided) {
    Described d([&](Ui& ui) {
      auto pairs = ui.pairs({.gap = 4, .divided = divided});
      ui.pair("要跑", "1 趟");
      ui.pair("费用", "免费");
    });
    d.laid_out();
    return d.said("费用").y - d.said("要跑").y;
  };
  CHECK(distance(true) - distance(false) == 12);
}

TEST_CASE("on a phone a code that doesn't fit beside its name stands under it, and isn't torn") {
  Described d([](Ui& ui) {
    auto pairs = ui.pairs();
    ui.pair("查询码", "FhAGVGs8Wne1gC_bNoRz6Q", {.tabular = true});
    ui.pair("办件号", "TB261125-CWJX");
  }, nullptr, 390);
  d.laid_out();
  CHECK(d.said("FhAGVGs8Wne1gC_bNoRz6Q").y > d.said("查询码").y);
  CHECK(d.said("FhAGVGs8Wne1gC_bNoRz6Q").h < 2 * 18 * 1.5f);
  CHECK(d.said("TB261125-CWJX").y == d.said("办件号").y);
}

TEST_CASE("beside a long name a brief value stays in one line, and the name goes on below") {
  Described d([](Ui& ui) {
    auto pairs = ui.pairs();
    ui.pair("Proof of having moved the household registration out", "To bring");
  }, nullptr, 390);
  d.laid_out();
  CHECK(d.said("To bring").h < 2 * 18 * 1.5f);
  CHECK(d.said("Proof of having moved the household registration out").h > 18 * 1.6f);
}

TEST_CASE("a control that is posed is painted as the pointer would have it") {
  const auto flags_of = [](Pose pose) {
    Described d([&](Ui& ui) {
      ui.pose(pose);
      ui.button("go", "准备材料");
      ui.pose(Pose::None);
      ui.button("rest", "预约");
    });
    std::uint32_t flags = 0;
    for (const Node& node : d.tree.nodes) if (node.has(flag::Interactive)) flags |= node.flags & (flag::Hovered | flag::Pressed);
    return flags;
  };
  CHECK(flags_of(Pose::Hover) == flag::Hovered);
  CHECK(flags_of(Pose::Press) == flag::Pressed);
  CHECK(flags_of(Pose::None) == 0);
}

TEST_CASE("what stands beside the page takes the width that the page leaves, and is as tall as it needs by itself") {
  Tree tree;
  Input input;
  input.width = 1366;
  {
    Ui ui(input, tree);
    auto page = ui.page({.route = "/"});
    { auto rail = ui.region(Region::Rail); }
    { auto main = ui.region(Region::Main, {.width = 440}); for (int i = 0; i < 100; ++i) ui.text("行"); }
    { auto beside = ui.region(Region::Beside); ui.text("行"); }
  }
  const auto frames = layout_screen(tree, Faces{}, {1366, 768});
  REQUIRE(frames.size() == 3);
  CHECK(frames[1].region == Region::Main);
  CHECK(frames[1].w == 440);
  CHECK(frames[1].content_h > 768);
  CHECK(frames[2].region == Region::Beside);
  CHECK(frames[2].x == frames[1].x + 440);
  CHECK(frames[2].x + frames[2].w == 1366);
  CHECK(frames[2].h == 768);
  CHECK(frames[2].content_h == 768);
}

TEST_CASE("the page takes what the bars leave, and is as tall as its content") {
  Tree tree;
  Input input;
  input.width = 390;
  {
    Ui ui(input, tree);
    auto page = ui.page({.route = "/"});
    { auto top = ui.region(Region::Top, {.height = 64}); }
    { auto main = ui.region(Region::Main); for (int i = 0; i < 100; ++i) ui.text("行"); }
    { auto bottom = ui.region(Region::Bottom, {.height = 76}); }
  }
  const auto frames = layout_screen(tree, Faces{}, {390, 844});
  for (const LayerFrame& frame : frames) {
    if (frame.region != Region::Main) continue;
    CHECK(frame.y == 64);
    CHECK(frame.h == 844 - 64 - 76);
    CHECK(frame.content_h >= 100 * 18 * 1.5f);
  }
}

TEST_CASE("an input covers the label that it belongs to") {
  Described d([](Ui& ui) { ui.check("m", "申请人身份证", {.caption = "原件"}); });
  d.laid_out();
  const Node& label = d.keyed("m");
  for (const Node& node : d.tree.nodes) {
    if (node.kind != Kind::Input) continue;
    CHECK(node.w == label.w);
    CHECK(node.h == label.h);
  }
}

TEST_CASE("words of two sizes stand on one baseline in a wrapping row, too, and its spare room goes where it is wanted") {
  Described d([](Ui& ui) {
    {
      auto row = ui.row({.gap = 16, .align = Align::Baseline, .justify = Justify::Between, .wrap = true});
      ui.text("全部 215 家", {.size = TextSize::H2, .bold = true});
      ui.caption("哪一家都能办");
    }
    auto row = ui.row({.gap = 12, .justify = Justify::End, .wrap = true});
    ui.button("no", "不删");
    ui.button("yes", "删掉");
  }, nullptr, 390);
  d.laid_out();
  const Node &big = d.said("全部 215 家"), &small = d.said("哪一家都能办");
  const auto baseline = [](const Node& n) { return n.y + n.font * n.line_height / 2 + n.font * 0.38f; };
  CHECK(baseline(small) == doctest::Approx(baseline(big)).epsilon(0.05));
  CHECK(small.y > big.y + 4);
  CHECK(small.x + small.w == doctest::Approx(390).epsilon(0.01));
  CHECK(d.keyed("yes").x + d.keyed("yes").w == doctest::Approx(390).epsilon(0.01));
  CHECK(d.keyed("no").x > 195);
}

TEST_CASE("a stepper keeps its word in one line: beside its circle, or below all of them where the row has no room") {
  const auto word = [](float width, TypeSize size) {
    Described d([](Ui&) {}, nullptr, width);
    d.input.type_size = size;
    Tree tree;
    Ui ui(d.input, tree);
    auto page = ui.page({.title = "页", .route = "/page"});
    auto main = ui.region(Region::Main);
    auto column = ui.column({.pad = ui.margin()});
    const Step steps[] = {{"情况"}, {"填表"}, {"材料"}, {"核对"}, {"交件"}};
    ui.stepper("第 1 步", steps, 0);
    layout_screen(tree, d.faces, {width, 800});
    float circles = 0, edge = 0;
    Node shown;
    for (const Node& node : tree.nodes) {
      if (node.kind == Kind::Mark) circles = node.y + node.h, edge = std::max(edge, node.x + node.w);
      if (node.kind == Kind::Text && tree.text(node.words) == "情况" && !node.has(flag::Hidden)) shown = node;
    }
    CHECK(edge <= width);
    CHECK(shown.h < 2 * shown.font);
    return shown.y < circles;
  };
  CHECK(word(390, TypeSize::Normal));
  CHECK(word(390, TypeSize::Largest));
  CHECK_FALSE(word(320, TypeSize::Largest));
}

TEST_CASE("the signs of tabs stand in one line, and four characters below them don't break") {
  Described d([](Ui&) {}, nullptr, 390);
  for (const TypeSize size : {TypeSize::Normal, TypeSize::Largest}) {
    Tree tree;
    d.input.type_size = size;
    Ui ui(d.input, tree);
    auto page = ui.page({.title = "页", .route = "/page"});
    auto bottom = ui.region(Region::Bottom);
    {
      auto row = ui.row({});
      for (const char* label : {"首页", "查事项", "找中心", "我的办件"}) ui.nav(label, label, Icon::Home, "/", false);
    }
    layout_screen(tree, d.faces, {390, 844});
    float sign_y = -1;
    for (const Node& node : tree.nodes) {
      if (node.kind == Kind::Text) CHECK(node.h < 2 * node.font);
      if (node.kind != Kind::Sign) continue;
      CHECK(node.y == doctest::Approx(sign_y < 0 ? node.y : sign_y));
      sign_y = node.y;
    }
  }
}

TEST_CASE("in a low window the bars are the first and the last of the page, and scroll with it") {
  const auto described = [](Ui& ui) {
    {
      auto top = ui.region(Region::Top);
      ui.text("above");
    }
    {
      auto main = ui.region(Region::Main);
      auto long_page = ui.column({.min_height = 900});
      ui.heading(1, "page");
    }
    auto bottom = ui.region(Region::Bottom);
    ui.text("below");
  };
  for (const float height : {844.f, 192.f}) {
    Input input;
    input.width = 320;
    input.height = height;
    Tree tree;
    {
      Ui ui(input, tree);
      auto page = ui.page({.title = "demo", .route = "/"});
      described(ui);
    }
    const auto frames = layout_screen(tree, Faces{}, {320, height});
    const auto main = std::find_if(frames.begin(), frames.end(), [](const LayerFrame& frame) { return frame.region == Region::Main; });
    REQUIRE(main != frames.end());
    if (height > 400) {
      CHECK(frames.size() == 3);
      CHECK(main->h < height);
      continue;
    }
    CHECK(frames.size() == 1);
    CHECK(main->h == height);
    std::vector<std::string> order;
    float y = -1;
    for (const TwinRecord& record : twin_records(tree)) {
      if (record.text.empty()) continue;
      order.push_back(record.text);
      const Node& node = tree.at(record.node);
      CHECK(node.y > y);
      y = node.y;
    }
    CHECK(order == std::vector<std::string>{"above", "page", "below"});
  }
}

TEST_CASE("a way across with its nodes in the middle is one line from the first circle to the last") {
  Described d([](Ui& ui) {
    const ProcessNode nodes[] = {{.letter = "A", .mark = Mark::Done, .title = "曲阳路收件", .solid = true},
                                 {.letter = "B", .mark = Mark::Done, .title = "五角场退回"},
                                 {.icon = Icon::Person, .mark = Mark::NeedsYou, .title = "您来补"}};
    ui.process("现在在哪里", nodes, Axis::Row, Justify::Center);
  }, nullptr, 390);
  d.laid_out();
  float end = -1, solid = 0, dashed = 0;
  for (const Node& node : d.tree.nodes) {
    if (node.kind != Kind::Mark && node.kind != Kind::Connector) continue;
    if (end >= 0) CHECK(node.x == doctest::Approx(end).epsilon(0.01));
    end = node.x + node.w;
    if (node.kind == Kind::Connector) (node.has(flag::Solid) ? solid : dashed) += node.w;
    if (node.kind == Kind::Mark && d.tree.text(node.words) == "B") CHECK(node.x + node.w / 2 == doctest::Approx(195).epsilon(0.01));
  }
  CHECK(solid == doctest::Approx(130 - 40).epsilon(0.02));
  CHECK(dashed == doctest::Approx(130 - 40).epsilon(0.02));
}
