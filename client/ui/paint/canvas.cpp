#include "client/ui/paint/canvas.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

#include "client/ui/paint/block.h"
#include "client/ui/utf8.h"

namespace tongban::ui {
namespace {

ImU32 packed(Colour c) {
  return IM_COL32((c >> 24) & 255, (c >> 16) & 255, (c >> 8) & 255, c & 255);
}

bool opaque(Colour c) { return (c & 255) == 255; }

ImDrawFlags rounding_flags(Corners corners) {
  ImDrawFlags flags = 0;
  const int bits = static_cast<int>(corners);
  if (bits & 1) flags |= ImDrawFlags_RoundCornersTopLeft;
  if (bits & 2) flags |= ImDrawFlags_RoundCornersTopRight;
  if (bits & 4) flags |= ImDrawFlags_RoundCornersBottomLeft;
  if (bits & 8) flags |= ImDrawFlags_RoundCornersBottomRight;
  return flags ? flags : ImDrawFlags_RoundCornersNone;
}

}  // namespace

float Canvas::px(float x) const { return std::round((x - left_) * dpr_); }
float Canvas::py(float y) const { return std::round((y - top_) * dpr_); }

struct Canvas::Area {
  float left, top, right, bottom;
  float radius;
  Corners corners;

  /// What the corners' squares take off each side.
  float round() const {
    constexpr float noise = 0.01f;
    return corners == Corners::None ? 0 : std::ceil(radius - noise);
  }
  bool has(Corners corner) const { return (static_cast<int>(corners) & static_cast<int>(corner)) != 0; }
  /// Whether blocks pay: each is a command of its own.
  bool large() const {
    constexpr float least_pixels = 16000;
    const float w = right - left, h = bottom - top, edge = 2 * round() + 2;
    return w >= edge && h >= edge && w * h - edge * edge >= least_pixels;
  }
};

Canvas::Area Canvas::area(Rect r, float radius, Corners corners) const {
  return {px(r.x), py(r.y), px(r.x + r.w), py(r.y + r.h), radius * dpr_, radius > 0 ? corners : Corners::None};
}

/// Squares that reach a pixel into where the blocks come: those cover the soft edge of each.
void Canvas::round_corners(const Area& a, Colour colour) {
  const float side = a.round() + 1;
  for (const Corners corner : {Corners::TopLeft, Corners::TopRight, Corners::BottomLeft, Corners::BottomRight}) {
    if (!a.has(corner)) continue;
    const bool left = (static_cast<int>(corner) & static_cast<int>(Corners::Left)) != 0, top = (static_cast<int>(corner) & static_cast<int>(Corners::Top)) != 0;
    const ImVec2 at{left ? a.left : a.right - side, top ? a.top : a.bottom - side};
    list_->AddRectFilled(at, {at.x + side, at.y + side}, packed(colour), a.radius, rounding_flags(corner));
  }
}

/// All but the corners' squares: a strip along the top, one along the bottom, and what is between.
void Canvas::blocks(const Area& a, Colour colour) {
  const float round = a.round();
  const auto strip = [&](float left, float top, float right, float bottom) {
    if (top < bottom) add_block(*list_, {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right), static_cast<int>(bottom), colour});
  };
  const auto indent = [&](Corners corner) { return a.has(corner) ? round : 0; };
  strip(a.left + indent(Corners::TopLeft), a.top, a.right - indent(Corners::TopRight), a.top + round);
  strip(a.left, a.top + round, a.right, a.bottom - round);
  strip(a.left + indent(Corners::BottomLeft), a.bottom - round, a.right - indent(Corners::BottomRight), a.bottom);
}

void Canvas::fill(Rect r, Colour colour, float radius, Corners corners) {
  if ((colour & 255) == 0 || r.w <= 0 || r.h <= 0) return;
  if (const Area a = area(r, radius, corners); opaque(colour) && a.large()) {
    round_corners(a, colour);
    return blocks(a, colour);
  }
  list_->AddRectFilled({px(r.x), py(r.y)}, {px(r.x + r.w), py(r.y + r.h)}, packed(colour), radius * dpr_, rounding_flags(corners));
}

