#include "client/platform/headless/flow.h"

#include <cmath>
#include <cstring>
#include <unordered_set>

#include "client/ui/icon_shapes.h"
#include "client/ui/tokens.h"

namespace tongban::headless {
namespace {

using ui::Kind;
using ui::Node;
using ui::Skin;
using ui::Tone;
namespace flag = ui::flag;

const char* skin_class(Skin skin) {
  switch (skin) {
    case Skin::Card: return "card";
    case Skin::CardSelected: return "card selected";
    case Skin::RowSelected: return "row-selected";
    case Skin::Sunk: return "sunk";
    case Skin::Tint: return "tint";
    case Skin::Warn: return "warn";
    case Skin::Error: return "error";
    case Skin::Outlined: return "outlined";
    case Skin::Ink: return "ink";
    case Skin::ButtonOutlined: return "button";
    case Skin::ButtonFilled: return "button filled";
    case Skin::ButtonStrong: return "button strong";
    case Skin::ButtonTint: return "button tinted";
    case Skin::ButtonText: return "plain";
    case Skin::ButtonDanger: return "button danger";
    case Skin::ButtonDisabled: return "button disabled";
    case Skin::Pill: return "button pill";
    case Skin::PillOn: return "button pill filled";
    case Skin::NavRail: case Skin::NavRailStaff: case Skin::NavTab: return "nav-link";
    case Skin::Tab: return "tab";
    case Skin::TabBar: return "tabs";
    case Skin::TagSunk: return "tag";
    case Skin::TagTint: return "tag tint";
    case Skin::TagWarn: return "tag warn";
    case Skin::TagError: return "tag error";
    case Skin::TagOutlined: return "tag outlined";
    case Skin::Segmented: return "segments";
    case Skin::SegmentFirst: case Skin::SegmentMiddle: case Skin::SegmentLast: case Skin::SegmentOnly: return "segment";
    case Skin::FieldBox: return "field";
    case Skin::SearchBox: return "field search";
    case Skin::TableHead: return "table-head";
    case Skin::TableRow: return "table-row";
    case Skin::Toast: return "toast";
    case Skin::Dialog: return "dialog";
    case Skin::Capsule: return "sunk capsule";
    case Skin::Hover: return "quiet";
    case Skin::BarTop: return "bar";
    case Skin::BarBottom: return "bar";
    case Skin::RailWhite: case Skin::RailInk: return "rail";
    default: return nullptr;
  }
}

const char* tone_class(Tone tone) {
  switch (tone) {
    case Tone::Ink2: return "ink2";
    case Tone::Ink3: return "ink3";
    case Tone::Accent: return "accent";
    case Tone::Warn: return "on-warn";
    case Tone::Error: return "on-error";
    default: return nullptr;
  }
}

const char* mark_class(ui::Mark mark) {
  switch (mark) {
    case ui::Mark::Done: return "mark done";
    case ui::Mark::Now: return "mark now";
    case ui::Mark::NeedsYou: return "mark needs";
    case ui::Mark::Next: return "mark next";
    case ui::Mark::You: return "mark you";
    case ui::Mark::Failed: return "mark failed";
  }
  return "mark";
}

/// The type step of a size, whatever the scale it came from.
const char* size_class(const Node& n, const ui::Scale& s) {
  const auto is = [&](float size) { return std::abs(n.font - size) < 0.5f; };
  if (is(s.display)) return "t-display";
  if (is(s.h1)) return "t-h1";
  if (is(s.h2)) return "t-h2";
  if (is(s.h3)) return "t-h3";
  if (is(s.caption)) return "t-caption";
  return nullptr;
}

struct Classes {
  std::string text;
  void add(const char* name) {
    if (!name || !*name) return;
    if (!text.empty()) text += ' ';
    text += name;
  }
};

class Flow {
 public:
  explicit Flow(const ui::Tree& tree) : tree_(tree), sizes_(ui::scale(ui::TypeSize::Normal, tree.staff)) {}

  std::vector<ui::TwinRecord> run() {
    ui::Id after = 0;
    for (const ui::RegionRef& region : tree_.regions) walk(region.node, page_parent, after, false, true);
    return std::move(out_);
  }

