// Banners, process lines, steppers, progress and pictures of Ui.
#include <string>

#include "client/ui/builder.h"
#include "client/ui/font_metrics.h"
#include "client/ui/ui.h"

namespace tongban::ui {

void Ui::banner(Style kind, std::string_view title, std::string_view caption_text, Icon icon) {
  Builder b(*this);
  Node node = Builder::stack(Axis::Row, 12, Align::Start);
  node.tag = "div";
  node.pad = Pad(12, 16);
  Tone tone = Tone::Ink;
  Icon sign = Icon::Info;
  switch (kind) {
    case Style::Warn: node.skin = Skin::Warn; tone = Tone::Warn; sign = Icon::Warn; break;
    case Style::Error: node.skin = Skin::Error; tone = Tone::Error; sign = Icon::Err; break;
    case Style::Tint: node.skin = Skin::Tint; tone = Tone::Accent; break;
    default: node.skin = Skin::Sunk; break;
  }
  const int opened = b.open(node);
  const int holder = b.open(Builder::stack(Axis::Column, 0));
  b.space((b.sizes.body * line_height_body - 24 * b.sizes.icon) / 2);
  b.sign(icon == Icon::None ? sign : icon, 24 * b.sizes.icon, tone);
  b.close(holder);
  Node words = Builder::stack(Axis::Column, 0);
  words.grow = 1;
  const int column = b.open(words);
  b.text(title, {.bold = true});
  if (!caption_text.empty()) b.text(caption_text, {.size = TextSize::Caption});
  b.close(column);
  b.close(opened);
}

void Ui::empty(Icon icon, std::string_view title, std::string_view caption_text) {
  Builder b(*this);
  Node node = Builder::stack(Axis::Column, 8, Align::Center);
  node.pad = Pad(40, 16, 24, 16);
  const int opened = b.open(node);
  b.sign(icon, 48, Tone::Ink3);
  b.text(title, {.size = TextSize::H3, .bold = true, .center = true});
  if (!caption_text.empty()) b.text(caption_text, {.tone = Tone::Ink2, .center = true});
  b.close(opened);
}

namespace {

int process_mark(Builder& b, const ProcessNode& from, float size) {
  Node mark;
  mark.kind = Kind::Mark;
  mark.icon = from.icon;
  mark.mark = from.mark;
  mark.words = b.tree.store(from.letter);
  mark.width = mark.height = size;
  mark.font = size * 0.44f;
  mark.flags |= flag::Fixed;
  return b.leaf(mark);
}

void connector(Builder& b, const ProcessNode& from, bool vertical) {
  Node line;
  line.kind = Kind::Connector;
  line.grow = 1;
  line.min_width = line.min_height = 3;
  if (vertical) line.align = Align::Center;
  if (from.solid) line.flags |= flag::Solid;
  if (vertical) line.flags |= flag::Vertical;
  if (!vertical && !from.line_label.empty()) {
    line.words = b.tree.store(from.line_label);
    line.tag = "span";
  }
  line.font = b.sizes.caption;
  b.leaf(line);
}

void process_words(Builder& b, const ProcessNode& node, bool center = false) {
  b.text(node.title, {.bold = true, .center = center}, "p");
  if (node.caption.empty() && node.stress.empty()) return;
  const Run runs[] = {{node.caption, Tone::Ink2}, {node.stress, Tone::Accent, true}};
  const int caption = b.runs(runs, {.size = TextSize::Caption, .tone = Tone::Ink2, .center = center}, "p", {});
  b.tree.at(caption).flags |= flag::Balanced;
}

void process_across(Builder& b, std::span<const ProcessNode> nodes) {
  const float size = b.ui.desktop() || b.sizes.node > 48 ? std::max(48.f, b.sizes.node) : b.sizes.node;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Node item = Builder::stack(Axis::Column, 4);
    item.tag = "li";
    const int opened = b.open(item);
    const int line = b.open(Builder::stack(Axis::Row, 0, Align::Center));
    process_mark(b, nodes[i], size);
    if (i + 1 < nodes.size()) connector(b, nodes[i], false);
    b.close(line);
    Node words = Builder::stack(Axis::Column, 0);
    words.pad = Pad(4, 12, 0, 0);
    const int column = b.open(words);
    process_words(b, nodes[i]);
    b.close(column);
    b.close(opened);
  }
}

/// Each line runs from the middle of one column to the middle of the next, so a column holds two halves.
void process_centred(Builder& b, std::span<const ProcessNode> nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Node item = Builder::stack(Axis::Column, 4);
    item.tag = "li";
    const int opened = b.open(item);
    const int line = b.open(Builder::stack(Axis::Row, 0, Align::Center));
    if (i > 0) connector(b, {.solid = nodes[i - 1].solid}, false);
    else b.spring();
    process_mark(b, nodes[i], b.sizes.node);
    if (i + 1 < nodes.size()) connector(b, {.solid = nodes[i].solid}, false);
    else b.spring();
    b.close(line);
    Node words = Builder::stack(Axis::Column, 0);
    words.pad = Pad(4, 4, 0, 4);
    const int column = b.open(words);
    process_words(b, nodes[i], true);
    b.close(column);
    b.close(opened);
  }
}

