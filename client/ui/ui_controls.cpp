// What can be pressed, followed or chosen.
#include <algorithm>
#include <string>

#include "client/ui/builder.h"
#include "client/ui/font_metrics.h"
#include "client/ui/ui.h"

namespace tongban::ui {
namespace {

struct ButtonLook { Skin skin; Tone tone; };

ButtonLook look_of(ButtonKind kind, bool disabled) {
  if (disabled) return {kind == ButtonKind::Text ? Skin::ButtonText : Skin::ButtonDisabled, Tone::Ink3};
  switch (kind) {
    case ButtonKind::Filled: return {Skin::ButtonFilled, Tone::OnAccent};
    case ButtonKind::Strong: return {Skin::ButtonStrong, Tone::Accent};
    case ButtonKind::Tint: return {Skin::ButtonTint, Tone::Accent};
    case ButtonKind::Text: return {Skin::ButtonText, Tone::Accent};
    case ButtonKind::Danger: return {Skin::ButtonDanger, Tone::OnAccent};
    case ButtonKind::Icon:
    case ButtonKind::Stacked: return {Skin::ButtonText, Tone::Ink};
    case ButtonKind::Outlined: break;
  }
  return {Skin::ButtonOutlined, Tone::Ink};
}

Node button_box(const Builder& b, ButtonKind kind, ButtonSize size, float grow, float width) {
  Node node = Builder::stack(Axis::Row, 8, Align::Center);
  node.justify = Justify::Center;
  node.grow = grow;
  node.width = width;
  const float big = b.sizes.touch > 48 ? b.sizes.touch + 8 : 56;
  node.min_height = size == ButtonSize::Big ? big : size == ButtonSize::Small ? b.sizes.touch - 8 : b.sizes.touch;
  // Where few characters fit, the words need the room more than the sides do.
  const float most = b.ui.flowing() || b.ui.ems() >= 14 ? 24 : b.ui.ems() >= 12 ? 14 : 10;
  node.pad = Pad(6, std::min(most, size == ButtonSize::Big ? 24.f : size == ButtonSize::Small ? 12.f : 20.f));
  if (kind == ButtonKind::Text) node.pad = Pad(6, 8);
  if (kind == ButtonKind::Icon) {
    node.pad = Pad(0);
    node.width = node.min_height;
  }
  if (kind == ButtonKind::Stacked) {
    node.axis = Axis::Column;
    node.gap = 2;
    node.pad = Pad(4, 6);
    node.min_width = 64;
  }
  node.flags |= flag::Interactive | flag::Nowrap;
  return node;
}

void button_inside(Builder& b, std::string_view label, ButtonKind kind, ButtonSize size, Icon icon, Icon after, Tone tone, bool busy) {
  const float sign = size == ButtonSize::Big ? 22.f : 20.f;
  if (busy) {
    Node spin;
    spin.kind = Kind::Spinner;
    spin.tone = tone;
    spin.width = spin.height = sign * b.sizes.icon;
    spin.flags |= flag::Fixed;
    b.leaf(spin);
  } else if (icon != Icon::None) {
    b.word_sign(icon, tone, kind == ButtonKind::Icon || kind == ButtonKind::Stacked ? 24.f : sign);
  }
  if (kind == ButtonKind::Icon) return;
  if (kind == ButtonKind::Stacked) {
    b.text(label, {.size = TextSize::Caption, .tone = tone, .center = true}, "span");
    return;
  }
  const bool large = size == ButtonSize::Big;
  b.text(label, {.size = large ? TextSize::H3 : size == ButtonSize::Small ? TextSize::Caption : TextSize::Body,
                 .tone = tone, .bold = true, .center = true}, "span");
  if (after != Icon::None) b.word_sign(after, tone, sign);
}

}  // namespace

bool Ui::button(std::string_view key, std::string_view label, const Button& look) {
  Builder b(*this);
  const bool disabled = !look.disabled_because.empty();
  const auto [skin, tone] = look_of(look.kind, disabled);
  Node node = button_box(b, look.kind, look.size, look.grow, look.width);
  node.tag = "button";
  node.skin = look.pressed == 1 ? Skin::ButtonStrong : skin;
  if (disabled || look.busy) node.flags |= flag::Disabled;
  const int made = b.open(node, key);
  b.attribute(made, "type", look.submits ? "submit" : "button");
  if (look.kind == ButtonKind::Icon || !look.describe.empty()) {
    b.attribute(made, "aria-label", look.describe.empty() ? label : look.describe);
  }
  if (look.pressed >= 0) b.attribute(made, "aria-pressed", look.pressed ? "true" : "false");
  if (look.expanded >= 0) b.attribute(made, "aria-expanded", look.expanded ? "true" : "false");
  if (disabled || look.busy) b.attribute(made, "aria-disabled", "true");
  if (look.busy) b.attribute(made, "aria-busy", "true");
  if (disabled) b.attribute(made, "title", look.disabled_because);
  button_inside(b, label, look.kind, look.size, look.icon, look.icon_after, tone, look.busy);
  b.close(made);
  return b.clicked(made) && !disabled && !look.busy;
}

bool Ui::pill(std::string_view key, std::string_view label, Icon icon, int pressed) {
  Builder b(*this);
  Node node = Builder::stack(Axis::Row, 6, Align::Center);
  node.tag = "button";
  node.pad = Pad(4, 14);
  node.min_height = b.sizes.touch;
  node.skin = pressed == 1 ? Skin::PillOn : Skin::Pill;
  node.flags |= flag::Interactive | flag::Nowrap | flag::Inline;
  const int made = b.open(node, key);
  b.attribute(made, "type", "button");
  if (pressed >= 0) b.attribute(made, "aria-pressed", pressed ? "true" : "false");
  const Tone tone = pressed == 1 ? Tone::OnAccent : Tone::Ink;
  if (icon != Icon::None) b.word_sign(icon, tone);
  b.text(label, {.size = TextSize::Caption, .tone = tone, .bold = true}, "span");
  b.close(made);
  return b.clicked(made);
}

bool Ui::link(std::string_view key, std::string_view words, std::string_view route, const Link& look) {
  Builder b(*this);
  Node node;
  Tone tone = Tone::Accent;
  if (look.as_button) {
    const ButtonLook drawn = look_of(look.kind, false);
    node = button_box(b, look.kind, look.button_size, look.grow, look.width);
    node.skin = drawn.skin;
    tone = drawn.tone;
  } else {
    node = Builder::stack(Axis::Row, 6, Align::Center);
    node.skin = Skin::ButtonText;
    node.grow = look.grow;
    node.width = look.width;
    node.min_height = b.sizes.tag;
    node.flags |= flag::Interactive | flag::Inline;
  }
  node.tag = "a";
  const int made = b.open(node, key);
  b.attribute(made, "href", route);
  if (look.current) b.attribute(made, "aria-current", "page");
  const bool bare = look.as_button && look.kind == ButtonKind::Icon;
  if (bare || !look.describe.empty()) b.attribute(made, "aria-label", look.describe.empty() ? words : look.describe);
  if (look.as_button) {
    button_inside(b, words, look.kind, look.button_size, look.icon, look.chevron ? Icon::Right : Icon::None, tone, false);
  } else {
    if (look.icon != Icon::None) b.word_sign(look.icon, tone, 20);
    b.text(words, {.size = look.size, .tone = tone, .bold = look.bold}, "span");
    if (look.chevron) b.word_sign(Icon::Right, tone, 20);
  }
  b.close(made);
  return b.clicked(made);
}

namespace {

/// Four characters stand in one line under a tab, unless that would make them small; English has words of seven letters.
float tab_label(const Ui& ui, const Builder& b) {
  constexpr float characters = 4, least = 22, longest_word = 4.2f;
  const float tab = ui.width() / (ui.phone() ? 4.f : 5.f) - 2 * 4;
  return std::min(b.sizes.caption, ui.english() ? tab / longest_word : std::max(least, tab / characters));
}

}  // namespace

bool Ui::nav(std::string_view key, std::string_view label, Icon icon, std::string_view route, bool is_current) {
  Builder b(*this);
  bool in_rail = false, ink = false;
  for (int i = b.current(); i >= 0; i = tree_.at(i).parent) {
    if (tree_.at(i).skin == Skin::RailWhite || tree_.at(i).skin == Skin::RailInk) in_rail = true;
    if (tree_.at(i).skin == Skin::RailInk) ink = true;
  }
  Node node = Builder::stack(Axis::Column, 4, Align::Center);
  node.tag = "a";
  node.justify = Justify::Center;
  node.min_height = in_rail ? (tree_.staff ? 72.f : 80.f) : 76.f;
  node.pad = Pad(4, 2);
  if (!in_rail) {
    node.grow = 1;
    // The signs stand in one line even where a word needs two.
    node.justify = Justify::Start;
    node.pad = Pad(11, 2, 6, 2);
  }
  node.skin = ink ? Skin::NavRailStaff : in_rail ? Skin::NavRail : Skin::NavTab;
  node.flags |= flag::Interactive | (is_current ? flag::Current : 0u) | (in_rail ? 0u : flag::BasisZero);
  const int made = b.open(node, key);
  b.attribute(made, "href", route);
  if (is_current) b.attribute(made, "aria-current", "page");
  const Tone tone = ink ? Tone::OnInk : is_current ? Tone::Accent : Tone::Ink2;
  b.word_sign(icon, tone, 24);
  const int words = b.text(label, {.size = TextSize::Caption, .tone = tone, .bold = is_current, .center = true}, "span");
  if (!in_rail) tree_.at(words).font = tab_label(*this, b);
  b.close(made);
  return b.clicked(made);
}

bool Ui::check(std::string_view key, std::string_view label, const Check& look) {
  Builder b(*this);
  const bool disabled = !look.disabled_because.empty();
  Node node = Builder::stack(Axis::Row, 12, Align::Center);
  node.tag = "label";
  node.pad = Pad(8, 0);
  node.grow = look.grow;
  node.min_height = b.sizes.touch;
  node.skin = Skin::Hover;
  node.flags |= flag::Interactive | (disabled ? flag::Disabled : 0u);
  const int made = b.open(node, key);
  Node input;
  input.kind = Kind::Input;
  input.tag = "input";
  input.flags |= flag::Cover;
  const int box = b.leaf(input, "box");
  b.attribute(box, "type", "checkbox");
  b.attribute(box, "checked", look.checked ? "true" : "false");
  // The label around it names it; what else stands there is no part of its name.
  const bool named_apart = !look.caption.empty() || !look.trailing.empty();
  if (look.label_hidden) b.attribute(box, "aria-label", label);
  else if (named_apart) b.attribute(box, "aria-labelledby", b.words_id(made, "words"));
  if (!look.label_hidden && !look.caption.empty()) b.attribute(box, "aria-describedby", b.words_id(made, "caption"));
  if (disabled) b.attribute(box, "disabled", look.disabled_because);
  if (look.icon != Icon::None) b.sign(look.icon, 28, look.caption_tone);
  else b.tick(false, look.checked, 28 * b.sizes.icon);
  const Id id = tree_.at(box).id;
  const bool changed = !disabled && b.acted(id, ActionKind::Change) != nullptr;
  if (look.label_hidden) {
    tree_.at(made).pad = Pad(8);
    b.close(made);
    return changed;
  }
  Node words = Builder::stack(Axis::Column, 0);
  words.grow = 1;
  const int column = b.open(words);
  b.naming_text(label, {.tone = disabled ? Tone::Ink3 : Tone::Ink, .bold = !look.caption.empty()}, "words");
  if (!look.original.empty()) b.naming_text(look.original, {.size = TextSize::Caption, .tone = Tone::Ink2}, "original");
  if (!look.caption.empty()) {
    b.naming_text(look.caption, {.size = TextSize::Caption, .tone = look.caption_tone,
                                 .bold = look.caption_tone == Tone::Warn || look.caption_tone == Tone::Error}, "caption");
  }
  b.close(column);
  if (!look.trailing.empty()) b.text(look.trailing, {.size = TextSize::Caption, .tone = Tone::Ink2}, "span");
  b.close(made);
  return changed;
}

std::optional<FileRef> Ui::file(std::string_view key, std::string_view label, const File& look) {
  Builder b(*this);
  const bool disabled = !look.disabled_because.empty();
  const auto [skin, tone] = look_of(look.kind, disabled);
  Node node = button_box(b, look.kind, look.size, look.grow, 0);
  node.tag = "label";
  node.skin = skin;
  if (disabled) node.flags |= flag::Disabled;
  const int opened = b.open(node, key);
  Node input;
  input.kind = Kind::Input;
  input.tag = "input";
  input.flags |= flag::Cover;
  const int made = b.leaf(input, "file");
  b.attribute(made, "type", "file");
  b.attribute(made, "accept", look.accept);
  if (!look.describe.empty()) b.attribute(made, "aria-label", look.describe);
  if (look.capture) b.attribute(made, "capture", "environment");
  if (look.multiple) b.attribute(made, "multiple", "true");
  if (disabled) b.attribute(made, "disabled", look.disabled_because);
  const Id id = tree_.at(made).id;
  button_inside(b, label, look.kind, look.size, look.icon, Icon::None, tone, false);
  b.close(opened);
  const Action* action = b.acted(id, ActionKind::File);
  if (!action || disabled) return std::nullopt;
  return FileRef{action->value, action->type, action->bytes, action->look};
}

bool Ui::toast(std::string_view key, std::string_view words, Icon icon, std::string_view action) {
  Builder b(*this);
  const int parent = b.current();
  int region = -1;
  for (const RegionRef& r : tree_.regions) if (r.region == Region::Toast) region = r.node;
  if (region < 0) {
    Node holder = Builder::stack(Axis::Column, 8);
    holder.pad = Pad(8, 16);
    region = b.open(holder, "toast");
    tree_.regions.push_back({Region::Toast, region});
  } else {
    current_ = region;
  }
  // Where few characters fit, and many are said, what can be done stands below.
  const bool below = !action.empty() && !flowing() && ems() < 18 && rough_ems(words) + rough_ems(action) > ems() - 6;
  Node node = Builder::stack(below ? Axis::Column : Axis::Row, below ? 4.f : 12.f, below ? Align::Start : Align::Center);
  node.tag = "div";
  node.skin = Skin::Toast;
  node.pad = Pad(4, 16);
  node.min_height = std::max(56.f, b.sizes.touch);
  node.max_width = 520 * b.sizes.body / 18;
  node.flags |= flag::Centered;
  b.open(node, key);
  if (icon != Icon::None) b.word_sign(icon, Tone::OnInk);
  b.text(words, {.tone = Tone::OnInk, .grow = 1});
  bool pressed = false;
  if (!action.empty()) {
    Node inside = button_box(b, ButtonKind::Text, ButtonSize::Normal, 0, 0);
    inside.tag = "button";
    inside.skin = Skin::None;
    const int button = b.open(inside, "action");
    b.attribute(button, "type", "button");
    const int text_node = b.text(action, {.tone = Tone::OnInk, .bold = true}, "span");
    tree_.at(text_node).flags |= flag::Current;   // the toast's own action colour
    b.close(button);
    pressed = b.clicked(button);
  }
  current_ = parent;
  return pressed;
}

}  // namespace tongban::ui
