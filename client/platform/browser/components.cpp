// The page of components and states, for development: what visual.md and its first mock-up show, alive.
#include <array>
#include <memory>

#include "client/platform/browser/program.h"

namespace tongban::platform {
namespace {

using namespace ui;

class Components final : public Program {
 public:
  void receive(const Message&) override {}
  Appearance look() const override { return {dark_ ? Theme::Dark : Theme::Light, static_cast<TypeSize>(size_), false, "跳到正文"}; }

  void describe(Ui& ui) override {
    auto page = ui.page({.title = "通办组件与状态", .route = "/components"});
    if (ui.desktop()) rail(ui);
    {
      auto main = ui.region(Region::Main);
      auto body = ui.column({.gap = 32, .pad = Pad(24, ui.margin().left, 40, ui.margin().left)});
      head(ui);
      {
        auto two = ui.box({.axis = ui.desktop() ? Axis::Row : Axis::Column, .gap = 32});
        type(ui);
        auto right = ui.column({.gap = 20, .grow = 1});
        buttons(ui);
        tags(ui);
        signs(ui);
      }
      fields(ui);
      lists(ui);
      process(ui);
      choices(ui);
      icons(ui);
    }
    if (ui.phone()) tabs(ui);
    if (asking_) dialog(ui);
    if (toast_ && ui.toast("deleted", "已删除 1 张照片", Icon::Trash, "撤销")) toast_ = false;
  }

