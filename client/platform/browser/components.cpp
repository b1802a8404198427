#include "client/platform/browser/components.h"

#include <array>
#include <string>

namespace tongban::platform {
namespace {

using namespace ui;

/// A state and its name. What is posed stands so whatever the pointer does; the rest is the control's own.
struct State {
  std::string_view key, name;
  Pose pose = Pose::None;
};
constexpr State rest{"rest", "默认"}, hover{"hover", "悬停", Pose::Hover}, focus{"focus", "聚焦", Pose::Focus}, press{"press", "按下", Pose::Press};
constexpr State poses[] = {rest, hover, focus, press};
constexpr std::string_view off_because = "还差 2 份材料";

class Components final : public Program {
 public:
  void receive(const Message&) override {}
  Appearance look() const override { return {dark_ ? Theme::Dark : Theme::Light, static_cast<TypeSize>(size_), false, "跳到正文"}; }

  void describe(Ui& ui) override {
    auto page = ui.page({.title = "通办组件与状态", .route = components_route});
    if (ui.desktop()) rail(ui);
    {
      auto main = ui.region(Region::Main);
      auto body = ui.column({.gap = 32, .pad = Pad(24, ui.margin().left, 40, ui.margin().left)});
      head(ui);
      {
        auto two = ui.box({.axis = ui.desktop() ? Axis::Row : Axis::Column, .gap = 32, .align = ui.desktop() ? Align::Start : Align::Stretch});
        words(ui);
        auto right = ui.column({.gap = 20, .grow = 1});
        buttons(ui);
        tags(ui);
        switches(ui);
      }
      fields(ui);
      checks(ui);
      choices(ui);
      tiles(ui);
      lists(ui);
      process(ui);
      signs(ui);
      icons(ui);
    }
    if (!ui.desktop()) tabs(ui);
    if (asking_) dialog(ui);
    if (toast_ && ui.toast("deleted", "已删除 1 张照片", Icon::Trash, "撤销")) toast_ = false;
  }

 private:
  /// What `draw` describes, once in each state.
  template <typename Draw>
  static void in_each(Ui& ui, std::span<const State> states, Draw draw) {
    for (const State& state : states) {
      ui.pose(state.pose);
      draw(state);
      ui.pose(Pose::None);
    }
  }

  static void ways(Ui& ui) {
    ui.nav("home", "首页", Icon::Home, "/", true);
    ui.pose(Pose::Hover);
    ui.nav("items", "查事项", Icon::Search, "/items", false);
    ui.pose(Pose::Focus);
    ui.nav("centres", "找中心", Icon::Pin, "/centres", false);
    ui.pose(Pose::None);
    ui.nav("cases", "我的办件", Icon::Case, "/cases", false);
  }
  static void rail(Ui& ui) {
    auto rail = ui.region(Region::Rail, {.role = Role::Navigation, .label = "主要"});
    {
      auto top = ui.column({.gap = 4, .pad = Pad(20, 0, 16, 0), .align = Align::Center});
      ui.logo(40, "通办");
      ui.text("通办", {.bold = true});
    }
    ways(ui);
    ui.spring();
    ui.line();
    auto foot = ui.column({.gap = 4, .pad = Pad(12, 10)});
    {
      auto row = ui.row({.gap = 6});
      ui.icon(Icon::Wifi, 20, Tone::Accent);
      ui.caption("在线", Tone::Accent);
    }
  }
  static void tabs(Ui& ui) {
    auto bar = ui.region(Region::Bottom, {.role = Role::Navigation, .label = "主要", .axis = Axis::Row});
    ways(ui);
  }

  void head(Ui& ui) {
    auto row = ui.row({.gap = 12, .wrap = true});
    ui.logo(40);
    ui.heading(1, "通办组件与状态", {.grow = 1});
    if (ui.pill("big", "大字", Icon::Big, size_ > 0)) size_ = (size_ + 1) % 4;
    if (ui.pill("contrast", "高对比", Icon::Contrast, dark_)) dark_ = !dark_;
  }

