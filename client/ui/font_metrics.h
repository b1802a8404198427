// How wide characters are, read from the font files themselves: layout needs no rasteriser, so it runs in
// tests and for HTML too, and off-screen text costs no glyph.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/bytes.h"

namespace tongban::ui {

/// One face out of one or more font files ("slices"), the first that has a character wins.
class FontMetrics {
 public:
  /// Reads head, hhea, hmtx and cmap of an OpenType file. False when it isn't one; nothing changes then.
  bool add(ByteView font);

  /// In em; negative when no slice has the character.
  float advance(char32_t c) const;
  bool has(char32_t c) const { return advance(c) >= 0; }
  bool empty() const { return slices_ == 0; }
  /// Height of ascent and descent in em (1.448 for Noto Sans SC). Rasterisers that take "pixel height" want
  /// the em size multiplied by this.
  float extent() const { return ascent_ + descent_; }
  float ascent() const { return ascent_; }
  float descent() const { return descent_; }

 private:
  std::vector<std::uint16_t> basic_;                 ///< 1/4096 em, 0xFFFF = missing; the first 64 Ki characters
  std::unordered_map<char32_t, std::uint16_t> rest_;
  float ascent_ = 1.16f, descent_ = 0.288f;
  int slices_ = 0;
};

/// The two weights. A character without a bold form is measured and painted in the regular one.
struct Faces {
  FontMetrics regular, bold;

  /// In em; a character that nobody has is counted as one em when wide, else as 0.56.
  float advance(char32_t c, bool strong) const;
};

/// Han, kana, full-width forms and the like: one em wide, may be broken before and after.
bool is_wide(char32_t c);

/// About how wide words are, in em, where no font is known yet: views describe before anything is measured.
float rough_ems(std::string_view words);

}  // namespace tongban::ui
