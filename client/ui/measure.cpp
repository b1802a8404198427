#include "client/ui/measure.h"

#include <algorithm>
#include <cmath>

#include "client/ui/text_layout.h"

namespace tongban::ui {
namespace {

float across(const Pad& pad) { return pad.left + pad.right; }
float down(const Pad& pad) { return pad.top + pad.bottom; }
float clamped(const Node& node, float w) {
  if (node.max_width > 0) w = std::min(w, node.max_width);
  return std::max(w, node.min_width);
}
bool is_row(const Node& node) { return node.axis == Axis::Row; }
float gaps(float gap, std::size_t count) { return count > 1 ? gap * static_cast<float>(count - 1) : 0.f; }

}  // namespace

bool Measure::flows(const Node& child) const {
  return child.kind != Kind::Option && !child.has(flag::Hidden | flag::Cover | flag::CoverRow);
}

std::vector<int> Measure::flowing_children(int node) const {
  std::vector<int> out;
  for (int c = tree_.at(node).first; c >= 0; c = tree_.at(c).next) if (flows(tree_.at(c))) out.push_back(c);
  return out;
}

float Measure::content_width(int node, bool smallest) {
  const Node& n = tree_.at(node);
  const auto each = [&](int c) {
    const Node& child = tree_.at(c);
    if (child.width > 0) return child.width;
    return clamped(child, smallest ? least(c) : natural(c));
  };
  float sum = 0, widest = 0;
  std::size_t count = 0;
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    if (!flows(tree_.at(c))) continue;
    const float w = each(c);
    sum += w;
    widest = std::max(widest, w);
    ++count;
  }
  const bool beside = is_row(n) && !(n.has(flag::Wrap) && smallest);
  float w = beside ? sum + gaps(n.gap, count) : widest;
  if (n.axis == Axis::Grid && !smallest) {
    const auto columns = static_cast<float>(std::max(n.columns, 1));
    w = widest * columns + n.gap * (columns - 1);
  }
  return w + across(n.pad);
}

float Measure::natural(int node) {
  Node& n = tree_.at(node);
  if (n.natural >= 0) return n.natural;
  float w = n.width;
  if (n.kind == Kind::Text) w = natural_text_width(tree_, n, faces_);
  else if (n.kind == Kind::Box) w = content_width(node, false);
  tree_.at(node).natural = w;
  return w;
}

float Measure::least(int node) {
  Node& n = tree_.at(node);
  if (n.least >= 0) return n.least;
  float w = n.width;
  // A single line that may end in … gives way before what can't.
  const float widest = n.max_lines == 1 ? n.font * 4 : n.font * 12;
  if (n.kind == Kind::Text) w = n.has(flag::Nowrap) ? natural(node) : std::min(least_text_width(tree_, n, faces_), widest);
  else if (n.kind == Kind::Box) w = n.has(flag::Nowrap) ? natural(node) : content_width(node, true);
  tree_.at(node).least = w;
  return w;
}

float Measure::text_height(Node& node, float width) { return break_text(tree_, node, width, faces_); }

float Measure::height(int node, float width) {
  {
    const Node& n = tree_.at(node);
    if (n.measured_w == width) return n.measured_h;
  }
  float h = 0;
  Node& n = tree_.at(node);
  if (n.part >= 0) tree_.parts[static_cast<std::size_t>(n.part)].before = -1;   // what is below gets new places
  if (n.kind == Kind::Text) {
    h = text_height(n, width);
  } else if (n.kind == Kind::Box) {
    const float inner = std::max(0.f, width - across(n.pad));
    if (n.axis == Axis::Grid) h = grid_height(node, inner);
    else if (!is_row(n)) h = column_height(node, inner);
    else h = n.has(flag::Wrap) ? wrapped_height(node, inner) : row_height(node, inner);
    h += down(tree_.at(node).pad);
  }
  Node& done = tree_.at(node);
  if (done.height > 0) h = done.height;
  h = std::max(h, done.min_height);
  done.measured_w = width;
  done.measured_h = h;
  return h;
}