  static void words(Ui& ui) {
    auto box = ui.column({.gap = 8, .min_width = 320, .divided = true});
    ui.heading(2, "字号、字色");
    ui.text("就近能办", {.size = TextSize::Display, .bold = true});
    ui.text("医疗救助申请", {.size = TextSize::H1, .bold = true});
    ui.text("要带这 6 份", {.size = TextSize::H2, .bold = true});
    ui.text("现在开门", {.size = TextSize::H3, .bold = true});
    ui.text("原件，看完当场还您");
    ui.caption("离您 650 米");
    ui.text("310110194703152218", {.tabular = true});
    ui.text("生僻字：㛃𬱖𬍛𠅤 ☕ 𪚥");
    ui.rich({{"搜到的字：敬老"}, {"卡", Tone::Ink, true, true}});
    ui.rich({{"正文 "}, {"次要 ", Tone::Ink2}, {"停用 ", Tone::Ink3}, {"强调 ", Tone::Accent}, {"提醒 ", Tone::Warn}, {"出错", Tone::Error}});
  }

  void buttons(Ui& ui) {
    struct Kind { std::string_view key, name; ButtonKind kind; Icon icon = Icon::None; };
    static constexpr Kind kinds[] = {
        {"filled", "主要", ButtonKind::Filled}, {"outlined", "平常", ButtonKind::Outlined, Icon::Cal}, {"strong", "另一条路", ButtonKind::Strong},
        {"tint", "接着办", ButtonKind::Tint}, {"text", "只有字", ButtonKind::Text}, {"danger", "删掉", ButtonKind::Danger},
        {"icon", "只有图标", ButtonKind::Icon, Icon::Trash}, {"stacked", "上下", ButtonKind::Stacked, Icon::Print}};
    auto section = ui.section("buttons", "按钮", {.gap = 12});
    for (const Kind& kind : kinds) {
      auto row = ui.row({.key = kind.key, .gap = 12, .wrap = true});
      const auto named = [&](std::string_view state) { return std::string(kind.name) + "，" + std::string(state); };
      in_each(ui, poses, [&](const State& state) { ui.button(state.key, state.name, {.kind = kind.kind, .icon = kind.icon, .describe = named(state.name)}); });
      ui.button("off", "停用", {.kind = kind.kind, .icon = kind.icon, .disabled_because = off_because, .describe = named("停用")});
      if (kind.kind != ButtonKind::Icon) ui.button("busy", "正在存…", {.kind = kind.kind, .busy = true, .describe = named("正在存")});
    }
    {
      auto row = ui.row({.gap = 12, .wrap = true});
      ui.button("small", "小", {.size = ButtonSize::Small});
      ui.button("big", "大", {.size = ButtonSize::Big});
      ui.button("on", "开着", {.kind = ButtonKind::Tint, .pressed = 1});
      ui.file("photo", "拍照或选文件");
      if (ui.button("toast", "轻提示", {.icon = Icon::Saved})) toast_ = true;
      if (ui.button("ask", "对话框", {.icon = Icon::Ask})) asking_ = true;
    }
    auto links = ui.row({.key = "links", .gap = 16, .wrap = true});
    in_each(ui, poses, [&](const State& state) { ui.link(state.key, state.name, "/items", {.chevron = true, .describe = "链接，" + std::string(state.name)}); });
    ui.link("button", "像按钮的链接", "/items", {.as_button = true, .kind = ButtonKind::Strong});
  }

  static void tags(Ui& ui) {
    auto section = ui.section("tags", "标签", {.gap = 8});
    auto row = ui.row({.gap = 8, .wrap = true});
    ui.tag("直接受理", Style::Sunk, Icon::Direct);
    ui.tag("收受分离", Style::Tint, Icon::Split);
    ui.tag("有居住证可办", Style::Outlined, Icon::Idcard);
    ui.tag("已备好", Style::Tint, Icon::Check);
    ui.tag("快到期", Style::Error, Icon::Clock);
    ui.tag("超 1 天", Style::Warn, Icon::Warn);
    ui.letter("A", false);
    ui.letter("B", true);
    ui.dot(Tone::Accent);
  }

