// One of several: segments, radios, chips, tabs.
#include <algorithm>
#include <string>

#include "client/ui/builder.h"
#include "client/ui/font_metrics.h"
#include "client/ui/ui.h"

namespace tongban::ui {
namespace {

struct OptionPlace { int index, count; bool chosen; };

Skin segment_skin(const OptionPlace& place) {
  if (place.count == 1) return Skin::SegmentOnly;
  if (place.index == 0) return Skin::SegmentFirst;
  return place.index == place.count - 1 ? Skin::SegmentLast : Skin::SegmentMiddle;
}

Node option_box(const Builder& b, const Choice& look, const OptionPlace& place) {
  Node node = Builder::stack(Axis::Row, 10, Align::Center);
  node.tag = "label";
  node.min_height = look.small ? b.sizes.touch - 8 : b.sizes.touch;
  node.flags |= flag::Interactive | (place.chosen ? flag::Selected : 0u);
  if (look.look == Look::Segmented) {
    node.skin = segment_skin(place);
    node.justify = Justify::Center;
    node.pad = Pad(6, 12);
    node.grow = 1;
    node.flags |= flag::BasisZero | flag::Nowrap;
    if (place.chosen && look.error_option == place.index) node.flags |= flag::Error;
  } else if (look.look == Look::Chips) {
    node.skin = place.chosen ? Skin::PillOn : Skin::Pill;
    node.pad = Pad(4, 16);
    node.gap = 6;
    node.flags |= flag::Nowrap;
  } else if (look.look == Look::Tabs) {
    node.skin = Skin::Tab;
    node.gap = 8;
    node.pad = Pad(4, 12);
    node.flags |= flag::Nowrap;
  } else {
    node.skin = Skin::Hover;
    node.pad = Pad(6, 0);
  }
  return node;
}

void option_inside(Builder& b, const Option& option, const Choice& look, bool chosen) {
  const bool filled = chosen && (look.look == Look::Segmented || look.look == Look::Chips);
  const Tone tone = filled ? Tone::OnAccent : chosen && look.look == Look::Tabs ? Tone::Accent : Tone::Ink;
  if (look.look == Look::Radio) b.tick(true, chosen, 28 * b.sizes.icon);
  if (look.look == Look::Chips && chosen) b.word_sign(Icon::Check, tone, 20);
  else if (option.icon != Icon::None) b.word_sign(option.icon, tone, 20);
  const bool bold = chosen && look.look != Look::Radio;
  const TextSize size = look.look == Look::Chips || look.small ? TextSize::Caption : TextSize::Body;
  if (look.look != Look::Radio) {
    b.naming_text(option.label, {.size = size, .tone = tone, .bold = bold, .center = true}, "words");
    if (!option.trailing.empty()) b.ui.tag(option.trailing);
    return;
  }
  Node words = Builder::stack(Axis::Column, 0);
  words.grow = 1;
  const int column = b.open(words);
  b.naming_text(option.label, {.bold = !option.caption.empty()}, "words");
  if (!option.caption.empty()) b.naming_text(option.caption, {.size = TextSize::Caption, .tone = Tone::Ink2}, "caption");
  b.close(column);
  if (!option.trailing.empty()) b.text(option.trailing, {.size = TextSize::Caption, .tone = Tone::Ink2}, "span");
}

/// Whether equal segments hold the longest word on a phone, margins and the card's padding taken off.
bool fits_beside(const Ui& ui, std::span<const Option> options, float body) {
  float longest = 0;
  for (const Option& option : options) longest = std::max(longest, rough_ems(option.label));
  return (longest * body + 24) * static_cast<float>(options.size()) <= ui.width() - 64;
}

Node options_row(const Ui& ui, std::span<const Option> options, const Choice& look, float body) {
  const bool stacked = look.look == Look::Radio || (look.look == Look::Segmented && !look.small && ui.phone() && !fits_beside(ui, options, body));
  const bool apart = look.look == Look::Chips || (stacked && look.look == Look::Segmented);
  Node row = Builder::stack(stacked ? Axis::Column : Axis::Row, apart ? 8.f : 0.f);
  if (look.look == Look::Segmented && !stacked) row.skin = Skin::Segmented;
  if (look.look == Look::Chips) row.flags |= flag::Wrap;
  if (look.look == Look::Tabs) row.skin = Skin::TabBar;
  return row;
}

}  // namespace

std::optional<int> Ui::choice(std::string_view key, std::span<const Option> options, int selected, const Choice& look) {
  Builder b(*this);
  Node group = Builder::stack(Axis::Column, 6);
  group.tag = "div";
  group.grow = look.grow;
  group.width = look.width;
  const int opened = b.open(group, key);
  b.attribute(opened, "role", "radiogroup");
  b.attribute(opened, "aria-label", look.label);
  if (look.required) b.attribute(opened, "aria-required", "true");
  if (!look.error.empty()) {
    b.attribute(opened, "aria-invalid", "true");
    b.attribute(opened, "aria-description", look.error);
  }
  const std::string name = b.dom_id(opened);
  if (!look.label.empty() && !look.label_hidden) b.text(look.label, {.bold = !look.small}, "p");
  if (!look.caption.empty()) b.text(look.caption, {.size = TextSize::Caption, .tone = Tone::Ink2}, "p");
  const int row = b.open(options_row(*this, options, look, b.sizes.body));
  std::optional<int> chosen;
  const int count = static_cast<int>(options.size());
  for (int i = 0; i < count; ++i) {
    const Option& option = options[static_cast<std::size_t>(i)];
    const OptionPlace place{i, count, i == selected};
    const int made = b.open(option_box(b, look, place), std::string("o/") + std::string(option.key));
    if (tree_.at(row).axis == Axis::Column && look.look == Look::Segmented) tree_.at(made).skin = place.chosen ? Skin::PillOn : Skin::Pill;
    Node input;
    input.kind = Kind::Input;
    input.tag = "input";
    input.flags |= flag::Cover;
    const int radio = b.leaf(input, "box");
    b.attribute(radio, "type", "radio");
    b.attribute(radio, "name", name);
    b.attribute(radio, "checked", place.chosen ? "true" : "false");
    // The label around it names it; what else stands there is no part of its name.
    if (!option.caption.empty() || !option.trailing.empty()) b.attribute(radio, "aria-labelledby", b.words_id(made, "words"));
    if (!option.caption.empty()) b.attribute(radio, look.look == Look::Radio ? "aria-describedby" : "aria-description",
                                             look.look == Look::Radio ? b.words_id(made, "caption") : std::string(option.caption));
    const Id id = tree_.at(radio).id;
    option_inside(b, option, look, place.chosen);
    b.close(made);
    if (b.acted(id, ActionKind::Change)) chosen = i;
  }
  b.close(row);
  if (!look.error.empty()) b.text(look.error, {.size = TextSize::Caption, .tone = Tone::Error, .bold = true}, "p");
  b.close(opened);
  return chosen;
}

}  // namespace tongban::ui