void Canvas::bordered(Rect r, Colour fill_colour, Colour border, float width, float radius, Corners corners) {
  // A border is a whole number of device pixels, at least one.
  const float line = std::max(1.f, std::round(width * dpr_)) / dpr_;
  const Rect snapped{px(r.x) / dpr_ + left_, py(r.y) / dpr_ + top_, (px(r.x + r.w) - px(r.x)) / dpr_, (py(r.y + r.h) - py(r.y)) / dpr_};
  const float inner_radius = std::max(0.f, radius - line);
  const Area outer = area(snapped, radius, corners), inner = area(snapped.inset(line), inner_radius, corners);
  if (opaque(border) && opaque(fill_colour) && inner.large()) {
    // Both corners, then both blocks: one run of triangles, not two.
    round_corners(outer, border);
    round_corners(inner, fill_colour);
    blocks(outer, border);
    return blocks(inner, fill_colour);
  }
  fill(snapped, border, radius, corners);
  fill(snapped.inset(line), fill_colour, inner_radius, corners);
}

void Canvas::shadow(Rect r, float radius, float drop, float blur, float alpha) {
  constexpr int rings = 10;
  for (int i = rings; i >= 1; --i) {
    const float spread = blur * (static_cast<float>(i) / rings - 0.35f);
    const float a = alpha / rings * 1.6f * (1 - static_cast<float>(i - 1) / rings);
    fill({r.x - spread, r.y + drop - spread, r.w + 2 * spread, r.h + 2 * spread}, static_cast<Colour>(a * 255), radius + std::max(0.f, spread));
  }
}

void Canvas::disc(float cx, float cy, float r, Colour colour) {
  list_->AddCircleFilled({(cx - left_) * dpr_, (cy - top_) * dpr_}, r * dpr_, packed(colour), 0);
}

void Canvas::ring(float cx, float cy, float r, float width, Colour colour) {
  list_->AddCircle({(cx - left_) * dpr_, (cy - top_) * dpr_}, (r - width / 2) * dpr_, packed(colour), 0, width * dpr_);
}

void Canvas::arc(float cx, float cy, float r, float from, float to, float width, Colour colour) {
  list_->PathArcTo({(cx - left_) * dpr_, (cy - top_) * dpr_}, r * dpr_, from, to, 24);
  list_->PathStroke(packed(colour), 0, width * dpr_);
}

void Canvas::line(float x1, float y1, float x2, float y2, float width, Colour colour) {
  // Straight lines are rectangles: crisp at any pixel ratio.
  const float w = std::max(1.f, std::round(width * dpr_));
  if (y1 == y2) {
    const float top = std::round((y1 - top_) * dpr_ - w / 2);
    list_->AddRectFilled({px(x1), top}, {px(x2), top + w}, packed(colour));
  } else {
    const float left = std::round((x1 - left_) * dpr_ - w / 2);
    list_->AddRectFilled({left, py(y1)}, {left + w, py(y2)}, packed(colour));
  }
}

void Canvas::dashes(float x1, float y1, float x2, float y2, float width, Colour colour) {
  constexpr float dash_and_gap = 10;
  const float length = std::max(std::abs(x2 - x1), std::abs(y2 - y1));
  const bool across = y1 == y2;
  // Starts and ends with half a gap, so that one line can go on in another.
  const float count = std::max(1.f, std::round(length / dash_and_gap)), step = length / count;
  for (float i = 0; i < count; ++i) {
    const float from = (i + 0.2f) * step, to = from + 0.6f * step;
    if (across) line(x1 + from, y1, x1 + to, y1, width, colour);
    else line(x1, y1 + from, x1, y1 + to, width, colour);
  }
}

float Canvas::text_width(std::string_view words, float font, bool bold, float spacing) const {
  float em = 0;
  for (std::size_t at = 0; at < words.size();) em += fonts_.faces->advance(next_character(words, at), bold) + spacing;
  return em * font;
}