  static void switches(Ui& ui) {
    auto section = ui.section("switches", "开关、状态", {.gap = 8});
    for (const bool on : {false, true}) {
      auto row = ui.row({.key = on ? "on" : "off", .gap = 12, .wrap = true});
      in_each(ui, poses, [&](const State& state) { ui.pill(state.key, (on ? "开，" : "关，") + std::string(state.name), Icon::Speak, on); });
    }
    auto row = ui.row({.gap = 12, .wrap = true});
    const Ui::Sign online[] = {{Icon::Wifi, "在线"}, {Icon::Saved, "刚刚已存本机"}};
    ui.capsule(online);
    const Ui::Sign offline[] = {{Icon::Nowifi, "没有网络", Tone::Ink}, {Icon::Saved, "已存本机"}};
    ui.capsule(offline);
  }

  void fields(Ui& ui) {
    auto section = ui.section("fields", "输入框", {.gap = 16});
    auto form = ui.form("form", "输入框", {.gap = 16});
    if (auto v = ui.field("search", "查事项", {.value = query_, .kind = FieldKind::Search, .placeholder = "如：敬老卡，或拼音 jlk", .label_hidden = true, .button = "查找"})) query_ = *v;
    auto grid = ui.grid({.gap = 20, .min_column = 220});
    ui.field("empty", "默认", {.kind = FieldKind::Name, .hint = "和身份证上一样", .placeholder = "请输入"});
    ui.pose(Pose::Focus);
    ui.field("focus", "聚焦", {.value = "周德", .kind = FieldKind::Name, .hint = "外圈 3 像素，离边 3 像素"});
    ui.pose(Pose::None);
    ui.field("good", "填对", {.value = "周德明", .kind = FieldKind::Name, .good = true});
    if (auto v = ui.field("wrong", "出错", {.value = mobile_, .kind = FieldKind::Mobile, .error = "手机号要 11 位，现在是 7 位", .required = true})) mobile_ = *v;
    ui.field("off", "停用", {.value = "五角场街道", .disabled_because = "按身份证自动填"});
    const std::string typed = "已输 " + std::to_string(identity_.size()) + " / 18 位";
    if (auto v = ui.field("identity", "身份证号", {.value = identity_, .kind = FieldKind::IdentityNumber, .counter = typed})) identity_ = *v;
    static constexpr Option districts[] = {{"a", "杨浦区"}, {"b", "虹口区"}};
    if (auto v = ui.select("district", districts, district_, {.label = "选一个", .placeholder = "请选择"})) district_ = *v;
    ui.select("district-wrong", districts, -1, {.label = "选一个，出错", .placeholder = "请选择", .error = "请选户籍所在区"});
    ui.select("district-off", districts, 0, {.label = "选一个，停用", .disabled_because = "按身份证自动填"});
    if (auto v = ui.field("note", "几行字", {.value = note_, .kind = FieldKind::Multiline, .placeholder = "想说的话"})) note_ = *v;
    ui.field("password", "密码", {.value = "一二三四", .kind = FieldKind::Password});
    if (auto c = ui.keypad("keys")) {
      if (*c == '\b') { if (!identity_.empty()) identity_.pop_back(); }
      else if (identity_.size() < 18) identity_ += *c;
    }
  }

  void checks(Ui& ui) {
    auto section = ui.section("checks", "勾选", {.gap = 8});
    auto grid = ui.grid({.gap = 16, .min_column = 200});
    for (const bool on : {false, true}) {
      auto column = ui.column({.key = on ? "on" : "off"});
      in_each(ui, poses, [&](const State& state) { ui.check(state.key, (on ? "勾上，" : "没勾，") + std::string(state.name), {.checked = on}); });
      ui.check("disabled", on ? "勾上，停用" : "没勾，停用", {.checked = on, .disabled_because = off_because});
    }
    auto column = ui.column({.key = "more"});
    if (ui.check("long", "可以按的，带说明和份数", {.checked = ticked_, .caption = "原件，看完当场还您", .trailing = "2 份"})) ticked_ = !ticked_;
    ui.check("wrong", "有问题的", {.caption = "1 张有反光，请重拍", .caption_tone = Tone::Warn, .icon = Icon::Warn});
    ui.check("two", "Household register", {.original = "户口簿"});
  }

