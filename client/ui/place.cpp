// The second pass of Measure: rectangles for the heights that boxes got.
#include <algorithm>

#include "client/ui/measure.h"

namespace tongban::ui {

/// A part that was taken over and has the same size keeps its inner layout: all of it moves alike.
bool Measure::shift_part(int node, float x, float y, float width, float h) {
  Node& n = tree_.at(node);
  if (n.part < 0) return false;
  const PartRef& part = tree_.parts[static_cast<std::size_t>(n.part)];
  if (part.before < 0 || n.measured_w != width || part.w != width || part.h != h) return false;
  const float dx = x - part.x, dy = y - part.y;
  if (dx != 0 || dy != 0) {
    for (int i = part.node_from + 1; i < part.node_to; ++i) {
      tree_.at(i).x += dx;
      tree_.at(i).y += dy;
    }
  }
  n.x = x;
  n.y = y;
  n.w = width;
  n.h = h;
  return true;
}

void Measure::place(int node, float x, float y, float width, float h) {
  if (shift_part(node, x, y, width, h)) return;
  Node& n = tree_.at(node);
  n.x = x;
  n.y = y;
  n.w = width;
  n.h = h;
  if (n.kind != Kind::Box) return;
  // A parent may have measured it at other widths since: the children's places must be those of this one.
  if (n.measured_w != width) height(node, width);
  Node& again = tree_.at(node);
  again.x = x;
  again.y = y;
  again.w = width;
  again.h = h;
  if (again.axis == Axis::Grid || (again.axis == Axis::Row && again.has(flag::Wrap))) place_lines(node);
  else if (again.axis == Axis::Row) place_row(node);
  else place_column(node);
  place_covers(node);
}

void Measure::place_covers(int node) {
  for (int c = tree_.at(node).first; c >= 0; c = tree_.at(c).next) {
    Node& child = tree_.at(c);
    const Node* over = nullptr;
    if (child.has(flag::Cover)) over = &tree_.at(node);
    if (child.has(flag::CoverRow) && tree_.at(node).parent >= 0) over = &tree_.at(tree_.at(node).parent);
    if (!over && !child.has(flag::Hidden)) continue;
    child.x = over ? over->x : tree_.at(node).x;
    child.y = over ? over->y : tree_.at(node).y;
    child.w = over ? over->w : 1;
    child.h = over ? over->h : 1;
  }
}

void Measure::place_column(int node) {
  const Node n = tree_.at(node);
  float used = n.pad.top + n.pad.bottom, growing = 0;
  int count = 0;
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    const Node& child = tree_.at(c);
    if (!flows(child)) continue;
    used += child.measured_h;
    growing += child.grow;
    ++count;
  }
  if (count > 1) used += n.gap * static_cast<float>(count - 1);
  const float spare = std::max(0.f, n.h - used);
  float y = n.y + n.pad.top;
  if (growing <= 0 && n.justify == Justify::Center) y += spare / 2;
  if (growing <= 0 && n.justify == Justify::End) y += spare;
  const float between = growing <= 0 && n.justify == Justify::Between && count > 1 ? spare / static_cast<float>(count - 1) : 0;
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    const Node child = tree_.at(c);
    if (!flows(child)) continue;
    const float h = child.measured_h + (growing > 0 ? spare * child.grow / growing : 0);
    place(c, n.x + n.pad.left + child.x, y, child.w, h);
    y += h + n.gap + between;
  }
}

float Measure::first_baseline(int node) const {
  const Node& n = tree_.at(node);
  if (n.kind == Kind::Text) return n.font * (n.line_height / 2 + (faces_.regular.ascent() - faces_.regular.descent()) / 2);
  if (n.kind == Kind::Box) {
    for (int c = n.first; c >= 0; c = tree_.at(c).next) {
      if (!flows(tree_.at(c)) || tree_.at(c).kind == Kind::Space) continue;
      const float inside = first_baseline(c);
      if (n.axis == Axis::Row) return n.pad.top + (n.measured_h - n.pad.top - n.pad.bottom - tree_.at(c).measured_h) / 2 + inside;
      return n.pad.top + inside;
    }
  }
  return n.measured_h * 0.8f;
}

void Measure::place_row(int node) {
  const Node n = tree_.at(node);
  const float inner = n.h - n.pad.top - n.pad.bottom;
  float baseline = 0;
  if (n.align == Align::Baseline) {
    for (int c = n.first; c >= 0; c = tree_.at(c).next) if (flows(tree_.at(c))) baseline = std::max(baseline, first_baseline(c));
  }
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    const Node child = tree_.at(c);
    if (!flows(child)) continue;
    float y = 0, h = child.measured_h;
    switch (n.align) {
      case Align::Stretch: h = child.height > 0 || child.has(flag::Fixed) ? h : inner; break;
      case Align::Center: y = (inner - h) / 2; break;
      case Align::End: y = inner - h; break;
      case Align::Baseline: y = baseline - first_baseline(c); break;
      case Align::Start: break;
    }
    if (child.align == Align::Center && child.kind == Kind::Line) y = (inner - h) / 2;
    place(c, n.x + n.pad.left + child.x, n.y + n.pad.top + y, child.w, h);
  }
}

namespace {

/// Cards of a row are equally tall; buttons beside them aren't.
bool keeps_height(const Node& n) { return n.skin >= Skin::ButtonOutlined && n.skin <= Skin::PillOn; }

}  // namespace

void Measure::place_lines(int node) {
  const Node n = tree_.at(node);
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    const Node child = tree_.at(c);
    if (!flows(child)) continue;
    place(c, n.x + n.pad.left + child.x, n.y + n.pad.top + child.y, child.w, keeps_height(child) ? child.measured_h : child.h);
  }
}

}  // namespace tongban::ui
