#include "client/ui/builder.h"

#include <algorithm>

#include "client/ui/font_metrics.h"
#include "client/ui/utf8.h"

namespace tongban::ui {
namespace {

bool begins_wide(std::string_view words) {
  std::size_t at = 0;
  return is_wide(next_character(words, at));
}

constexpr std::uint64_t fnv_prime = 1099511628211ull;

Id hash(Id seed, std::string_view text) {
  std::uint64_t h = 14695981039346656037ull ^ seed;
  h *= fnv_prime;
  for (const char c : text) {
    h ^= static_cast<std::uint8_t>(c);
    h *= fnv_prime;
  }
  h ^= h >> 29;
  h *= fnv_prime;
  const Id id = (h ^ (h >> 32)) & ((Id{1} << 52) - 1);
  return id == 0 ? 1 : id;
}

Skin skin_of(Style style, bool selected) {
  switch (style) {
    case Style::Card: return selected ? Skin::CardSelected : Skin::Card;
    case Style::Sunk: return Skin::Sunk;
    case Style::Band: return Skin::Band;
    case Style::Tint: return Skin::Tint;
    case Style::Warn: return Skin::Warn;
    case Style::Error: return Skin::Error;
    case Style::Outlined: return selected ? Skin::CardSelected : Skin::Outlined;
    case Style::Ink: return Skin::Ink;
    case Style::None: return selected ? Skin::RowSelected : Skin::None;
  }
  return Skin::None;
}

struct RoleElement { const char* tag; const char* role; };
RoleElement element_of(Role role) {
  switch (role) {
    case Role::None: return {nullptr, nullptr};
    case Role::Group: return {"div", "group"};
    case Role::Section: return {"section", nullptr};
    case Role::List: return {"ul", "list"};   // list-style none takes the role away in Safari
    case Role::OrderedList: return {"ol", "list"};
    case Role::Item: return {"li", nullptr};
    case Role::Form: return {"form", nullptr};
    case Role::Search: return {"form", "search"};
    case Role::Navigation: return {"nav", nullptr};
    case Role::Header: return {"header", nullptr};
    case Role::Footer: return {"footer", nullptr};
    case Role::Aside: return {"aside", nullptr};
    case Role::Status: return {"div", "status"};
    case Role::Alert: return {"div", "alert"};
  }
  return {nullptr, nullptr};
}

}  // namespace

const char* role_tag(Role role) { return element_of(role).tag; }

Id Builder::identify(std::string_view key, const Node& node) {
  const int scope = current() < 0 ? -1 : tree.at(current()).scope;
  const Id above = scope < 0 ? 7 : tree.at(scope).id;
  if (!key.empty()) return hash(above, key);
  const int count = scope < 0 ? tree.size() : tree.at(scope).unnamed++;
  return hash(hash(above, "\x01"), std::string(node.tag ? node.tag : "-") + std::to_string(count));
}

Id Builder::id_within(Id scope, std::string_view key) { return hash(scope, key); }

int Builder::leaf(Node node, std::string_view key) {
  // Layout boxes have no element, and counting them would shift the ids of those that have.
  node.id = key.empty() && node.tag == nullptr ? 0 : identify(key, node);
  if (!key.empty()) node.key = tree.store(key);
  const int index = tree.append(current(), node);
  Node& added = tree.at(index);
  added.scope = !key.empty() || current() < 0 ? index : tree.at(current()).scope;
  if (ui.pose_ != Pose::None) pose(index);
  return index;
}

void Builder::pose(int index) {
  Node& node = tree.at(index);
  const bool field = node.kind == Kind::Input && !node.has(flag::Cover);
  if (!node.has(flag::Interactive) && !field) return;
  if (ui.pose_ == Pose::Hover) node.flags |= flag::Hovered;
  if (ui.pose_ == Pose::Press) node.flags |= flag::Pressed;
  if (ui.pose_ == Pose::Focus) attribute(index, "data-pose", "focus");   // the ring is the page's
}

int Builder::open(Node node, std::string_view key) {
  const int index = leaf(node, key);
  ui.current_ = index;
  return index;
}

void Builder::close(int node) { ui.current_ = tree.at(node).parent; }

Node Builder::stack(Axis axis, float gap, Align align) {
  Node node;
  node.axis = axis;
  node.gap = gap;
  node.align = align;
  return node;
}

Node Builder::box(const Box& box) const {
  Node node = stack(box.axis, box.gap, box.align);
  node.tag = element_of(box.role).tag;
  node.pad = box.pad;
  node.justify = box.justify;
  node.columns = box.columns;
  node.min_column = box.min_column * sizes.body / 18;
  node.grow = box.grow;
  node.width = box.width;
  node.min_width = box.min_width;
  node.max_width = box.max_width;
  node.height = box.height;
  node.min_height = box.min_height;
  node.style = box.style;
  node.skin = skin_of(box.style, box.selected);
  if (box.wrap) node.flags |= flag::Wrap;
  if (box.divided) node.flags |= flag::Divided;
  if (box.centered) node.flags |= flag::Centered;
  if (box.line_below) node.flags |= flag::LineBelow;
  if (box.hidden) node.flags |= flag::Hidden;
  if (box.selected) node.flags |= flag::Selected;
  return node;
}

int Builder::text(std::string_view words, const Text& look, const char* tag, std::string_view key) {
  const Run one{words, look.tone, look.bold, false};
  return runs({&one, 1}, look, tag, key);
}

int Builder::naming_text(std::string_view words, const Text& look, std::string_view key) {
  const int made = text(words, look, "span", key);
  attribute(made, "id", dom_id(made));
  return made;
}

int Builder::runs(std::span<const Run> parts, const Text& look, const char* tag, std::string_view key) {
  Node node;
  node.kind = Kind::Text;
  node.tag = tag ? tag : (inside_interactive() ? "span" : "p");
  node.tone = look.tone;
  node.font = sizes.of(look.size);
  node.line_height = look.size == TextSize::Body || look.size == TextSize::Caption ? line_height_body : line_height_heading;
  node.max_lines = look.lines;
  node.grow = look.grow;
  if (look.bold) node.flags |= flag::Bold;
  if (look.center) node.flags |= flag::Center | flag::Balanced;
  if (look.end) node.flags |= flag::End;
  if (look.tabular) node.flags |= flag::Tabular;
  node.run_from = static_cast<std::uint32_t>(tree.runs.size());
  const auto from = static_cast<std::uint32_t>(tree.strings.size());
  for (const Run& part : parts) {
    if (part.text.empty()) continue;
    const Tone tone = part.tone == Tone::Ink ? look.tone : part.tone;
    tree.runs.push_back({tree.store(part.text), tone, part.bold || look.bold, part.marked});
  }
  node.run_to = static_cast<std::uint32_t>(tree.runs.size());
  node.words = {from, static_cast<std::uint32_t>(tree.strings.size()) - from};
  const int made = leaf(node, key);
  // Names of the catalogue stay Chinese on an English page: a voice has to know.
  if (ui.english() && !node.words.empty() && begins_wide(tree.text(node.words))) attribute(made, "lang", "zh-CN");
  return made;
}

int Builder::sign(Icon icon, float size, Tone tone) {
  Node node;
  node.kind = Kind::Sign;
  node.icon = icon;
  node.tone = tone;
  node.width = node.height = size;
  node.flags |= flag::Fixed;
  return leaf(node);
}

void Builder::space(float size) {
  Node node;
  node.kind = Kind::Space;
  const bool across = current() >= 0 && tree.at(current()).axis == Axis::Row;
  (across ? node.width : node.height) = size;
  node.flags |= flag::Fixed;
  leaf(node);
}

void Builder::spring() {
  Node node;
  node.kind = Kind::Space;
  node.grow = 1;
  leaf(node);
}

int Builder::tick(bool round, bool checked, float size) {
  Node node;
  node.kind = Kind::Tick;
  node.width = node.height = size;
  node.flags |= flag::Fixed;
  if (round) node.flags |= flag::Round;
  if (checked) node.flags |= flag::Checked;
  return leaf(node);
}

const Action* Builder::acted(Id id, ActionKind kind) const {
  const Action* action = ui.input_.action;
  return action && action->id == id && action->kind == kind ? action : nullptr;
}

bool Builder::inside_interactive() const { return current() >= 0 && tree.at(current()).owner >= 0; }

const char* role_attribute(Role role) { return element_of(role).role; }

}  // namespace tongban::ui
