#include "client/platform/browser/system_glyphs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <emscripten.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "client/platform/browser/fonts.h"

// Coverage of one character, `side` × `side` octets, its baseline at 3/4 of the height. 0 when nothing was drawn.
EM_JS(int, tb_system_glyph, (int code, int em, int bold, std::uint8_t* out, int side), {
  const canvas = typeof OffscreenCanvas == 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(side, side);
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently : true });
  context.font = (bold ? '700 ' : '400 ') + em + 'px "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  context.fillText(String.fromCodePoint(code), Math.floor(side / 8), Math.floor(side * 3 / 4));
  const pixels = context.getImageData(0, 0, side, side).data;
  let any = 0;
  for (let i = 0; i < side * side; ++i) any |= (HEAPU8[out + i] = pixels[4 * i + 3]);
  return any ? 1 : 0;
});

namespace tongban::platform {

bool SystemGlyphs::draw(char32_t c, int em, bool bold, Kept& kept) const {
  const int side = em + em / 2;
  std::vector<std::uint8_t> coverage(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  if (!tb_system_glyph(static_cast<int>(c), em, bold, coverage.data(), side)) return false;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontAtlasRect place;
  kept.rect = atlas->AddCustomRect(side, side, &place);
  if (kept.rect == ImFontAtlasRectId_Invalid) return false;
  ImTextureData* texture = atlas->TexData;
  for (int y = 0; y < side; ++y) std::copy_n(coverage.data() + y * side, side, static_cast<std::uint8_t*>(texture->GetPixelsAt(place.x, place.y + y)));
  ImFontAtlasTextureBlockQueueUpload(atlas, texture, place.x, place.y, side, side);
  const auto s = static_cast<float>(side);
  kept.glyph = {-std::floor(s / 8), -std::floor(s * 3 / 4), s, s, 0, 0, 0, 0};
  return true;
}

const ui::GlyphSource::Glyph* SystemGlyphs::find(char32_t c, float em_pixels, bool bold) {
  if (!fonts_.settled(c)) return nullptr;
  const int em = static_cast<int>(std::lround(em_pixels));
  const auto [entry, fresh] = kept_.try_emplace({c, em, bold});
  Kept& kept = entry->second;
  if (fresh && !draw(c, em, bold, kept)) kept.rect = -1;
  // The atlas may have been repacked since: only it knows where the rectangle is now.
  ImFontAtlasRect place;
  if (kept.rect < 0 || !ImGui::GetIO().Fonts->GetCustomRect(kept.rect, &place)) return nullptr;
  kept.glyph.u0 = place.uv0.x;
  kept.glyph.v0 = place.uv0.y;
  kept.glyph.u1 = place.uv1.x;
  kept.glyph.v1 = place.uv1.y;
  return &kept.glyph;
}

}  // namespace tongban::platform