 private:
  /// `phrasing`: inside a link, button, label or paragraph, where only <span> may stand.
  void walk(int index, ui::Id parent, ui::Id& after, bool phrasing, bool region) {
    const Node& n = tree_.at(index);
    if (n.kind == Kind::Space || n.kind == Kind::Connector || n.has(flag::Cover | flag::CoverRow) ? skip(n) : false) return;
    if (!n.tag && n.kind == Kind::Box && !region && !shapes(n)) {
      for (int c = n.first; c >= 0; c = tree_.at(c).next) walk(c, parent, after, phrasing, false);
      return;
    }
    ui::TwinRecord record;
    record.parent = parent;
    record.after = after;
    record.node = index;
    record.id = unique(n.id ? n.id : parent * 131 + 7919 + static_cast<ui::Id>(ordinal_++));
    fill(record, n, phrasing, region);
    after = record.id;
    const ui::Id own = record.id;
    const bool inner = phrasing || is_phrasing(record.tag);
    out_.push_back(std::move(record));
    ui::Id below = 0;
    for (int c = n.first; c >= 0; c = tree_.at(c).next) walk(c, own, below, inner, false);
  }

  bool skip(const Node& n) const { return n.kind != Kind::Input && !(n.has(flag::CoverRow) && n.tag && std::strcmp(n.tag, "a") == 0); }

  /// Layout boxes that change how their content flows; the others would only nest.
  static bool shapes(const Node& n) {
    if (n.first < 0) return false;
    return n.skin != Skin::None || n.axis != ui::Axis::Column || n.has(flag::Divided) || n.max_width > 0 || n.children > 1;
  }

  ui::Id unique(ui::Id id) {
    id &= (ui::Id{1} << 52) - 1;
    while (!seen_.insert(id).second) id = (id * 31 + 17) & ((ui::Id{1} << 52) - 1);
    return id;
  }

  static bool is_phrasing(const char* tag) {
    for (const char* t : {"a", "button", "label", "span", "p", "dt"}) if (std::strcmp(tag, t) == 0) return true;
    return tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
  }

  void fill(ui::TwinRecord& r, const Node& n, bool phrasing, bool region) {
    Classes classes;
    r.tag = n.tag ? n.tag : phrasing ? "span" : "div";
    for (auto i = n.attr_from; i < n.attr_to; ++i) {
      const ui::Attribute& a = tree_.attributes[i];
      if (std::strncmp(a.name, "data-", 5) != 0) r.attributes.emplace_back(a.name, std::string(tree_.text(a.value)));
    }
    switch (n.kind) {
      case Kind::Box: box(classes, n); break;
      case Kind::Text: text(r, classes, n); break;
      case Kind::Sign: sign(r, classes, n); break;
      case Kind::Logo: classes.add("logo"); break;
      case Kind::Mark: mark(r, classes, n); break;
      case Kind::Segments: segments(r, n); break;
      case Kind::Modules: modules(r, classes, n); break;
      case Kind::Dot: classes.add("dot"); classes.add(tone_class(n.tone)); break;
      case Kind::Line: classes.add("line"); break;
      case Kind::Tick: classes.add("tick"); break;
      case Kind::Spinner: classes.add("spinner"); break;
      case Kind::Option: r.text = tree_.text(n.words); break;
      default: break;
    }
    if (region) classes.add("region");
    if (region) classes.add(place_class(n));
    if (n.has(flag::Hidden)) classes.add("sr");
    if (!classes.text.empty()) r.attributes.emplace_back("class", classes.text);
  }

  /// What doesn't flow with the rest: a dialog lies over the page, a toast at the window's foot.
  const char* place_class(const Node& n) const {
    for (const ui::RegionRef& ref : tree_.regions) {
      if (&tree_.at(ref.node) != &n) continue;
      return ref.region == ui::Region::Dialog ? "over" : ref.region == ui::Region::Toast ? "at-foot" : nullptr;
    }
    return nullptr;
  }

  static const char* gap_class(float gap) {
    return gap >= 28 ? "g32" : gap >= 22 ? "g24" : gap >= 14 ? "g16" : gap >= 10 ? "g12" : gap >= 6 ? "g8" : gap > 0 ? "g4" : nullptr;
  }

