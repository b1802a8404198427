// Drawing in logical pixels onto a Dear ImGui draw list in device pixels; edges fall on whole pixels.
#pragma once

#include <string_view>

#include "client/ui/font_metrics.h"
#include "client/ui/icon.h"
#include "client/ui/tokens.h"

struct ImDrawList;
struct ImFont;

namespace tongban::ui {

/// Characters that no loaded font has, drawn by somebody who can. Rectangles in device pixels from the pen.
class GlyphSource {
 public:
  struct Glyph { float x, y, w, h, u0, v0, u1, v1; };
  virtual ~GlyphSource() = default;
  /// Nothing while a font with this character may still arrive.
  virtual const Glyph* find(char32_t c, float em_pixels, bool bold) = 0;
};

/// The loaded faces: ImGui's for pixels, ours for widths. Either pointer may be null before fonts arrive.
struct PaintFonts {
  ImFont* regular = nullptr;
  ImFont* bold = nullptr;
  const Faces* faces = nullptr;
  GlyphSource* others = nullptr;
};

struct Rect {
  float x, y, w, h;
  Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

/// Which corners of a filled rectangle are round.
enum class Corners : std::uint8_t { None = 0, TopLeft = 1, TopRight = 2, BottomLeft = 4, BottomRight = 8, All = 15, Top = 3, Bottom = 12, Left = 5, Right = 10 };

class Canvas {
 public:
  Canvas(ImDrawList* list, const PaintFonts& fonts, float dpr, float left, float top)
      : list_(list), fonts_(fonts), dpr_(dpr), left_(left), top_(top) {}

  void fill(Rect r, Colour colour, float radius = 0, Corners corners = Corners::All);
  /// A border that lies inside the rectangle, around a fill.
  void bordered(Rect r, Colour fill_colour, Colour border, float width, float radius, Corners corners = Corners::All);
  void shadow(Rect r, float radius, float drop, float blur, float alpha);
  void disc(float cx, float cy, float r, Colour colour);
  void ring(float cx, float cy, float r, float width, Colour colour);
  void arc(float cx, float cy, float r, float from, float to, float width, Colour colour);
  void line(float x1, float y1, float x2, float y2, float width, Colour colour);
  /// Horizontal or vertical, 6 on and 4 off.
  void dashes(float x1, float y1, float x2, float y2, float width, Colour colour);
  void icon(Icon icon, Rect r, Colour colour, Colour surface, float stroke = 2);

  /// One line; `baseline` in logical pixels. Returns the width drawn.
  float text(std::string_view words, float x, float baseline, float font, bool bold, Colour colour, float spacing = 0);
  float text_width(std::string_view words, float font, bool bold, float spacing = 0) const;
  /// Centred in the rectangle.
  void text_in(std::string_view words, Rect r, float font, bool bold, Colour colour);
  /// Where the first baseline of a line box of this height stands.
  float baseline(float line_box, float font) const;

  float dpr() const { return dpr_; }
  const std::u32string& missing() const { return missing_; }

 private:
  struct Area;   ///< a rectangle on whole device pixels
  float px(float x) const;
  float py(float y) const;
  Area area(Rect r, float radius, Corners corners) const;
  void round_corners(const Area& a, Colour colour);
  void blocks(const Area& a, Colour colour);
  void unknown(char32_t c, float pen, float line_y, float em, bool bold, Colour colour);
  ImDrawList* list_;
  const PaintFonts& fonts_;
  float dpr_, left_, top_;
  std::u32string missing_;
};

}  // namespace tongban::ui
