// Fields, selects, files and the identity keypad: their elements own the text, the tree draws around them.
#include <charconv>
#include <string>

#include "client/ui/builder.h"
#include "client/ui/font_metrics.h"
#include "client/ui/ui.h"

namespace tongban::ui {
namespace {

struct InputKind {
  const char* type;
  const char* mode;          ///< inputmode
  const char* autocomplete;
};

InputKind input_kind(FieldKind kind) {
  switch (kind) {
    case FieldKind::Name: return {"text", nullptr, "name"};
    case FieldKind::IdentityNumber: return {"text", nullptr, "off"};
    case FieldKind::Mobile: return {"tel", "tel", "tel"};
    case FieldKind::Number: return {"text", "numeric", "off"};
    case FieldKind::Search: return {"search", "search", "off"};
    case FieldKind::Password: return {"password", nullptr, "current-password"};
    case FieldKind::Text:
    case FieldKind::Multiline: break;
  }
  return {"text", nullptr, "off"};
}

/// The label line; its `for` ties it to the input.
void label_line(Builder& b, std::string_view label, const std::string& input, std::string_view counter) {
  Node row = Builder::stack(Axis::Row, 12, Align::End);
  const int opened = b.open(row);
  const int words = b.text(label, {.bold = true, .grow = 1}, "label");
  b.attribute(words, "for", input);
  if (!counter.empty()) b.text(counter, {.size = TextSize::Caption, .tone = Tone::Ink2}, "span");
  b.close(opened);
}

void message_line(Builder& b, std::string_view hint, std::string_view error, const std::string& id) {
  if (hint.empty() && error.empty()) return;
  const int words = error.empty()
      ? b.text(hint, {.size = TextSize::Caption, .tone = Tone::Ink2}, "p")
      : b.text(error, {.size = TextSize::Caption, .tone = Tone::Error, .bold = true}, "p");
  b.attribute(words, "id", id);
}

Node field_box(const Builder& b, bool error, bool disabled) {
  Node node = Builder::stack(Axis::Row, 8, Align::Center);
  node.skin = Skin::FieldBox;
  node.min_height = b.sizes.input;
  node.pad = Pad(0, 16);
  if (error) node.flags |= flag::Error;
  if (disabled) node.flags |= flag::Disabled;
  return node;
}

struct Common {
  std::string id, message;
  bool required, has_message, error, disabled;
};

void common_attributes(Builder& b, int input, const Common& c) {
  b.attribute(input, "id", c.id);
  if (c.required) b.attribute(input, "aria-required", "true");
  if (c.error) b.attribute(input, "aria-invalid", "true");
  if (c.has_message) b.attribute(input, "aria-describedby", c.message);
  if (c.disabled) b.attribute(input, "disabled", "true");
}

Node input_node(const char* tag, float font) {
  Node input;
  input.kind = Kind::Input;
  input.tag = tag;
  input.font = font;
  input.flags |= flag::Cover | flag::Field;
  return input;
}

int field_input(Builder& b, const Field& look, std::string_view label, const Common& common, float left, float right) {
  const InputKind kind = input_kind(look.kind);
  const bool multiline = look.kind == FieldKind::Multiline;
  const bool identity = look.kind == FieldKind::IdentityNumber;
  const float font = identity ? b.sizes.h2 : std::max(16.f, look.big ? b.sizes.h3 : b.sizes.body);
  const int input = b.leaf(input_node(multiline ? "textarea" : "input", font), "input");
  if (!multiline) b.attribute(input, "type", kind.type);
  b.attribute(input, "value", look.value);
  if (look.label_hidden) b.attribute(input, "aria-label", label);
  if (!look.placeholder.empty()) b.attribute(input, "placeholder", look.placeholder);
  b.attribute(input, "autocomplete", look.autocomplete.empty() ? std::string_view(kind.autocomplete) : look.autocomplete);
  if (kind.mode) b.attribute(input, "inputmode", kind.mode);
  if (look.kind == FieldKind::Search) b.attribute(input, "enterkeyhint", "search");
  else if (!multiline) b.attribute(input, "enterkeyhint", "next");
  if (identity) {
    b.attribute(input, "data-group", "6,8,4");
    b.attribute(input, "autocapitalize", "characters");
    b.attribute(input, "spellcheck", "false");
  }
  if (look.max_length > 0) b.attribute(input, "maxlength", std::to_string(look.max_length));
  if (look.focus) b.attribute(input, "data-focus", "1");
  b.attribute(input, "data-pad", std::to_string(static_cast<int>(left)) + " " + std::to_string(static_cast<int>(right)));
  common_attributes(b, input, common);
  return input;
}

/// Inside of the search box: sign, room for the text, clear, the filled button.
std::optional<std::string> search_inside(Builder& b, const Field& look, std::string_view label, const Common& common) {
  std::optional<std::string> changed;
  // Where few characters fit, what is typed needs the room more than the sign does.
  const bool narrow = !b.ui.flowing() && b.ui.ems() < 14 && !look.button.empty();
  const float sign = narrow ? 0 : 26 * b.sizes.icon;
  const bool clears = !look.value.empty() && !b.ui.flowing();
  const float word = look.big ? b.sizes.h3 : b.sizes.body;
  const float button = look.button.empty() ? 0 : rough_ems(look.button) * word + (narrow ? 36.f : look.big ? 56.f : 48.f);
  const int input = field_input(b, look, label, common, narrow ? 16.f : 22 + sign + 12, button + (clears ? 60.f : 16.f));
  const Id id = b.tree.at(input).id;
  if (!narrow) b.sign(Icon::Search, sign, Tone::Accent);
  b.spring();
  if (clears) {
    if (b.ui.button("clear", b.say("清除", "Clear"), {.kind = ButtonKind::Icon, .icon = Icon::X})) changed = std::string();
  }
  if (!look.button.empty()) {
    const int holder = b.open(Builder::stack(Axis::Column, 0));
    const bool pressed = b.ui.button("go", look.button, {.kind = ButtonKind::Filled, .size = look.big ? ButtonSize::Big : ButtonSize::Normal, .submits = true});
    b.close(holder);
    if (pressed) b.set_searched();
  }
  if (b.acted(id, ActionKind::Submit)) b.set_searched();
  if (const Action* action = b.acted(id, ActionKind::Value)) changed = action->value;
  return changed;
}

}  // namespace

std::optional<std::string> Ui::field(std::string_view key, std::string_view label, const Field& look) {
  Builder b(*this);
  searched_ = left_ = entered_ = false;
  Node outer = Builder::stack(Axis::Column, 4);
  outer.grow = look.grow;
  outer.width = look.width;
  const int opened = b.open(outer, key);
  const std::string base = b.dom_id(opened);
  const bool disabled = !look.disabled_because.empty();
  const std::string_view hint = disabled ? look.disabled_because : look.hint;
  const Common common{base + "i", base + "m", look.required, !hint.empty() || !look.error.empty(), !look.error.empty(), disabled};
  if (!look.label_hidden) label_line(b, label, common.id, look.counter);
  std::optional<std::string> changed;
  if (look.kind == FieldKind::Search) {
    Node box = field_box(b, false, disabled);
    box.skin = Skin::SearchBox;
    box.min_height = (look.big ? 72.f : 60.f) + (b.sizes.touch - 48);
    box.pad = Pad(6, look.big ? 9.f : 6.f, 6, 22);   // 60 px with a button inside, too
    const int opened_box = b.open(box);
    changed = search_inside(b, look, label, common);
    b.close(opened_box);
  } else {
    Node box = field_box(b, common.error, disabled);
    const float font_line = b.sizes.body * line_height_body;
    if (look.kind == FieldKind::Multiline) box.min_height = font_line * static_cast<float>(look.rows) + 28;
    if (look.kind == FieldKind::IdentityNumber) box.min_height += 8;
    const bool sign = common.error || look.good;
    const int opened_box = b.open(box);
    const int input = field_input(b, look, label, common, 16, sign ? 52.f : 16.f);
    const Id id = tree_.at(input).id;
    b.spring();
    if (sign) b.word_sign(common.error ? Icon::Err : Icon::Check, common.error ? Tone::Error : Tone::Accent, 24);
    b.close(opened_box);
    if (const Action* action = b.acted(id, ActionKind::Value)) changed = action->value;
    left_ = b.acted(id, ActionKind::Blur) != nullptr;
    entered_ = b.acted(id, ActionKind::Focus) != nullptr;
  }
  message_line(b, hint, look.error, common.message);
  b.close(opened);
  return disabled ? std::nullopt : changed;
}

namespace {

void select_options(Builder& b, std::span<const Option> options, int selected, std::string_view placeholder) {
  const auto add = [&](std::string_view words, std::string_view value, bool chosen) {
    Node option;
    option.kind = Kind::Option;
    option.tag = "option";
    option.words = b.tree.store(words);
    const int made = b.leaf(option, std::string("o/") + std::string(value));
    b.attribute(made, "value", value);
    if (chosen) b.attribute(made, "selected", "true");
  };
  if (selected < 0 || !placeholder.empty()) add(placeholder, "", selected < 0);
  for (std::size_t i = 0; i < options.size(); ++i) add(options[i].label, std::to_string(i), static_cast<int>(i) == selected);
}

}  // namespace

std::optional<int> Ui::select(std::string_view key, std::span<const Option> options, int selected, const Select& look) {
  Builder b(*this);
  Node outer = Builder::stack(Axis::Column, 4);
  outer.grow = look.grow;
  outer.width = look.width;
  const int opened = b.open(outer, key);
  const std::string base = b.dom_id(opened);
  const bool disabled = !look.disabled_because.empty();
  const std::string_view hint = disabled ? look.disabled_because : look.hint;
  const Common common{base + "i", base + "m", look.required, !hint.empty() || !look.error.empty(), !look.error.empty(), disabled};
  if (!look.label_hidden && !look.label.empty()) label_line(b, look.label, common.id, {});
  const int box = b.open(field_box(b, common.error, disabled));
  Node input = input_node("select", std::max(16.f, b.sizes.body));
  const int made = b.leaf(input, "input");
  if (look.label_hidden || look.label.empty()) b.attribute(made, "aria-label", look.label);
  b.attribute(made, "value", selected < 0 ? std::string() : std::to_string(selected));
  b.attribute(made, "data-pad", "16 48");
  common_attributes(b, made, common);
  const Id id = tree_.at(made).id;
  const int within = current_;
  current_ = made;
  select_options(b, options, selected, look.placeholder);
  current_ = within;
  b.spring();
  b.word_sign(Icon::Down, disabled ? Tone::Ink3 : Tone::Ink2, 22);
  b.close(box);
  message_line(b, hint, look.error, common.message);
  b.close(opened);
  const Action* action = b.acted(id, ActionKind::Change);
  if (!action || disabled) return std::nullopt;
  int index = -1;
  std::from_chars(action->value.data(), action->value.data() + action->value.size(), index);
  return index < static_cast<int>(options.size()) ? std::optional<int>(index) : std::nullopt;
}

std::optional<char> Ui::keypad(std::string_view key) {
  Builder b(*this);
  Node pad = Builder::stack(Axis::Grid, 8);
  pad.tag = "div";
  pad.columns = 3;
  const int opened = b.open(pad, key);
  b.attribute(opened, "role", "group");
  b.attribute(opened, "aria-label", b.say("数字键盘", "Number pad"));
  std::optional<char> pressed;
  for (const char c : {'1', '2', '3', '4', '5', '6', '7', '8', '9', 'X', '0', '\b'}) {
    Node node = Builder::stack(Axis::Row, 0, Align::Center);
    node.tag = "button";
    node.justify = Justify::Center;
    node.min_height = 66;
    node.skin = Skin::ButtonOutlined;
    node.flags |= flag::Interactive;
    const bool erase = c == '\b';
    const int made = b.open(node, erase ? "erase" : std::string(1, c));
    b.attribute(made, "type", "button");
    b.attribute(made, "data-keep-focus", "1");
    if (erase) b.attribute(made, "aria-label", b.say("删掉一位", "Delete one"));
    if (erase) b.sign(Icon::Bksp, 26, Tone::Ink);
    else b.text(std::string_view(&c, 1), {.size = TextSize::H2, .bold = true, .center = true}, "span");
    b.close(made);
    if (b.clicked(made)) pressed = c;
  }
  b.close(opened);
  return pressed;
}

}  // namespace tongban::ui