  void choices(Ui& ui) {
    static constexpr Option who[] = {{"self", "本人"}, {"family", "家人代办"}, {"other", "别人"}};
    static constexpr Option modes[] = {{"all", "全部", "", Icon::None, "8"}, {"direct", "直接受理", "当场就办好", Icon::None, "7"}, {"split", "收受分离", "", Icon::None, "1"}};
    static constexpr Option chips[] = {{"all", "全市"}, {"now", "现在开门"}, {"sub", "分中心"}};
    auto section = ui.section("choices", "选一个", {.gap = 16});
    auto grid = ui.grid({.gap = 20, .min_column = 300});
    in_each(ui, poses, [&](const State& state) {
      auto column = ui.column({.key = state.key, .gap = 12});
      ui.text(state.name, {.bold = true});
      const auto set = [&](std::string_view key, std::span<const Option> options, Look look) {
        const std::string name = std::string(key) + "，" + std::string(state.name);
        if (auto v = ui.choice(key, options, chosen_, {.look = look, .label = name, .label_hidden = true})) chosen_ = *v;
      };
      set("segments", who, Look::Segmented);
      set("radios", modes, Look::Radio);
      set("chips", chips, Look::Chips);
      set("tabs", chips, Look::Tabs);
    });
    auto wrong = ui.column({.key = "wrong", .gap = 12});
    ui.text("出错", {.bold = true});
    ui.choice("missed", who, -1, {.label = "谁来办？", .caption = "只选一个", .error = "请选一个", .required = true});
    ui.choice("staff", who, 1, {.label = "窗口：要补", .error_option = 1, .small = true});
  }

  static void tiles(Ui& ui) {
    auto section = ui.section("tiles", "卡片、行", {.gap = 16});
    {
      auto grid = ui.grid({.gap = 16, .min_column = 200});
      const auto card = [&](std::string_view key, std::string_view name, bool current) {
        auto tile = ui.tile(key, {.route = "/items", .box = {.gap = 4, .pad = 16, .style = Style::Card, .selected = current}, .current = current});
        ui.text(name, {.bold = true});
        ui.caption("支内人员回沪定居");
      };
      in_each(ui, poses, [&](const State& state) { card(state.key, state.name, false); });
      card("current", "选中", true);
      auto tint = ui.tile("tint", {.box = {.gap = 4, .pad = 16, .style = Style::Tint}});
      ui.text("接着准备", {.tone = Tone::Accent, .bold = true});
      ui.caption("材料 4 / 6 份");
    }
    static constexpr Column columns[] = {{"办件", 0, 2}, {"户籍地", 0, 1}, {"还剩", 0, 1, true}};
    auto table = ui.table("table", "表格", columns);
    const auto row = [&](std::string_view key, std::string_view name, bool current) {
      auto open = ui.table_row(key, {.route = "/staff", .label = name, .current = current});
      for (const std::string_view words : {name, std::string_view("五角场街道"), std::string_view("3 天")}) {
        auto cell = ui.cell();
        ui.text(words);
      }
    };
    in_each(ui, poses, [&](const State& state) { row(state.key, state.name, false); });
    row("current", "选中", true);
  }

  static void lists(Ui& ui) {
    auto section = ui.section("lists", "横幅、列表", {.gap = 16});
    auto grid = ui.grid({.gap = 24, .min_column = 320});
    {
      auto banners = ui.column({.gap = 8});
      ui.banner(Style::Sunk, "没有网络，照样能查、能填", "填的都存在这台手机上", Icon::Nowifi);
      ui.banner(Style::Tint, "您现在不用做什么", "最晚 12月17日答复");
      ui.banner(Style::Warn, "要您补 1 份材料", "11月30日前补好就行");
      ui.banner(Style::Error, "没交成，内容没丢", "平台正忙，1 分钟后再试，或带二维码去窗口");
    }
    {
      auto card = ui.card({.gap = 8, .divided = true});
      auto pairs = ui.pairs({.gap = 8});
      ui.pair("要跑", "1 趟");
      ui.pair("要带", "6 份", {.bold = true}, true);
      ui.pair("收费", "未公布，可打 12345 问", {.tone = Tone::Ink2});
    }
    {
      auto more = ui.column({.gap = 8});
      auto box = ui.disclosure("why", "为什么要这份材料");
      if (box.open()) ui.caption("打开以后的一段话。");
    }
    auto nothing = ui.column({.key = "nothing"});
    ui.empty(Icon::Search, "没有查到", "换个说法试试");
  }