float Measure::column_child_width(const Node& parent, int child, float inner) {
  const Node& c = tree_.at(child);
  if (c.has(flag::Fixed) && c.width > 0) return std::min(c.width, inner);
  if (c.width > 0) return std::min(c.width, inner);
  // Lines and progress fill what there is however their neighbours are aligned.
  const bool fills = parent.align == Align::Stretch || c.kind == Kind::Segments || c.kind == Kind::Line;
  const bool hugging = c.has(flag::Inline) || (!fills && c.kind != Kind::Space);
  const float w = hugging ? std::min(natural(child), inner) : inner;
  return std::min(clamped(c, w), std::max(inner, c.min_width));
}

float Measure::column_height(int node, float inner) {
  float sum = 0;
  std::size_t count = 0;
  for (int c = tree_.at(node).first; c >= 0; c = tree_.at(c).next) {
    if (!flows(tree_.at(c))) continue;
    const float w = column_child_width(tree_.at(node), c, inner);
    const float h = height(c, w);
    const Node& n = tree_.at(node);
    Node& child = tree_.at(c);
    child.w = w;
    child.h = h;
    const bool middle = child.has(flag::Centered) || n.align == Align::Center;
    child.x = middle ? (inner - w) / 2 : n.align == Align::End ? inner - w : 0;
    sum += h;
    ++count;
  }
  return sum + gaps(tree_.at(node).gap, count);
}

float Measure::base_width(const Node& child, int index) {
  if (child.width > 0) return child.width;
  if (child.has(flag::BasisZero)) return 0;
  if (child.grow > 0 && child.kind != Kind::Text) return 0;
  return clamped(child, natural(index));
}

void Measure::shrink_row(const std::vector<int>& children, float over) {
  for (const bool forced : {false, true}) {
    float room = 0;
    const auto room_of = [&](int c) {
      const Node& n = tree_.at(c);
      if (n.has(flag::Fixed) || n.kind == Kind::Space) return 0.f;
      const float floor = forced ? std::min(n.w, 24.f) : n.width > 0 ? n.w : std::max(least(c), n.min_width);
      return std::max(0.f, n.w - floor);
    };
    for (const int c : children) room += room_of(c);
    if (room <= 0) continue;
    const float part = std::min(1.f, over / room);
    for (const int c : children) tree_.at(c).w -= room_of(c) * part;
    over -= room * part;
    if (over <= 0.01f) return;
  }
}

void Measure::share_row(const std::vector<int>& children, float inner, float gap) {
  float used = gaps(gap, children.size());
  for (const int c : children) {
    Node& n = tree_.at(c);
    n.w = base_width(n, c);
    used += n.w;
  }
  // Growing boxes start from nothing and never end below what their content needs; a few rounds settle it.
  std::vector<int> growing;
  for (const int c : children) if (tree_.at(c).grow > 0) growing.push_back(c);
  float left = inner - used;
  while (!growing.empty()) {
    float total = 0;
    for (const int c : growing) total += tree_.at(c).grow;
    bool settled = true;
    for (std::size_t i = 0; i < growing.size(); ++i) {
      Node& n = tree_.at(growing[i]);
      const float share = n.w + std::max(0.f, left) * n.grow / total;
      const float floor = n.kind == Kind::Space || n.has(flag::BasisZero) ? 0 : std::max(n.min_width, std::min(least(growing[i]), natural(growing[i])));
      const float ceiling = n.max_width > 0 ? n.max_width : 1e9f;
      if (share >= floor && share <= ceiling) continue;
      const float fixed = share < floor ? floor : ceiling;
      left -= fixed - n.w;
      n.w = fixed;
      growing.erase(growing.begin() + static_cast<std::ptrdiff_t>(i));
      settled = false;
      break;
    }
    if (!settled) continue;
    for (const int c : growing) tree_.at(c).w += std::max(0.f, left) * tree_.at(c).grow / total;
    if (left > 0) left = 0;
    break;
  }
  if (left < -0.01f) shrink_row(children, -left);
}

namespace {

/// Where a row's spare room goes.
struct Spread { float before = 0, between = 0; };

Spread spread_over(Justify justify, float spare, std::size_t count) {
  switch (justify) {
    case Justify::Center: return {.before = spare / 2};
    case Justify::End: return {.before = spare};
    case Justify::Between: return {.between = count > 1 ? spare / static_cast<float>(count - 1) : 0};
    case Justify::Start: break;
  }
  return {};
}

}  // namespace

