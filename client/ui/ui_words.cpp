// Words and small marks of Ui.
#include <algorithm>

#include "client/ui/builder.h"
#include "client/ui/font_metrics.h"
#include "client/ui/ui.h"

namespace tongban::ui {

void Ui::heading(int level, std::string_view words, const Text& look) {
  Builder b(*this);
  static constexpr const char* tags[] = {"h1", "h1", "h2", "h3", "h4", "h5", "h6"};
  static constexpr TextSize by_level[] = {TextSize::H1, TextSize::H1, TextSize::H2, TextSize::H3, TextSize::Body, TextSize::Body, TextSize::Body};
  const int n = level < 1 ? 1 : level > 6 ? 6 : level;
  Text styled = look;
  if (styled.size == TextSize::Body) styled.size = by_level[n];
  styled.bold = true;
  // A heading inside a link or button may not be one in HTML: it stays a span there.
  const int node = b.text(words, styled, b.inside_interactive() ? nullptr : tags[n], look.id);
  tree_.at(node).flags |= flag::Heading | flag::Balanced;
}

void Ui::text(std::string_view words, const Text& look) {
  if (words.empty()) return;
  Builder b(*this);
  b.text(words, look, nullptr, look.id);
}

void Ui::rich(std::span<const Run> runs, const Text& look) {
  Builder b(*this);
  b.runs(runs, look, nullptr, look.id);
}

Scope Ui::pairs(Box given) {
  Builder b(*this);
  const int parent = b.current();
  Node node = b.box(given);
  node.tag = "dl";
  const int opened = b.open(node, given.key);
  if (!given.label.empty()) b.attribute(opened, "aria-label", given.label);
  return b.scope(parent);
}

namespace {

int open_pair(Builder& b, float gap) {
  constexpr float by_a_line = 8, by_another_pair = 2;
  Node row = Builder::stack(Axis::Row, gap, Align::Center);
  row.tag = "div";
  row.pad = Pad(b.tree.at(b.current()).has(flag::Divided) ? by_a_line : by_another_pair, 0);
  return b.open(row);
}

/// Its letters and digits are wider than those of words.
constexpr float em_of_code = 0.7f;
bool is_code(std::string_view words) {
  return std::all_of(words.begin(), words.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

void Ui::pair(std::string_view name, std::string_view value, const Text& look, bool ticked) {
  Builder b(*this);
  const int row = open_pair(b, 16);
  // On a phone in large type they stand under each other, unless both are short. A code is never torn: where it doesn't fit
  // beside its name it stands under it.
  const float margins = 72, name_width = (rough_ems(name) + 1) * b.sizes.body;
  const bool code = is_code(value), narrow = input_.width < b.sizes.body * 18 || (phone() && code);
  const float value_width = code ? static_cast<float>(value.size()) * em_of_code * b.sizes.of(look.size) : rough_ems(value) * b.sizes.body;
  const bool under = !flowing() && narrow && name_width + value_width > input_.width - margins;
  if (under) {
    tree_.at(row).axis = Axis::Column;
    tree_.at(row).gap = 2;
    tree_.at(row).align = Align::Stretch;
  }
  // Of a long name and a brief value it is the name that goes on in a second line.
  constexpr float long_name = 8, brief_value = 6;
  const bool keeps_value = !under && rough_ems(name) > long_name && rough_ems(value) <= brief_value;
  const int term = b.text(name, {.tone = Tone::Ink2}, "dt");
  if (!keeps_value) tree_.at(term).flags |= flag::Nowrap;
  if (!under) b.spring();
  Text styled = look;
  styled.end = !under;
  const int description = b.text(value, styled, "dd");
  if (keeps_value) tree_.at(description).flags |= flag::Nowrap;
  if (ticked) b.word_sign(Icon::Check, Tone::Accent, 20);
  b.close(row);
}

void Ui::tag(std::string_view words, Style style, Icon icon) {
  Builder b(*this);
  Node node = Builder::stack(Axis::Row, 6, Align::Center);
  node.pad = Pad(0, 10);
  node.min_height = b.sizes.tag;
  node.flags |= flag::Nowrap | flag::Inline;
  Tone tone = Tone::Ink;
  switch (style) {
    case Style::Tint: node.skin = Skin::TagTint; tone = Tone::Accent; break;
    case Style::Warn: node.skin = Skin::TagWarn; tone = Tone::Warn; break;
    case Style::Error: node.skin = Skin::TagError; tone = Tone::Error; break;
    case Style::Outlined: node.skin = Skin::TagOutlined; break;
    default: node.skin = Skin::TagSunk; break;
  }
  const int opened = b.open(node);
  if (icon != Icon::None) b.word_sign(icon, tone, 18);
  b.text(words, {.size = TextSize::Caption, .tone = tone}, "span");
  b.close(opened);
}

void Ui::icon(Icon icon, float size, Tone tone) {
  Builder b(*this);
  b.sign(icon, size * b.sizes.icon, tone);
}

void Ui::logo(float size, std::string_view name, Style style) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Logo;
  node.width = node.height = size;
  node.style = style;
  node.flags |= flag::Fixed;
  if (!name.empty()) node.tag = "span";
  const int made = b.leaf(node);
  if (name.empty()) return;
  b.attribute(made, "role", "img");
  b.attribute(made, "aria-label", name);
}

void Ui::letter(std::string_view letter, bool filled, float size) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Mark;
  node.tag = "span";
  node.words = tree_.store(letter);
  node.mark = filled ? Mark::You : Mark::Next;
  node.tone = Tone::Accent;
  node.width = node.height = size * b.sizes.icon;
  node.font = size * 0.6f * b.sizes.icon;
  node.flags |= flag::Fixed | flag::Small;
  b.leaf(node);
}

void Ui::dot(Tone tone) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Dot;
  node.tone = tone;
  node.width = node.height = 12;
  node.flags |= flag::Fixed;
  b.leaf(node);
}

void Ui::line() {
  Builder b(*this);
  Node node;
  node.kind = Kind::Line;
  const bool across = b.current() >= 0 && tree_.at(b.current()).axis == Axis::Row;
  (across ? node.width : node.height) = 1;
  node.flags |= flag::Fixed | (across ? flag::Vertical : 0u);
  b.leaf(node);
}

void Ui::gap(float size) { Builder(*this).space(size); }
void Ui::spring() { Builder(*this).spring(); }

void Ui::capsule(std::span<const Sign> signs) {
  Builder b(*this);
  Node node = Builder::stack(Axis::Row, 12, Align::Center);
  node.tag = "div";
  node.skin = Skin::Capsule;
  node.flags |= flag::Inline;
  node.pad = Pad(0, 16);
  node.min_height = b.sizes.touch;
  const int opened = b.open(node);
  bool first = true;
  for (const Sign& sign : signs) {
    if (!first) {
      Node rule;
      rule.kind = Kind::Line;
      rule.width = 1;
      rule.height = 20;
      rule.align = Align::Center;
      rule.flags |= flag::Fixed | flag::Vertical;
      rule.tone = Tone::Ink3;
      b.leaf(rule);
    }
    first = false;
    const int pair = b.open(Builder::stack(Axis::Row, 8, Align::Center));
    b.word_sign(sign.icon, sign.tone, 20);
    b.text(sign.text, {.size = TextSize::Caption, .tone = sign.tone}, "span");
    b.close(pair);
  }
  b.close(opened);
}

}  // namespace tongban::ui
