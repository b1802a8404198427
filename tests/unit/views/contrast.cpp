#include "tests/unit/views/contrast.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "client/ui/paint/painter.h"
#include "client/ui/text_layout.h"

namespace tongban {
namespace {

using ui::Colour;
using ui::Rect;

/// What has been drawn so far, in order.
struct Drawn {
  struct Ground { Rect rect; Colour colour; };
  struct Pair {
    Colour colour, ground;
    bool words, large;
    auto operator<=>(const Pair&) const = default;
  };
  std::vector<Ground> grounds;
  std::set<Pair> pairs;

  static Colour over(Colour upper, Colour lower) {
    const unsigned alpha = upper & 0xFF;
    Colour out = 0xFF;
    for (int shift = 8; shift <= 24; shift += 8)
      out |= (((upper >> shift & 0xFF) * alpha + (lower >> shift & 0xFF) * (255 - alpha)) / 255) << shift;
    return out;
  }
  Colour at(float x, float y) const {
    Colour colour = 0;
    for (const Ground& one : grounds)
      if (x >= one.rect.x && x <= one.rect.x + one.rect.w && y >= one.rect.y && y <= one.rect.y + one.rect.h) colour = over(one.colour, colour);
    return colour;
  }
  void fill(Rect rect, Colour colour) { grounds.push_back({rect, colour}); }
  void put(Colour colour, float x, float y, bool words, bool large) { pairs.insert({colour, at(x, y), words, large}); }
};
Drawn* drawn = nullptr;

double luminance(Colour colour) {
  const auto channel = [&](int shift) {
    const double value = (colour >> shift & 0xFF) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(24) + 0.7152 * channel(16) + 0.0722 * channel(8);
}

std::string hex(Colour colour) {
  char text[8];
  std::snprintf(text, sizeof text, "%06X", static_cast<unsigned>(colour >> 8));
  return text;
}

}  // namespace

// The canvas as the painter knows it, taking notes instead of drawing.
namespace ui {

void Canvas::fill(Rect r, Colour colour, float, Corners) { drawn->fill(r, colour); }
void Canvas::bordered(Rect r, Colour fill_colour, Colour, float, float, Corners) { drawn->fill(r, fill_colour); }
void Canvas::shadow(Rect, float, float, float, float) {}
void Canvas::disc(float cx, float cy, float r, Colour colour) { drawn->fill({cx - r, cy - r, 2 * r, 2 * r}, colour); }
void Canvas::ring(float, float, float, float, Colour) {}
void Canvas::arc(float, float, float, float, float, float, Colour) {}
void Canvas::line(float, float, float, float, float, Colour) {}
void Canvas::dashes(float, float, float, float, float, Colour) {}
void Canvas::icon(Icon, Rect r, Colour colour, Colour, float) { drawn->put(colour, r.x + r.w / 2, r.y + r.h / 2, false, false); }
float Canvas::text(std::string_view words, float x, float baseline, float font, bool bold, Colour colour, float spacing) {
  const float width = text_width(words, font, bold, spacing);
  const bool large = font >= 24 || (bold && font >= 18.66f);
  if (!words.empty()) drawn->put(colour, x + std::min(width, font) / 2, baseline - font * 0.3f, true, large);
  return width;
}
float Canvas::text_width(std::string_view words, float font, bool, float spacing) const { return (rough_ems(words) + spacing * static_cast<float>(words.size())) * font; }
void Canvas::text_in(std::string_view words, Rect r, float font, bool bold, Colour colour) { text(words, r.x + r.w / 2 - font / 2, r.y + r.h / 2, font, bold, colour); }
float Canvas::baseline(float line_box, float font) const { return line_box / 2 + font * 0.35f; }

}  // namespace ui

namespace views {

double contrast(ui::Colour a, ui::Colour b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

std::vector<std::string> contrast_faults(const ui::Tree& tree, ui::Theme theme, bool touched) {
  Drawn notes;
  drawn = &notes;
  const ui::PaintFonts fonts;
  const auto paint = [&](ui::Id hover, ui::Id press) {
    for (const auto& region : tree.regions) {
      notes.grounds = {{{-1e6f, -1e6f, 2e6f, 2e6f}, ui::palette(theme).bg}};
      ui::Canvas canvas(nullptr, fonts, 1, 0, 0);
      const ui::PaintState state{.hover = hover, .press = press, .theme = theme};
      ui::Painter(tree, state, canvas).region(region.node, -1e6f, 1e6f);
    }
  };
  paint(0, 0);
  for (int index = 0; touched && index < tree.size(); ++index) {
    if (!tree.at(index).has(ui::flag::Interactive)) continue;
    paint(tree.at(index).id, 0);
    paint(tree.at(index).id, tree.at(index).id);
  }
  drawn = nullptr;
  std::vector<std::string> faults;
  for (const auto& pair : notes.pairs) {
    const double least = !pair.words ? 3 : theme == ui::Theme::Dark ? 7 : pair.large ? 3 : 4.5;
    if (const double reached = contrast(pair.colour, pair.ground); reached < least)
      faults.push_back((pair.words ? "words in " : "a sign in ") + hex(pair.colour) + " on " + hex(pair.ground) + " reach only " + std::to_string(reached).substr(0, 4));
  }
  return faults;
}

}  // namespace views
}  // namespace tongban