float Canvas::baseline(float line_box, float font) const {
  const FontMetrics& face = fonts_.faces->regular;
  return line_box / 2 + font * (face.ascent() - face.descent()) / 2;
}

namespace {

/// A face at a size: the pixel height that ImGui wants is the em size times the face's extent.
ImFontBaked* bake(ImFont* font, float em_pixels, const FontMetrics& metrics) {
  return font ? font->GetFontBaked(em_pixels * metrics.extent(), 1.f) : nullptr;
}

struct Quad { ImVec2 a, b, uv_a, uv_b; };

void draw_glyph(ImDrawList* list, const ImFontGlyph& glyph, float x, float y, ImU32 colour) {
  list->PrimReserve(6, 4);
  list->PrimRectUV({x + glyph.X0, y + glyph.Y0}, {x + glyph.X1, y + glyph.Y1}, {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, colour);
}

}  // namespace

/// As the system has it, else an empty box of the character's size.
void Canvas::unknown(char32_t c, float pen, float line_y, float em, bool bold, Colour colour) {
  if (const GlyphSource::Glyph* g = fonts_.others ? fonts_.others->find(c, em, bold) : nullptr) {
    const ImVec2 at{pen + g->x, line_y + g->y};
    list_->PrimReserve(6, 4);
    list_->PrimRectUV(at, {at.x + g->w, at.y + g->h}, {g->u0, g->v0}, {g->u1, g->v1}, packed(colour));
    return;
  }
  missing_.push_back(c);
  const float w = fonts_.faces->advance(c, bold) * em;
  list_->AddRect({std::round(pen + w * 0.1f), line_y - em * 0.8f}, {std::round(pen + w * 0.9f), line_y + em * 0.1f}, packed(colour), 0, 0, dpr_);
}

float Canvas::text(std::string_view words, float x, float base, float font, bool bold, Colour colour, float spacing) {
  const Faces& faces = *fonts_.faces;
  const float em = font * dpr_;
  ImFontBaked* regular = bake(fonts_.regular, em, faces.regular);
  ImFontBaked* strong = bold ? bake(fonts_.bold, em, faces.bold) : nullptr;
  if (!regular && !strong) return text_width(words, font, bold, spacing);
  const ImU32 ink = packed(colour);
  const float line_y = std::round((base - top_) * dpr_);
  float pen = (x - left_) * dpr_;
  const float start = pen;
  for (std::size_t at = 0; at < words.size();) {
    const char32_t c = next_character(words, at);
    const bool has_bold = strong && faces.bold.has(c);
    ImFontBaked* baked = has_bold ? strong : regular;
    const bool known = has_bold || faces.regular.has(c);
    if (known && baked) {
      if (const ImFontGlyph* glyph = baked->FindGlyphNoFallback(static_cast<ImWchar>(c)); glyph && glyph->Visible) {
        const float y = line_y - std::round(baked->Ascent);
        draw_glyph(list_, *glyph, std::round(pen), y, ink);
        // A character without a bold form is thickened by drawing it again a little further.
        const float thick = bold && !has_bold ? std::max(1.f, em * 0.04f) : 0;
        for (float by = std::min(1.f, thick); by > 0 && by <= thick; by += 1) draw_glyph(list_, *glyph, std::round(pen) + by, y, ink);
      }
    } else if (c > 32) {
      unknown(c, std::round(pen), line_y, em, bold, colour);
    }
    pen += (faces.advance(c, bold) + spacing) * em;
  }
  return (pen - start) / dpr_;
}

void Canvas::text_in(std::string_view words, Rect r, float font, bool bold, Colour colour) {
  // Letters and digits in a circle look centred by their cap height, not by the line box.
  const float w = text_width(words, font, bold);
  text(words, r.x + (r.w - w) / 2, r.y + r.h / 2 + font * 0.365f, font, bold, colour);
}

}  // namespace tongban::ui