 private:
  void rail(Ui& ui) {
    auto rail = ui.region(Region::Rail, {.role = Role::Navigation, .label = "主要"});
    {
      auto top = ui.column({.gap = 4, .pad = Pad(20, 0, 16, 0), .align = Align::Center});
      ui.logo(40, "通办");
      ui.text("通办", {.bold = true});
    }
    ui.nav("home", "首页", Icon::Home, "/", true);
    ui.nav("items", "查事项", Icon::Search, "/items", false);
    ui.nav("centres", "找中心", Icon::Pin, "/centres", false);
    ui.nav("cases", "我的办件", Icon::Case, "/cases", false);
    ui.spring();
    ui.line();
    auto foot = ui.column({.gap = 4, .pad = Pad(12, 10)});
    {
      auto row = ui.row({.gap = 6});
      ui.icon(Icon::Wifi, 20, Tone::Accent);
      ui.caption("在线", Tone::Accent);
    }
  }
  void tabs(Ui& ui) {
    auto bar = ui.region(Region::Bottom, {.role = Role::Navigation, .label = "主要", .axis = Axis::Row});
    ui.nav("home", "首页", Icon::Home, "/", true);
    ui.nav("items", "查事项", Icon::Search, "/items", false);
    ui.nav("centres", "找中心", Icon::Pin, "/centres", false);
    ui.nav("cases", "我的办件", Icon::Case, "/cases", false);
  }
  void head(Ui& ui) {
    auto row = ui.row({.gap = 12, .wrap = true});
    ui.logo(40);
    ui.heading(1, "通办组件与状态", {.grow = 1});
    if (ui.pill("big", "大字", Icon::Big, size_ > 0)) size_ = (size_ + 1) % 4;
    if (ui.pill("contrast", "高对比", Icon::Contrast, dark_)) dark_ = !dark_;
  }
  void type(Ui& ui) {
    auto box = ui.column({.gap = 8, .min_width = 320, .divided = true});
    ui.heading(3, "字号");
    ui.text("就近能办", {.size = TextSize::Display, .bold = true});
    ui.text("医疗救助申请", {.size = TextSize::H1, .bold = true});
    ui.text("要带这 6 份", {.size = TextSize::H2, .bold = true});
    ui.text("现在开门", {.size = TextSize::H3, .bold = true});
    ui.text("原件，看完当场还您");
    ui.caption("离您 650 米");
    ui.text("生僻字：㛃𬱖𬍛𠅤 ☕ 𪚥");
  }
  void buttons(Ui& ui) {
    auto box = ui.column({.gap = 12});
    ui.heading(3, "按钮");
    auto row = ui.row({.gap = 12, .wrap = true});
    if (ui.button("go", "准备材料", {.kind = ButtonKind::Filled})) toast_ = true;
    if (ui.button("book", "预约", {.icon = Icon::Cal})) asking_ = true;
    ui.button("strong", "当场补写", {.kind = ButtonKind::Strong});
    ui.button("tint", "接着准备", {.kind = ButtonKind::Tint});
    ui.button("off", "准备材料", {.disabled_because = "还差 2 份材料"});
    ui.button("busy", "正在存…", {.kind = ButtonKind::Filled, .busy = true});
    ui.link("all", "看全部 172 项", "/items", {.chevron = true});
  }
  void tags(Ui& ui) {
    auto row = ui.row({.gap = 8, .wrap = true});
    ui.tag("直接受理", Style::Sunk, Icon::Direct);
    ui.tag("收受分离", Style::Tint, Icon::Split);
    ui.tag("有居住证可办", Style::Outlined, Icon::Idcard);
    ui.tag("已备好", Style::Tint, Icon::Check);
    ui.tag("快到期", Style::Error, Icon::Clock);
    ui.tag("超 1 天", Style::Warn, Icon::Warn);
  }
  void signs(Ui& ui) {
    auto row = ui.row({.gap = 12, .wrap = true});
    const Ui::Sign online[] = {{Icon::Wifi, "在线"}, {Icon::Saved, "刚刚已存本机"}};
    ui.capsule(online);
    const Ui::Sign offline[] = {{Icon::Nowifi, "没有网络", Tone::Ink}, {Icon::Saved, "已存本机"}};
    ui.capsule(offline);
  }
  void fields(Ui& ui) {
    auto form = ui.form("form", "输入框", {.gap = 16});
    if (auto v = ui.field("search", "查事项", {.value = query_, .kind = FieldKind::Search, .placeholder = "如：敬老卡，或拼音 jlk", .label_hidden = true, .button = "查找"})) query_ = *v;
    auto grid = ui.grid({.gap = 20, .min_column = 220});
    if (auto v = ui.field("name", "姓名", {.value = name_, .kind = FieldKind::Name, .hint = "和身份证上一样", .placeholder = "请输入", .good = !name_.empty()})) name_ = *v;
    if (auto v = ui.field("mobile", "联系手机", {.value = mobile_, .kind = FieldKind::Mobile, .error = mobile_.size() == 11 ? "" : "手机号要 11 位"})) mobile_ = *v;
    if (auto v = ui.field("identity", "身份证号", {.value = identity_, .kind = FieldKind::IdentityNumber})) identity_ = *v;
    const Option districts[] = {{"a", "杨浦区"}, {"b", "虹口区"}};
    if (auto v = ui.select("district", districts, district_, {.label = "户籍所在区", .placeholder = "请选择"})) district_ = *v;
    ui.field("off", "停用", {.value = "五角场街道", .disabled_because = "按身份证自动填"});
    if (auto v = ui.field("note", "说明", {.value = note_, .kind = FieldKind::Multiline})) note_ = *v;
    if (auto c = ui.keypad("keys")) {
      if (*c == '\b') { if (!identity_.empty()) identity_.pop_back(); }
      else if (identity_.size() < 18) identity_ += *c;
    }
    ui.file("photo", "拍照或选文件");
  }
  void lists(Ui& ui) {
    auto grid = ui.grid({.gap = 24, .min_column = 320});
    {
      auto list = ui.list("材料", {.pad = Pad(8, 16), .style = Style::Card, .divided = true});
      for (int i = 0; i < 3; ++i) {
        static constexpr std::string_view names[] = {"申请人身份证", "委托书", "医疗费收据"};
        auto item = ui.item(std::to_string(i), {.axis = Axis::Row, .gap = 12, .align = Align::Center});
        if (ui.check("ready", names[i], {.checked = ticked_[static_cast<std::size_t>(i)], .caption = i == 2 ? "1 张有反光，请重拍" : "原件，看完当场还您", .caption_tone = i == 2 ? Tone::Warn : Tone::Ink2, .icon = i == 2 ? Icon::Warn : Icon::None, .grow = 1})) ticked_[static_cast<std::size_t>(i)] ^= true;
        if (i == 1) ui.link("sample", "样张", "/sample", {.chevron = true, .describe = "委托书样张"});
      }
    }
    auto banners = ui.column({.gap = 8});
    ui.banner(Style::Sunk, "没有网络，照样能查、能填", "填的都存在这台手机上", Icon::Nowifi);
    ui.banner(Style::Tint, "您现在不用做什么", "最晚 12月17日答复");
    ui.banner(Style::Warn, "要您补 1 份材料", "11月30日前补好就行");
    ui.banner(Style::Error, "没交成，内容没丢", "平台正忙，1 分钟后再试，或带二维码去窗口");
  }
  void process(Ui& ui) {
    const Step steps[] = {{"情况", "/1"}, {"填表", ""}, {"材料", ""}, {"核对", ""}, {"交件", ""}};
    ui.stepper("第 2 步，共 5 步", steps, 1);
    ui.progress("材料 4 / 6 份", 4, 6);
    const ProcessNode nodes[] = {
        {.icon = Icon::Person, .mark = Mark::You, .title = "您交材料", .caption = "去任一家中心，只跑这一趟", .line_label = "当场", .solid = true},
        {.letter = "A", .title = "A 中心收件", .caption = "核对材料，当场给收件凭证", .line_label = "网上转，1 天内"},
        {.letter = "B", .title = "B 中心审核决定", .caption = "户籍地五角场街道，", .stress = "您不用去", .line_label = "20 个工作日内"},
        {.icon = Icon::Check, .mark = Mark::You, .title = "您收结果", .caption = "到 A 领"}};
    auto card = ui.card({.gap = 12});
    ui.heading(2, "您跑一趟，材料我们来转");
    ui.process("怎么办", nodes, ui.phone() || ui.roomy() ? Axis::Column : Axis::Row);
    const ProcessNode timeline[] = {
        {.letter = "A", .mark = Mark::Done, .when = "11月17日 12:06", .title = "曲阳路街道中心收件", .solid = true, .link = "凭证", .route = "/receipt"},
        {.icon = Icon::Person, .mark = Mark::NeedsYou, .when = "11月20日", .title = "要您补 1 份材料", .solid = true},
        {.letter = "B", .mark = Mark::Now, .when = "现在", .title = "五角场街道中心审核", .caption = "11月21日起接着算时间"},
        {.icon = Icon::Check, .mark = Mark::Next, .when = "12月17日前", .title = "结果告诉您"}};
    auto inner = ui.column({.key = "timeline"});
    ui.process("经过", timeline, Axis::Column);
  }
  void choices(Ui& ui) {
    auto grid = ui.grid({.gap = 20, .min_column = 260});
    if (auto v = ui.choice("who", {{"self", "本人"}, {"family", "家人代办"}}, who_, {.label = "谁来办？"})) who_ = *v;
    if (auto v = ui.choice("mode", {{"all", "全部", "", Icon::None, "8"}, {"direct", "直接受理", "", Icon::None, "7"}}, mode_, {.look = Look::Radio, .label = "办理方式"})) mode_ = *v;
    if (auto v = ui.choice("open", {{"now", "现在开门"}, {"sub", "分中心"}}, mode_, {.look = Look::Chips, .label = "筛选", .label_hidden = true})) mode_ = *v;
    if (auto v = ui.choice("tabs", {{"all", "全部", "", Icon::None, "9"}, {"in", "外来待审", "", Icon::None, "3"}}, mode_, {.look = Look::Tabs, .label = "列表", .label_hidden = true})) mode_ = *v;
  }
  void icons(Ui& ui) {
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

  std::string query_, name_ = "周德明", mobile_ = "1391234", identity_ = "310110194703", note_;
  int who_ = 0, mode_ = 0, district_ = -1, size_ = 0;
  std::array<bool, 3> ticked_{true, false, false};
  bool dark_ = false, asking_ = false, toast_ = false;
};

}  // namespace

std::unique_ptr<Program> make_program() { return std::make_unique<Components>(); }

}  // namespace tongban::platform