bool process_node_down(Builder& b, const ProcessNode& node, bool last, std::size_t index) {
  bool pressed = false;
  Node item = Builder::stack(Axis::Row, 14);
  item.tag = "li";
  const int opened = b.open(item, "node" + std::to_string(index));
  Node rail = Builder::stack(Axis::Column, 0, Align::Center);
  rail.width = b.sizes.node;
  const int side = b.open(rail);
  process_mark(b, node, b.sizes.node);
  if (!last) connector(b, node, true);
  b.close(side);
  Node words = Builder::stack(Axis::Column, 0);
  words.grow = 1;
  // The circle stands beside the first lines, its middle at theirs.
  words.pad = Pad(node.when.empty() ? (b.sizes.node - b.sizes.body * line_height_body) / 2 : 0, 0, last ? 0.f : 20.f, 0);
  const int column = b.open(words);
  if (!node.when.empty()) b.text(node.when, {.size = TextSize::Caption, .tone = Tone::Ink2}, "p");
  process_words(b, node);
  b.close(column);
  if (!node.link.empty()) {
    const int holder = b.open(Builder::stack(Axis::Column, 0));
    b.space(8);
    if (node.route.empty()) pressed = b.ui.button("more", node.link, {.kind = ButtonKind::Text, .icon_after = Icon::Right});
    else b.ui.link("more", node.link, node.route, {.chevron = true});
    b.close(holder);
  }
  b.close(opened);
  return pressed;
}

}  // namespace

std::optional<int> Ui::process(std::string_view label, std::span<const ProcessNode> nodes, Axis axis, Justify justify) {
  Builder b(*this);
  Node list = Builder::stack(Axis::Column, 0);
  list.tag = "ol";
  const bool across = axis != Axis::Column && !flowing();
  if (across) {
    list.axis = Axis::Grid;
    list.columns = static_cast<int>(nodes.size());
  }
  const int opened = b.open(list, "process");
  b.attribute(opened, "role", "list");
  b.attribute(opened, "aria-label", label);
  std::optional<int> pressed;
  if (across && justify == Justify::Center) {
    process_centred(b, nodes);
  } else if (across) {
    process_across(b, nodes);
  } else {
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (process_node_down(b, nodes[i], i + 1 == nodes.size(), i)) pressed = static_cast<int>(i);
  }
  b.close(opened);
  return pressed;
}

namespace {

void step_circle(Builder& b, int number, Mark mark, float size) {
  Node node;
  node.kind = Kind::Mark;
  node.mark = mark;
  node.icon = mark == Mark::Done ? Icon::Check : Icon::None;
  if (mark != Mark::Done) node.words = b.tree.store(std::to_string(number));
  node.width = node.height = size;
  node.font = size / 2;
  node.flags |= flag::Fixed | flag::Small;
  b.leaf(node);
}

constexpr float step_size = 36;

/// Whether narrow circles leave the current word room in their row: beside it stand gaps and the shortest lines.
bool step_word_fits(const Ui& ui, const Builder& b, std::string_view word, std::size_t steps) {
  constexpr float around_line = 20, beside_word = 10;
  const float circles = static_cast<float>(steps) * (step_size + around_line) - around_line;
  return circles + beside_word + rough_ems(word) * b.sizes.body <= ui.width() - 2 * ui.margin().left;
}

}  // namespace