  static void process(Ui& ui) {
    const Step steps[] = {{"情况", "/1"}, {"填表", ""}, {"材料", ""}, {"核对", ""}, {"交件", ""}};
    const ProcessNode nodes[] = {
        {.icon = Icon::Person, .mark = Mark::You, .title = "您交材料", .caption = "去任一家中心，只跑这一趟", .line_label = "当场", .solid = true},
        {.letter = "A", .title = "A 中心收件", .caption = "核对材料，当场给收件凭证", .line_label = "网上转，1 天内"},
        {.letter = "B", .title = "B 中心审核决定", .caption = "户籍地五角场街道，", .stress = "您不用去", .line_label = "20 个工作日内"},
        {.icon = Icon::Check, .mark = Mark::You, .title = "您收结果", .caption = "到 A 领"}};
    const ProcessNode timeline[] = {
        {.letter = "A", .mark = Mark::Done, .when = "11月17日 12:06", .title = "曲阳路街道中心收件", .solid = true, .link = "凭证", .route = "/receipt"},
        {.icon = Icon::Person, .mark = Mark::NeedsYou, .when = "11月20日", .title = "要您补 1 份材料", .solid = true},
        {.letter = "B", .mark = Mark::Now, .when = "现在", .title = "五角场街道中心审核", .caption = "11月21日起接着算时间"},
        {.icon = Icon::X, .mark = Mark::Failed, .when = "", .title = "没办成的样子"},
        {.icon = Icon::Check, .mark = Mark::Next, .when = "12月17日前", .title = "结果告诉您"}};
    auto section = ui.section("process", "步骤、经过", {.gap = 20});
    ui.stepper("第 2 步，共 5 步", steps, 1);
    ui.progress("材料 4 / 6 份", 4, 6);
    {
      auto card = ui.card({.gap = 12});
      ui.process("怎么办", nodes, ui.phone() || ui.roomy() ? Axis::Column : Axis::Row);
    }
    auto inner = ui.column({.key = "timeline"});
    ui.process("经过", timeline, Axis::Column);
  }

  static void signs(Ui& ui) {
    auto section = ui.section("signs", "图形", {.gap = 8});
    auto row = ui.row({.gap = 24, .wrap = true});
    ui.spinner("正在取");
    ui.logo(40, "通办");
    constexpr int side = 21;
    std::array<std::uint8_t, side * side> cells{};
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = (i * 2654435761u >> 7) & 1u;
    ui.modules("像二维码的方块，扫不出东西", cells, side, 132);
  }

  static void icons(Ui& ui) {
    auto section = ui.section("icons", "图标", {.gap = 8});
    auto row = ui.row({.gap = 18, .wrap = true});
    for (int i = 1; i <= static_cast<int>(Icon::Layers); ++i) ui.icon(static_cast<Icon>(i), 24);
  }

  void dialog(Ui& ui) {
    auto dialog = ui.dialog("ask", "要删掉这份草稿吗？", {.caption = "删掉后找不回来。"});
    auto row = ui.row({.gap = 12, .justify = Justify::End});
    if (ui.button("no", "不删")) asking_ = false;
    if (ui.button("yes", "删掉", {.kind = ButtonKind::Danger})) asking_ = false;
    if (dialog.dismissed()) asking_ = false;
  }

  std::string query_, mobile_ = "1391234", identity_ = "310110194703", note_;
  int chosen_ = 0, district_ = -1, size_ = 0;
  bool dark_ = false, asking_ = false, toast_ = false, ticked_ = true;
};

}  // namespace

std::unique_ptr<Program> make_components() { return std::make_unique<Components>(); }

}  // namespace tongban::platform
