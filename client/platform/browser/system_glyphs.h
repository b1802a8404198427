// The exceptional character: drawn once by the browser with the system's fonts and put into ImGui's atlas.
//
// For names in characters that none of our slices has. Slow (milliseconds a character), so only when all slices that
// could have it have been answered.
#pragma once

#include <map>
#include <tuple>

#include "client/ui/paint/canvas.h"

namespace tongban::platform {

class Fonts;

class SystemGlyphs final : public ui::GlyphSource {
 public:
  explicit SystemGlyphs(const Fonts& fonts) : fonts_(fonts) {}
  const Glyph* find(char32_t c, float em_pixels, bool bold) override;

 private:
  struct Kept {
    int rect = -1;
    Glyph glyph{};
  };
  bool draw(char32_t c, int em, bool bold, Kept& kept) const;

  const Fonts& fonts_;
  std::map<std::tuple<char32_t, int, bool>, Kept> kept_;
};

}  // namespace tongban::platform