void Ui::stepper(std::string_view label, std::span<const Step> steps, int current) {
  Builder b(*this);
  const bool narrow = phone() || roomy();
  const std::string_view word = steps[static_cast<std::size_t>(current)].label;
  const bool word_below = narrow && !flowing() && !step_word_fits(*this, b, word, steps.size());
  const int around = b.open(Builder::stack(Axis::Column, 8));
  Node list = Builder::stack(Axis::Row, phone() ? 6.f : 10.f, Align::Center);
  list.tag = "ol";
  const int opened = b.open(list, "stepper");
  b.attribute(opened, "role", "list");
  b.attribute(opened, "aria-label", label);
  for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
    const Step& step = steps[static_cast<std::size_t>(i)];
    const Mark mark = i < current ? Mark::Done : i == current ? Mark::You : Mark::Next;
    Node item = Builder::stack(Axis::Row, 10, Align::Center);
    item.tag = "li";
    const int made = b.open(item);
    if (i == current) b.attribute(made, "aria-current", "step");
    Node inner = Builder::stack(Axis::Row, 10, Align::Center);
    const bool back = i < current && !step.route.empty();
    if (back) {
      inner.tag = "a";
      inner.flags |= flag::Interactive;
      inner.skin = Skin::Hover;
    }
    const int link = b.open(inner, back ? "step" + std::to_string(i) : std::string());
    if (back) b.attribute(link, "href", step.route);
    step_circle(b, i + 1, mark, narrow ? step_size : step_size * b.sizes.icon);
    // Narrow screens have room for the current word only; the others keep theirs for readers.
    const int words = b.text(step.label, {.tone = i == current ? Tone::Ink : Tone::Ink2, .bold = i == current}, "span");
    tree_.at(words).flags |= flag::Nowrap | (narrow && (i != current || word_below) ? flag::Hidden : 0u);
    b.close(link);
    b.close(made);
    if (i + 1 < static_cast<int>(steps.size())) {
      Node line;
      line.kind = Kind::Connector;
      line.grow = 1;
      line.min_width = 8;
      line.min_height = 3;
      line.flags |= flag::Solid | flag::Small;
      line.mark = i < current ? Mark::Done : Mark::Next;
      b.leaf(line);
    }
  }
  b.close(opened);
  if (word_below) b.attribute(b.text(word, {.bold = true}, "p"), "aria-hidden", "true");   // readers have it in the list
  b.close(around);
}

void Ui::progress(std::string_view label, int done, int total) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Segments;
  node.tag = "div";
  node.value = done;
  node.total = total < 1 ? 1 : total;
  node.height = 8;
  node.flags |= flag::Fixed;
  const int made = b.leaf(node);
  if (label.empty()) return b.attribute(made, "aria-hidden", "true");
  b.attribute(made, "role", "progressbar");
  b.attribute(made, "aria-label", label);
  b.attribute(made, "aria-valuemin", "0");
  b.attribute(made, "aria-valuemax", std::to_string(node.total));
  b.attribute(made, "aria-valuenow", std::to_string(done));
}

void Ui::bar(int value, int most) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Segments;
  node.tag = "div";
  node.value = value;
  node.total = most < 1 ? 1 : most;
  node.height = 18 * b.sizes.icon;
  node.flags |= flag::Fixed | flag::Solid;
  b.attribute(b.leaf(node), "aria-hidden", "true");
}

void Ui::spinner(std::string_view label) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Spinner;
  node.tag = "span";
  node.tone = Tone::Accent;
  node.width = node.height = 24 * b.sizes.icon;
  node.flags |= flag::Fixed;
  const int made = b.leaf(node);
  b.attribute(made, "role", "img");
  b.attribute(made, "aria-label", label);
}

void Ui::modules(std::string_view alt, std::span<const std::uint8_t> cells, int side, float size) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Modules;
  node.tag = "div";
  node.total = side;
  node.value = static_cast<int>(tree_.cells.size());
  node.width = node.height = size;
  node.flags |= flag::Fixed;
  tree_.cells.insert(tree_.cells.end(), cells.begin(), cells.end());
  const int made = b.leaf(node);
  b.attribute(made, "role", "img");
  b.attribute(made, "aria-label", alt);
}

void Ui::image(std::string_view key, std::string_view alt, std::string_view source, float width, float height) {
  Builder b(*this);
  Node node;
  node.kind = Kind::Picture;
  node.tag = "img";
  node.width = width;
  node.height = height;
  node.flags |= flag::Fixed;
  const int made = b.leaf(node, key);
  b.attribute(made, "alt", alt);
  b.attribute(made, "src", source);
}

}  // namespace tongban::ui
