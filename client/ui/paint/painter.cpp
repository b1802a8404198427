#include "client/ui/paint/painter.h"

#include <algorithm>
#include <cmath>

#include "client/ui/text_layout.h"

namespace tongban::ui {

Painter::Painter(const Tree& tree, const PaintState& state, Canvas& canvas)
    : tree_(tree), state_(state), p_(palette(state.theme)), c_(canvas) {}

void Painter::region(int index, float top, float bottom) {
  top_ = top;
  bottom_ = bottom;
  node(index);
}

/// Rings and shadows reach a little outside.
bool Painter::beyond(const Node& n) const { return n.y > bottom_ + 40 || n.y + n.h < top_ - 40; }

void Painter::node(int index) {
  const Node& n = tree_.at(index);
  if (n.has(flag::Hidden) || n.kind == Kind::Option) return;
  if (beyond(n)) return;
  switch (n.kind) {
    case Kind::Box: {
      const bool was_toast = on_toast_, was_rail = on_rail_;
      if (n.skin == Skin::Toast) on_toast_ = true;
      if (n.skin == Skin::RailInk) on_rail_ = true;
      skin(n, index);
      children(n);
      on_toast_ = was_toast;
      on_rail_ = was_rail;
      break;
    }
    case Kind::Text: words(n); break;
    case Kind::Sign: c_.icon(n.icon, rect(n), tone(n.tone, n), p_.surface); break;
    case Kind::Logo: logo(n); break;
    case Kind::Mark: mark(n); break;
    case Kind::Connector: connector(n); break;
    case Kind::Segments: segments(n); break;
    case Kind::Modules: modules(n); break;
    case Kind::Tick: tick(n, index); break;
    case Kind::Dot: c_.disc(n.x + n.w / 2, n.y + n.h / 2, n.w / 2, tone(n.tone, n)); break;
    case Kind::Line: {
      const Colour colour = n.tone == Tone::Ink3 ? p_.control : p_.line;
      if (n.has(flag::Vertical)) c_.line(n.x + n.w / 2, n.y, n.x + n.w / 2, n.y + n.h, 1, colour);
      else c_.line(n.x, n.y + n.h / 2, n.x + n.w, n.y + n.h / 2, 1, colour);
      break;
    }
    case Kind::Spinner: spinner(n); break;
    case Kind::Picture: c_.fill(rect(n), p_.sunk, radius::control); break;
    case Kind::Input: if (n.skin != Skin::None) skin(n, index); break;
    case Kind::Space:
    case Kind::Option: break;
  }
}

void Painter::children(const Node& n) {
  for (int c = n.first; c >= 0; c = tree_.at(c).next) node(c);
  if (n.has(flag::Divided)) dividers(n);
  if (n.has(flag::LineBelow)) c_.line(n.x, n.y + n.h - 0.5f, n.x + n.w, n.y + n.h - 0.5f, 1, p_.line);
}

void Painter::dividers(const Node& n) {
  const Node* before = nullptr;
  for (int c = n.first; c >= 0; c = tree_.at(c).next) {
    const Node& child = tree_.at(c);
    if (child.has(flag::Hidden | flag::Cover) || child.kind == Kind::Option) continue;
    if (beyond(child)) {
      before = &child;
      continue;
    }
    if (before && n.axis == Axis::Row) {
      const float x = (before->x + before->w + child.x) / 2;
      c_.line(x, n.y, x, n.y + n.h, 1, p_.line);
    } else if (before && (n.axis == Axis::Column || child.y > before->y)) {
      const float y = (before->y + before->h + child.y) / 2;
      const bool grid = n.axis == Axis::Grid;
      if (!grid) c_.line(n.x + n.pad.left, y, n.x + n.w - n.pad.right, y, 1, p_.line);
    }
    if (n.axis == Axis::Grid && child.y > n.y + n.pad.top + 1) c_.line(child.x, child.y - n.gap / 2, child.x + child.w, child.y - n.gap / 2, 1, p_.line);
    before = &child;
  }
}

Colour Painter::tone(Tone tone, const Node&) const {
  if (on_rail_ && (tone == Tone::Ink || tone == Tone::Ink2)) tone = Tone::OnInk;
  switch (tone) {
    case Tone::Ink: return p_.ink;
    case Tone::Ink2: return p_.ink2;
    case Tone::Ink3: return p_.ink3;
    case Tone::Accent: return p_.accent;
    case Tone::Warn: return p_.warn;
    case Tone::Error: return p_.error;
    case Tone::OnAccent: return p_.on_accent;
    case Tone::OnInk: return on_toast_ ? p_.toast_text : 0xFFFFFFFF;
  }
  return p_.ink;
}

bool Painter::owned_by(int index, Id id, std::uint32_t posed) const {
  if (const int owner = tree_.at(index).owner; owner >= 0 && tree_.at(owner).has(posed)) return true;
  if (id == 0) return false;
  for (int i = index; i >= 0; i = tree_.at(i).parent) {
    if (tree_.at(i).id == id) return true;
    if (tree_.at(i).has(flag::Interactive)) {
      // The element that the pointer is on may be the input within the label.
      for (int c = tree_.at(i).first; c >= 0; c = tree_.at(c).next) if (tree_.at(c).kind == Kind::Input && tree_.at(c).id == id) return true;
      return false;
    }
  }
  return false;
}

void Painter::run_part(const Node& n, const RunRef& run, std::uint32_t from, std::uint32_t to, float& x, float base, float line_top) {
  const std::string_view all = tree_.text(n.words);
  const std::string_view part = all.substr(from, to - from);
  const float spacing = n.has(flag::Tabular) ? tabular_spacing : 0;
  if (run.marked) {
    const float w = c_.text_width(part, n.font, run.bold, spacing);
    c_.fill({x - 1, line_top + n.font * 0.12f, w + 2, n.font * (n.line_height - 0.24f)}, p_.highlight, 3);
  }
  Colour colour = tone(run.tone, n);
  if (on_toast_ && n.has(flag::Current)) colour = p_.toast_action;
  x += c_.text(part, x, base, n.font, run.bold, colour, spacing);
}

void Painter::words(const Node& n) {
  const float step = n.font * n.line_height;
  const float first = c_.baseline(step, n.font);
  float line_top = n.y;
  for (std::uint32_t i = n.line_from; i < n.line_to; ++i, line_top += step) {
    if (line_top > bottom_ || line_top + step < top_) continue;
    const LineRef& line = tree_.lines[i];
    float x = n.x;
    if (n.has(flag::Center)) x += (n.w - line.width) / 2;
    if (n.has(flag::End)) x += n.w - line.width;
    for (std::uint32_t r = n.run_from; r < n.run_to; ++r) {
      const RunRef& run = tree_.runs[r];
      const std::uint32_t begin = run.text.at - n.words.at, end = begin + run.text.size;
      const std::uint32_t from = std::max(begin, line.from), to = std::min(end, line.to);
      if (from < to) run_part(n, run, from, to, x, line_top + first, line_top);
    }
    if (line.ellipsis) c_.text("…", x, line_top + first, n.font, n.has(flag::Bold), tone(n.tone, n));
  }
}

void Painter::mark(const Node& n) {
  const float cx = n.x + n.w / 2, cy = n.y + n.h / 2, r = n.w / 2;
  const bool small = n.has(flag::Small);
  const float border = r > 16 ? 2.5f : 2;
  Colour inside = p_.accent, outline = p_.accent, ink = p_.on_accent;
  switch (n.mark) {
    case Mark::You: break;
    case Mark::Now: c_.disc(cx, cy, r + 5, p_.tint_ring); break;
    case Mark::NeedsYou: c_.disc(cx, cy, r + 4, p_.warn_bg); inside = outline = p_.warn; break;
    case Mark::Failed: inside = outline = p_.error; break;
    case Mark::Done: inside = p_.tint; ink = p_.accent; break;
    case Mark::Next: {
      const bool lettered = small ? n.tone == Tone::Accent : !n.words.empty();
      inside = p_.surface;
      outline = lettered ? p_.accent : p_.control;
      ink = lettered ? p_.accent : p_.ink2;
      break;
    }
  }
  c_.disc(cx, cy, r, outline);
  if (inside != outline) c_.disc(cx, cy, r - border, inside);
  if (n.icon != Icon::None) {
    const float size = n.w * (small ? 0.6f : 0.56f);
    c_.icon(n.icon, {cx - size / 2, cy - size / 2, size, size}, ink, inside, small ? 2.2f : 2);
  } else {
    c_.text_in(tree_.text(n.words), rect(n), n.font, true, ink);
  }
}

void Painter::connector(const Node& n) {
  const float y = n.y + n.h / 2, x = n.x + n.w / 2;
  const bool small = n.has(flag::Small);
  const Colour colour = small ? (n.mark == Mark::Done ? p_.accent : p_.line) : n.has(flag::Solid) ? p_.accent : p_.control;
  if (n.has(flag::Vertical)) {
    if (n.has(flag::Solid)) c_.line(x, n.y, x, n.y + n.h, 3, colour);
    else c_.dashes(x, n.y, x, n.y + n.h, 3, colour);
  } else if (n.has(flag::Solid)) {
    c_.line(n.x, y, n.x + n.w, y, 3, colour);
  } else {
    c_.dashes(n.x, y, n.x + n.w, y, 3, colour);
  }
  if (n.words.empty()) return;
  const std::string_view label = tree_.text(n.words);
  const float w = c_.text_width(label, n.font, false);
  if (w < n.w) c_.text(label, n.x + (n.w - w) / 2, y - 10, n.font, false, p_.ink2);
}

void Painter::segments(const Node& n) {
  if (n.has(flag::Solid)) return c_.fill({n.x, n.y, std::max(2.f, n.w * static_cast<float>(n.value) / static_cast<float>(n.total)), n.h}, p_.accent, 3);
  const float gap = n.total > 12 ? 3 : 4;
  const float w = (n.w - gap * static_cast<float>(n.total - 1)) / static_cast<float>(n.total);
  for (int i = 0; i < n.total; ++i) {
    const float x = n.x + static_cast<float>(i) * (w + gap);
    c_.fill({x, n.y, w, n.h}, i < n.value ? p_.accent : p_.line, std::min(4.f, w / 3));
  }
}

void Painter::modules(const Node& n) {
  // Always dark on white with a quiet zone of four, whatever the theme: readers need it.
  c_.fill(rect(n), 0xFFFFFFFF, 4);
  const float cell = n.w / static_cast<float>(n.total + 8);
  for (int y = 0; y < n.total; ++y) {
    for (int x = 0; x < n.total; ++x) {
      if (!tree_.cells[static_cast<std::size_t>(n.value + y * n.total + x)]) continue;
      c_.fill({n.x + cell * static_cast<float>(x + 4), n.y + cell * static_cast<float>(y + 4), cell, cell}, 0x000000FF);
    }
  }
}

void Painter::tick(const Node& n, int index) {
  const bool checked = n.has(flag::Checked), hovered = is_hovered(index), pressed = is_pressed(index);
  const Colour accent = pressed ? p_.accent_press : hovered ? p_.accent_hover : p_.accent;
  const Colour border = checked ? accent : hovered ? p_.ink : p_.control;
  if (n.has(flag::Round)) {
    const float cx = n.x + n.w / 2, cy = n.y + n.h / 2;
    c_.disc(cx, cy, n.w / 2, border);
    c_.disc(cx, cy, n.w / 2 - 2, p_.surface);
    if (checked) c_.disc(cx, cy, n.w * 0.18f, accent);
    return;
  }
  c_.bordered(rect(n), checked ? accent : p_.surface, border, 2, 7);
  if (checked) {
    const float inset = n.w * 0.16f;
    c_.icon(Icon::Check, rect(n).inset(inset), p_.on_accent, accent, 2.4f);
  }
}

void Painter::logo(const Node& n) {
  const bool light = on_rail_ || n.style == Style::Ink;
  const Colour ground = light ? 0xFFFFFFFF : p_.accent, ink = light ? p_.rail_staff : p_.on_accent;
  c_.fill(rect(n), ground, n.w * 0.22f);
  const float u = n.w / 40, cy = n.y + n.h / 2;
  c_.ring(n.x + 12 * u, cy, 6 * u, 3 * u, ink);
  c_.line(n.x + 17 * u, cy, n.x + 24 * u, cy, 3 * u, ink);
  c_.disc(n.x + 28 * u, cy, 6.4f * u, ink);
}

void Painter::spinner(const Node& n) {
  constexpr float turn = 6.2831853f;
  const float from = state_.spin * turn;
  c_.arc(n.x + n.w / 2, n.y + n.h / 2, n.w / 2 - 3, from, from + turn * 0.78f, 2, tone(n.tone, n));
  moving_ = true;
}

}  // namespace tongban::ui