  void box(Classes& c, const Node& n) const {
    c.add(skin_class(n.skin));
    const bool row = n.axis == ui::Axis::Row;
    c.add(n.axis == ui::Axis::Grid ? "grid" : row ? "row" : n.gap > 0 || n.children > 1 || n.has(flag::Divided) ? "col" : nullptr);
    c.add(gap_class(n.gap));
    if (row && (n.justify == ui::Justify::Between)) c.add("between");
    if (row && n.align == ui::Align::Start) c.add("top");
    if (n.justify == ui::Justify::Center || (n.axis == ui::Axis::Column && n.align == ui::Align::Center)) c.add("middle");
    if (n.has(flag::Divided)) c.add("divided");
    if (n.grow > 0) c.add("grow");
    if (n.has(flag::Current)) c.add("current");
    if (n.has(flag::Selected)) c.add("selected");
    if (n.has(flag::Error)) c.add("wrong");
  }

  void text(ui::TwinRecord& r, Classes& c, const Node& n) const {
    c.add(size_class(n, sizes_));
    c.add(tone_class(n.tone));
    if (n.has(flag::Bold) && !n.has(flag::Heading)) c.add("b");
    if (n.has(flag::Tabular)) c.add("tabular");
    if (n.grow > 0) c.add("grow");
    if (n.has(flag::End)) c.add("end");
    r.text = tree_.text(n.words);
    for (std::uint32_t i = n.run_from; i < n.run_to; ++i) {
      const ui::RunRef& run = tree_.runs[i];
      if (run.bold == n.has(flag::Bold) && run.tone == n.tone && !run.marked) continue;
      r.attributes.emplace_back("markup", marked_up(n));
      r.text.clear();
      break;
    }
  }

  static void escape(std::string& out, std::string_view words) {
    for (const char ch : words) {
      if (ch == '&') out += "&amp;";
      else if (ch == '<') out += "&lt;";
      else out += ch;
    }
  }

  std::string marked_up(const Node& n) const {
    std::string out;
    for (std::uint32_t i = n.run_from; i < n.run_to; ++i) {
      const ui::RunRef& run = tree_.runs[i];
      const char* tag = run.marked ? "mark" : run.bold ? "b" : "span";
      const char* tone = run.tone == n.tone ? nullptr : tone_class(run.tone);
      (out += '<') += tag;
      if (tone) ((out += " class=\"") += tone) += '"';
      out += '>';
      escape(out, tree_.text(run.text));
      ((out += "</") += tag) += '>';
    }
    return out;
  }

  static void sign(ui::TwinRecord& r, Classes& c, const Node& n) {
    r.tag = "svg";
    r.attributes.emplace_back("viewBox", "0 0 24 24");
    r.attributes.emplace_back("aria-hidden", "true");
    std::string inside = ui::icon_markup(n.icon);
    // What covers something behind it takes the ground's colour from the style sheet.
    for (std::size_t at; (at = inside.find("fill=\"surface\"")) != std::string::npos;) inside.replace(at, 14, "class=\"s\"");
    r.attributes.emplace_back("markup", inside);
    c.add("i");
    c.add(tone_class(n.tone));
  }

  void mark(ui::TwinRecord& r, Classes& c, const Node& n) const {
    r.tag = "span";
    c.add(mark_class(n.mark));
    r.text = n.icon == ui::Icon::Check ? "✓" : std::string(tree_.text(n.words));
  }

  void segments(ui::TwinRecord& r, const Node& n) const {
    r.tag = "progress";
    const std::string label(tree_.attribute(n, "aria-label"));
    r.attributes = {{label.empty() ? "aria-hidden" : "aria-label", label.empty() ? "true" : label}, {"max", std::to_string(n.total)}, {"value", std::to_string(n.value)}};
  }

  void modules(ui::TwinRecord& r, Classes& c, const Node& n) const {
    r.tag = "svg";
    const std::string side = std::to_string(n.total + 8);
    r.attributes.emplace_back("viewBox", "0 0 " + side + " " + side);
    std::string path;
    for (int y = 0; y < n.total; ++y) {
      for (int x = 0; x < n.total; ++x) {
        if (tree_.cells[static_cast<std::size_t>(n.value + y * n.total + x)]) path += "M" + std::to_string(x + 4) + " " + std::to_string(y + 4) + "h1v1h-1z";
      }
    }
    r.attributes.emplace_back("markup", "<path d=\"" + path + "\"/>");
    c.add(n.total > 77 ? "qr qr-large" : "qr");
  }

  const ui::Tree& tree_;
  const ui::Scale& sizes_;
  std::vector<ui::TwinRecord> out_;
  std::unordered_set<ui::Id> seen_;
  int ordinal_ = 0;
};

}  // namespace

std::vector<ui::TwinRecord> flow_records(const ui::Tree& tree) { return Flow(tree).run(); }

}  // namespace tongban::headless