float Measure::row_height(int node, float inner) {
  const std::vector<int> children = flowing_children(node);
  share_row(children, inner, tree_.at(node).gap);
  float used = gaps(tree_.at(node).gap, children.size()), tallest = 0;
  for (const int c : children) used += tree_.at(c).w;
  const Node& n = tree_.at(node);
  const Spread spread = spread_over(n.justify, std::max(0.f, inner - used), children.size());
  float x = spread.before;
  const float gap = n.gap;
  for (const int c : children) {
    const float w = tree_.at(c).w;
    const float h = height(c, w);
    Node& child = tree_.at(c);
    child.x = x;
    child.h = h;
    child.w = w;
    x += w + gap + spread.between;
    tallest = std::max(tallest, h);
  }
  return tallest;
}

float Measure::wrapped_height(int node, float inner) {
  const std::vector<int> children = flowing_children(node);
  const float gap = tree_.at(node).gap;
  const Align align = tree_.at(node).align;
  float y = 0;
  std::size_t from = 0;
  while (from < children.size()) {
    float used = 0;
    std::size_t to = from;
    for (; to < children.size(); ++to) {
      const Node& child = tree_.at(children[to]);
      const float base = std::min(inner, child.width > 0 ? child.width : child.grow > 0 && child.min_width > 0 ? child.min_width : clamped(child, natural(children[to])));
      if (to > from && used + gap + base > inner + 0.01f) break;
      used += base + (to > from ? gap : 0);
      tree_.at(children[to]).w = base;
    }
    float total = 0, tallest = 0, baseline = 0;
    for (std::size_t i = from; i < to; ++i) total += tree_.at(children[i]).grow;
    for (std::size_t i = from; i < to; ++i) {
      Node& child = tree_.at(children[i]);
      if (total > 0) child.w += std::max(0.f, inner - used) * child.grow / total;
      const float w = child.w, h = height(children[i], w);
      tree_.at(children[i]).h = h;
      tallest = std::max(tallest, h);
      if (align == Align::Baseline) baseline = std::max(baseline, first_baseline(children[i]));
    }
    if (align == Align::Baseline) {
      for (std::size_t i = from; i < to; ++i) tallest = std::max(tallest, baseline - first_baseline(children[i]) + tree_.at(children[i]).h);
    }
    const Spread spread = spread_over(tree_.at(node).justify, total > 0 ? 0 : std::max(0.f, inner - used), to - from);
    float x = spread.before;
    for (std::size_t i = from; i < to; ++i) {
      Node& child = tree_.at(children[i]);
      child.x = x;
      child.y = y;
      if (align == Align::Center) child.y += (tallest - child.h) / 2;
      if (align == Align::Baseline) child.y += baseline - first_baseline(children[i]);
      if (align == Align::Stretch) child.h = tallest;
      x += child.w + gap + spread.between;
    }
    y += tallest + gap;
    from = to;
  }
  return children.empty() ? 0 : y - gap;
}

float Measure::grid_height(int node, float inner) {
  const std::vector<int> children = flowing_children(node);
  const Node& n = tree_.at(node);
  const float gap = n.gap;
  int columns = n.columns > 0 ? n.columns : 64;
  if (n.min_column > 0) columns = std::min(columns, static_cast<int>((inner + gap) / (n.min_column + gap)));
  columns = std::clamp(columns, 1, std::max(1, n.columns > 0 ? n.columns : static_cast<int>(children.size())));
  const float w = (inner - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float y = 0;
  for (std::size_t from = 0; from < children.size(); from += static_cast<std::size_t>(columns)) {
    const std::size_t to = std::min(children.size(), from + static_cast<std::size_t>(columns));
    float tallest = 0;
    for (std::size_t i = from; i < to; ++i) tallest = std::max(tallest, height(children[i], w));
    for (std::size_t i = from; i < to; ++i) {
      Node& child = tree_.at(children[i]);
      child.x = static_cast<float>(i - from) * (w + gap);
      child.y = y;
      child.w = w;
      child.h = tree_.at(node).align == Align::Stretch ? tallest : child.measured_h;
    }
    y += tallest + gap;
  }
  return children.empty() ? 0 : y - gap;
}

}  // namespace tongban::ui
