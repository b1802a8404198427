#include "client/ui/ui.h"

#include "client/ui/builder.h"

namespace tongban::ui {

const char* role_attribute(Role role);

Scope::Scope(Ui* ui, int node, bool acted, bool open) : ui_(ui), node_(node), acted_(acted), open_(open) {}
Scope::Scope(Scope&& other) noexcept : ui_(other.ui_), node_(other.node_), acted_(other.acted_), open_(other.open_) {
  other.ui_ = nullptr;
}
Scope::~Scope() {
  // A scope may stand for several nodes (tile inside its list item): it ends below the outermost.
  if (ui_) ui_->current_ = node_;
}

Ui::Ui(const Input& input, Tree& tree) : input_(input), tree_(tree) { tree_.clear(); }
Ui::~Ui() = default;

SizeClass Ui::size_class() const {
  if (input_.flowing) return SizeClass::Tablet;
  if (input_.width < phone_below) return SizeClass::Phone;
  return input_.width < desktop_from ? SizeClass::Tablet : SizeClass::Desktop;
}

float Ui::ems() const { return input_.width / scale(input_.type_size, tree_.staff).body; }

bool Ui::roomy() const { return !input_.flowing && ems() < 40; }

Pad Ui::margin() const {
  if (tree_.staff) return Pad(0, phone() ? 16 : 24);
  return Pad(0, phone() ? 16.f : desktop() ? 40.f : 32.f);
}

namespace {

struct Opened {
  int node;
  int parent;
};

Opened open_box(Builder& b, const Box& box, std::string_view key) {
  const int parent = b.current();
  const int node = b.open(b.box(box), key);
  if (const char* role = role_attribute(box.role)) b.attribute(node, "role", role);
  if (!box.label.empty()) b.attribute(node, "aria-label", box.label);
  return {node, parent};
}

}  // namespace

Scope Ui::page(const Page& page) {
  tree_.title = page.title;
  tree_.route = page.route;
  tree_.staff = page.staff;
  Builder b(*this);
  b.open(Builder::stack(Axis::Column, 0), "page");
  return b.scope(-1);
}

Scope Ui::region(Region region, const Box& given) {
  Builder b(*this);
  Box box = given;
  const float grown = b.sizes.body / (tree_.staff ? 16 : 18);
  static constexpr const char* names[] = {"top", "rail", "main", "beside", "bottom", "dialog", "toast"};
  if (region == Region::Rail && box.width == 0) box.width = (tree_.staff ? 88.f : 112.f) * (grown > 1.3f ? 1.3f : grown);
  Node node = b.box(box);
  if (region == Region::Main) node.tag = "main";
  if (region == Region::Top && box.role == Role::None) node.tag = "header";
  if (region == Region::Bottom) {
    node.tag = "footer";
    node.skin = Skin::BarBottom;
  }
  if (region == Region::Rail) node.tag = "header";
  if (region == Region::Toast) node.tag = "aside";   // who goes from landmark to landmark passes it, too
  const bool ink = region == Region::Rail && (box.style == Style::Ink || tree_.staff);
  if (region == Region::Rail) node.skin = ink ? Skin::RailInk : Skin::RailWhite;
  if (region == Region::Top) node.skin = box.style == Style::Card ? Skin::BarTop : Skin::None;
  const int parent = b.current();
  // What stands in Main belongs to its page; bars and their focus outlive a change of page.
  std::string key = names[static_cast<int>(region)];
  if (region == Region::Main) key += tree_.route;
  const int opened = b.open(node, key);
  if (const char* role = role_attribute(box.role); role && region != Region::Main) b.attribute(opened, "role", role);
  if (!box.label.empty()) b.attribute(opened, "aria-label", box.label);
  if (region == Region::Toast && box.label.empty()) b.attribute(opened, "aria-label", b.say("提示", "Message"));
  if (ink) b.attribute(opened, "data-ink", "1");
  if (region == Region::Main) b.attribute(opened, "id", "main");
  if (region == Region::Main || region == Region::Beside) b.attribute(opened, "tabindex", "-1");
  tree_.regions.push_back({region, opened});
  return b.scope(parent);
}

Scope Ui::box(const Box& box) {
  Builder b(*this);
  return b.scope(open_box(b, box, box.key).parent);
}

Scope Ui::row(Box given) {
  given.axis = Axis::Row;
  if (given.align == Align::Stretch) given.align = Align::Center;
  return box(given);
}

Scope Ui::column(Box given) {
  given.axis = Axis::Column;
  return box(given);
}

Scope Ui::grid(Box given) {
  given.axis = Axis::Grid;
  return box(given);
}

Scope Ui::card(Box given) {
  if (given.style == Style::None) given.style = Style::Card;
  const bool unpadded = given.pad.top == 0 && given.pad.left == 0 && given.pad.right == 0 && given.pad.bottom == 0;
  if (unpadded) given.pad = Pad(phone() || tree_.staff ? 16.f : 20.f);
  return box(given);
}

Scope Ui::list(std::string_view label, Box given) {
  given.role = Role::List;
  given.label = label;
  return box(given);
}

Scope Ui::item(std::string_view key, Box given) {
  given.role = Role::Item;
  given.key = key;
  return box(given);
}

Scope Ui::section(std::string_view key, std::string_view title, Box given) {
  Builder b(*this);
  given.role = Role::Section;
  if (given.gap == 0) given.gap = 12;
  const int parent = b.current();
  Node node = b.box(given);
  const int opened = b.open(node, key);
  // The heading's id follows from its key, so it can be named before it exists.
  const bool titled = !title.empty();
  b.attribute(opened, "aria-label", given.label.empty() ? title : given.label);
  if (titled) heading(2, title);
  return b.scope(parent);
}

Scope Ui::form(std::string_view key, std::string_view label, Box given) {
  Builder b(*this);
  if (given.role != Role::Search) given.role = Role::Form;
  given.label = label;
  const Opened opened = open_box(b, given, key);
  return b.scope(opened.parent, b.acted(tree_.at(opened.node).id, ActionKind::Submit) != nullptr);
}

Scope Ui::tile(std::string_view key, const Tile& tile) {
  Builder b(*this);
  const int parent = b.current();
  Box inner = tile.box;
  if (inner.role == Role::Item) {
    Node outer = Builder::stack(Axis::Column, 0);
    outer.tag = "li";
    outer.grow = inner.grow;
    outer.width = inner.width;
    outer.min_width = inner.min_width;
    outer.max_width = inner.max_width;
    inner.width = inner.min_width = inner.max_width = 0;
    inner.grow = 1;
    b.open(outer, std::string(key) + "/item");
  }
  inner.role = Role::None;
  Node node = b.box(inner);
  const bool routed = !tile.route.empty();
  const bool disabled = !tile.disabled_because.empty();
  node.tag = routed && !disabled ? "a" : "button";
  node.flags |= flag::Interactive;
  if (disabled) node.flags |= flag::Disabled;
  if (node.skin == Skin::None) node.skin = Skin::Hover;
  const int opened = b.open(node, key);
  if (routed && !disabled) b.attribute(opened, "href", tile.route);
  else b.attribute(opened, "type", "button");
  if (!tile.label.empty()) b.attribute(opened, "aria-label", tile.label);
  if (tile.current) b.attribute(opened, "aria-current", "true");
  if (disabled) {
    b.attribute(opened, "aria-disabled", "true");
    b.attribute(opened, "title", tile.disabled_because);
  }
  return b.scope(parent, b.clicked(opened) && !disabled);
}

Scope Ui::dialog(std::string_view key, std::string_view title, const Dialog& look) {
  Builder b(*this);
  const int parent = b.current();
  int region = -1;
  for (const RegionRef& r : tree_.regions) if (r.region == Region::Dialog) region = r.node;
  if (region < 0) {
    region = b.open(Builder::stack(Axis::Column, 0), "dialog");
    tree_.regions.push_back({Region::Dialog, region});
  } else {
    current_ = region;
  }
  Node node = Builder::stack(Axis::Column, 16);
  node.tag = "div";
  node.skin = Skin::Dialog;
  node.pad = Pad(phone() ? 20.f : 28.f);
  node.max_width = look.max_width * b.sizes.body / 18;
  node.flags |= flag::Centered;
  const int opened = b.open(node, key);
  b.attribute(opened, "role", look.alert ? "alertdialog" : "dialog");
  b.attribute(opened, "aria-modal", "true");
  b.attribute(opened, "aria-label", title);
  b.attribute(opened, "tabindex", "-1");
  heading(2, title);
  if (!look.caption.empty()) tree_.at(b.text(look.caption, {.tone = Tone::Ink2})).flags |= flag::Balanced;
  return b.scope(parent, b.acted(tree_.at(opened).id, ActionKind::Cancel) != nullptr);
}

Scope Ui::disclosure(std::string_view key, std::string_view label, bool open_at_first) {
  Builder b(*this);
  const int parent = b.current();
  Node outer = Builder::stack(Axis::Column, 8);
  outer.tag = "div";
  const int opened = b.open(outer, key);
  const Id id = tree_.at(opened).id;
  bool open = open_at_first;
  if (input_.memory) {
    if (const auto found = input_.memory->open.find(id); found != input_.memory->open.end()) open = found->second;
  }
  if (flowing()) open = true;
  Node head = Builder::stack(Axis::Row, 12, Align::Center);
  head.tag = "button";
  head.skin = Skin::Hover;
  head.flags |= flag::Interactive;
  head.min_height = b.sizes.touch;
  const int button = b.open(head, "toggle");
  b.attribute(button, "type", "button");
  b.attribute(button, "aria-expanded", open ? "true" : "false");
  b.text(label, {.bold = true, .grow = 1});
  b.word_sign(open ? Icon::Up : Icon::Down, Tone::Ink2);
  b.close(button);
  if (b.clicked(button) && input_.memory) input_.memory->open[id] = open = !open;
  return b.scope(parent, false, open);
}

bool Ui::unfolded(std::string_view key) const {
  if (flowing() || !input_.memory || current_ < 0) return flowing();
  const auto found = input_.memory->open.find(Builder::id_within(tree_.at(tree_.at(current_).scope).id, key));
  return found != input_.memory->open.end() && found->second;
}

Scope Ui::unfold(std::string_view key, const Tile& look) {
  const bool open = unfolded(key);
  const Id id = Builder::id_within(tree_.at(tree_.at(current_).scope).id, key);
  Scope scope = tile(key, look);
  tree_.attribute(current_, "aria-expanded", open ? "true" : "false");
  if (scope.pressed() && input_.memory) input_.memory->open[id] = !open;
  return scope;
}

void Ui::announce(std::string_view words, bool assertive) { tree_.announcements.push_back({tree_.store(words), assertive}); }

}  // namespace tongban::ui
