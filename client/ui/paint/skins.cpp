// How boxes look, in each state.
#include <algorithm>

#include "client/ui/paint/painter.h"

namespace tongban::ui {
namespace {

/// The card around a row, when the row runs along its edge: the fill must follow the card's corners.
const Node* card_around(const Tree& tree, int index) {
  for (int i = tree.at(index).parent; i >= 0; i = tree.at(i).parent) {
    const Skin skin = tree.at(i).skin;
    if (skin == Skin::Card || skin == Skin::CardSelected || skin == Skin::Outlined) return &tree.at(i);
  }
  return nullptr;
}

}  // namespace

void Painter::row_fill(const Node& n, int index, Colour colour) {
  Rect r = rect(n);
  const Node* card = card_around(tree_, index);
  if (!card || r.w < card->w - 4) {
    c_.fill(r, colour, card ? 8.f : 0.f);
    return;
  }
  r = {card->x + 1, r.y, card->w - 2, r.h};
  const bool first = r.y < card->y + 2, last = r.y + r.h > card->y + card->h - 2;
  if (first) { r.h -= card->y + 1 - r.y; r.y = card->y + 1; }
  if (last) r.h = card->y + card->h - 1 - r.y;
  const Corners corners = first && last ? Corners::All : first ? Corners::Top : last ? Corners::Bottom : Corners::None;
  c_.fill(r, colour, corners == Corners::None ? 0 : radius::card - 1, corners);
}

/// The words of such a row begin at its edge, so the fill begins before it; where it runs along a card it fills the card.
void Painter::hover_fill(const Node& n, int index, Colour colour) {
  const Node* card = card_around(tree_, index);
  if (card && n.w >= card->w - 4) return row_fill(n, index, colour);
  constexpr float beyond = 8;
  c_.fill({n.x - beyond, n.y, n.w + 2 * beyond, n.h}, colour, radius::control);
}

/// What is far outside the band is left off: a list that grows below it changes no picture.
Rect Painter::near_band(const Node& n) const {
  constexpr float margin = 64;   // corners, borders and shadows stay out of sight
  const float top = std::max(n.y, top_ - margin), bottom = std::min(n.y + n.h, bottom_ + margin);
  return {n.x, top, n.w, std::max(0.f, bottom - top)};
}

void Painter::skin(const Node& n, int index) {
  const Rect r = near_band(n);
  const bool live = n.has(flag::Interactive) && !n.has(flag::Disabled);
  const bool hovered = live && is_hovered(index), pressed = live && is_pressed(index);
  switch (n.skin) {
    case Skin::None: break;
    case Skin::Card: c_.bordered(r, pressed ? p_.sunk : p_.surface, hovered ? p_.control : p_.line, 1, radius::card); break;
    case Skin::CardSelected: c_.bordered(r, p_.surface, p_.accent, 2, radius::card); break;
    case Skin::Outlined: c_.bordered(r, pressed ? p_.sunk : p_.surface, hovered ? p_.ink : p_.control, p_.control_border, radius::control); break;
    case Skin::Sunk: c_.fill(r, p_.sunk, radius::card); break;
    case Skin::Band: c_.fill(r, p_.sunk); break;
    case Skin::Tint:   // another fill would take words from their contrast in dark
      if (hovered || pressed) c_.bordered(r, p_.tint, p_.accent, pressed ? 2.f : 1.f, radius::card);
      else c_.fill(r, p_.tint, radius::card);
      break;
    case Skin::Warn: c_.fill(r, p_.warn_bg, radius::card); break;
    case Skin::Error: c_.fill(r, p_.error_bg, radius::card); break;
    case Skin::Ink: c_.fill(r, p_.rail_staff, radius::card); break;
    case Skin::RowSelected:
      row_fill(n, index, p_.tint);
      c_.fill({r.x + 1, r.y, 4, r.h}, p_.accent);
      break;
    case Skin::Hover:
      if (hovered || pressed) hover_fill(n, index, pressed || state_.theme == Theme::Dark ? p_.sunk : 0x14201F0A);
      break;
    case Skin::TableRow: if (hovered || pressed) row_fill(n, index, state_.theme == Theme::Dark ? p_.sunk : 0x14201F0A); break;
    case Skin::TableHead: break;
    case Skin::Dialog:
      c_.shadow(r, radius::dialog, 8, 28, 0.3f);
      c_.fill(r, p_.surface, radius::dialog);
      break;
    case Skin::Toast:
      c_.shadow(r, radius::control, 2, 10, 0.2f);
      c_.fill(r, p_.toast_bg, radius::control);
      break;
    default: control_skin(n, r, hovered, pressed); break;
  }
}

void Painter::control_skin(const Node& n, Rect r, bool hovered, bool pressed) {
  const Colour accent = pressed ? p_.accent_press : hovered ? p_.accent_hover : p_.accent;
  const float line = p_.control_border;
  switch (n.skin) {
    case Skin::ButtonOutlined: c_.bordered(r, pressed ? p_.sunk : p_.surface, hovered || pressed ? p_.ink : p_.control, line, radius::control); break;
    case Skin::ButtonFilled: c_.fill(r, accent, radius::control); break;
    case Skin::ButtonStrong: c_.bordered(r, pressed ? p_.tint : p_.surface, accent, 2, radius::control); break;
    case Skin::ButtonTint: c_.bordered(r, p_.tint, hovered || pressed ? accent : p_.tint, pressed ? 2.f : 1.f, radius::control); break;
    case Skin::ButtonText:
      if ((hovered || pressed) && !n.has(flag::Inline)) c_.fill(r, on_rail_ ? p_.rail_staff_on : pressed || state_.theme == Theme::Dark ? p_.sunk : 0x14201F0A, radius::control);
      break;
    case Skin::ButtonDanger: c_.bordered(r, p_.error, hovered || pressed ? p_.ink : p_.error, pressed ? 3.f : 2.f, radius::control); break;
    case Skin::ButtonDisabled: c_.bordered(r, p_.sunk, p_.line, 1, radius::control); break;
    case Skin::Pill: c_.bordered(r, pressed ? p_.sunk : p_.surface, hovered ? p_.ink : p_.control, line, r.h / 2); break;
    case Skin::PillOn: c_.fill(r, accent, r.h / 2); break;
    case Skin::Capsule: c_.fill(r, p_.sunk, r.h / 2); break;
    case Skin::TagSunk: c_.fill(r, p_.sunk, radius::tag); break;
    case Skin::TagTint: c_.fill(r, p_.tint, radius::tag); break;
    case Skin::TagWarn: c_.fill(r, p_.warn_bg, radius::tag); break;
    case Skin::TagError: c_.fill(r, p_.error_bg, radius::tag); break;
    case Skin::TagOutlined: c_.bordered(r, p_.surface, p_.control, 1, radius::tag); break;
    case Skin::FieldBox: {
      const bool wrong = n.has(flag::Error), off = n.has(flag::Disabled);
      c_.bordered(r, off ? p_.sunk : p_.surface, wrong ? p_.error : off ? p_.line : p_.control, wrong ? 2 : line, radius::control);
      break;
    }
    case Skin::SearchBox: c_.bordered(r, p_.surface, p_.accent, 2, radius::card); break;
    case Skin::Segmented: c_.bordered(r, p_.surface, p_.control, line, radius::control); break;
    case Skin::SegmentFirst: case Skin::SegmentMiddle: case Skin::SegmentLast: case Skin::SegmentOnly: segment_skin(n, r, hovered || pressed); break;
    default: bar_skin(n, r, hovered, pressed); break;
  }
}

void Painter::segment_skin(const Node& n, Rect r, bool touched) {
  const Corners corners = n.skin == Skin::SegmentFirst ? Corners::Left : n.skin == Skin::SegmentLast ? Corners::Right
                        : n.skin == Skin::SegmentOnly ? Corners::All : Corners::None;
  const float line = p_.control_border;
  Rect inner = r.inset(line);
  if (n.skin != Skin::SegmentFirst && n.skin != Skin::SegmentOnly) { inner.x = r.x; inner.w += line; }
  if (n.skin != Skin::SegmentLast && n.skin != Skin::SegmentOnly) inner.w = r.x + r.w - inner.x;
  if (n.has(flag::Selected)) {
    c_.fill(inner, n.has(flag::Error) ? p_.error : touched ? p_.accent_hover : p_.accent, corners == Corners::None ? 0 : radius::control - line, corners);
  } else {
    if (touched) c_.fill(inner, p_.sunk, corners == Corners::None ? 0 : radius::control - line, corners);
    if (n.skin == Skin::SegmentMiddle || n.skin == Skin::SegmentLast) c_.line(r.x, r.y + line, r.x, r.y + r.h - line, line, p_.control);
  }
}

void Painter::bar_skin(const Node& n, Rect r, bool hovered, bool pressed) {
  const bool current = n.has(flag::Current);
  switch (n.skin) {
    case Skin::BarTop:
      c_.fill(r, p_.surface);
      c_.line(r.x, r.y + r.h - 0.5f, r.x + r.w, r.y + r.h - 0.5f, 1, p_.line);
      break;
    case Skin::BarBottom:
      c_.fill(r, p_.surface);
      c_.line(r.x, r.y + 0.5f, r.x + r.w, r.y + 0.5f, 1, p_.line);
      break;
    case Skin::RailWhite:
      c_.fill(r, p_.surface);
      c_.line(r.x + r.w - 0.5f, r.y, r.x + r.w - 0.5f, r.y + r.h, 1, p_.line);
      break;
    case Skin::RailInk: c_.fill(r, p_.rail_staff); break;
    case Skin::NavRail:
      if (current || hovered || pressed) c_.fill({r.x, r.y, r.w - 1, r.h}, current ? p_.tint : p_.sunk);
      if (current) c_.fill({r.x, r.y, 4, r.h}, p_.accent);
      break;
    case Skin::NavRailStaff:
      if (current || hovered || pressed) c_.fill(r, p_.rail_staff_on);
      if (current) c_.fill({r.x, r.y, 4, r.h}, 0x6ADCE0FF);
      break;
    case Skin::NavTab:
      if ((hovered || pressed) && !current) c_.fill({r.x, r.y + 1, r.w, r.h - 1}, p_.sunk);
      if (current) c_.fill({r.x + r.w / 2 - 22, r.y, 44, 4}, p_.accent, 2, Corners::Bottom);
      break;
    case Skin::TabBar: c_.line(r.x, r.y + r.h - 0.5f, r.x + r.w, r.y + r.h - 0.5f, 1, p_.line); break;
    case Skin::Tab:
      if ((hovered || pressed) && !n.has(flag::Selected)) c_.fill(r, state_.theme == Theme::Dark ? p_.sunk : 0x14201F0A, 6, Corners::Top);
      if (n.has(flag::Selected)) c_.fill({r.x, r.y + r.h - 3, r.w, 3}, p_.accent);
      break;
    default: break;
  }
}

}  // namespace tongban::ui
