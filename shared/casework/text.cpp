#include "shared/casework/text.h"

#include <cstdint>

namespace tongban::casework {

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    const std::size_t more = lead < 0x80 ? 0 : lead < 0xC2 ? 9 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 9;
    bool whole = more < 9 && i + more < text.size();
    char32_t point = more == 0 ? lead : static_cast<char32_t>(lead & (0x3F >> (more % 9)));
    for (std::size_t k = 1; whole && k <= more; ++k) {
      const auto next = static_cast<std::uint8_t>(text[i + k]);
      whole = (next & 0xC0) == 0x80;
      point = (point << 6) | (next & 0x3Fu);
    }
    points.push_back(whole ? point : U'\uFFFD');
    i += whole ? more + 1 : 1;
  }
  return points;
}

std::string utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t point : points) {
    const auto put = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xC0 | (point >> 6)), put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      put(0xE0 | (point >> 12)), put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
    } else {
      put(0xF0 | (point >> 18)), put(0x80 | ((point >> 12) & 0x3F)), put(0x80 | ((point >> 6) & 0x3F));
      put(0x80 | (point & 0x3F));
    }
  }
  return text;
}

std::size_t count_characters(std::string_view text) { return code_points(text).size(); }

char32_t plain_width(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) return point - 0xFEE0;
  if (point == 0x3000 || point == 0xA0) return U' ';
  return point;
}

std::string tidy(std::string_view text) {
  std::u32string kept;
  for (const char32_t point : code_points(text)) {
    const bool space = point == U' ' || point == U'\t' || point == U'\r' || point == U'\n' || point == 0x3000 || point == 0xA0;
    if (!space) {
      kept.push_back(point);
    } else if (!kept.empty() && kept.back() != U' ') {
      kept.push_back(U' ');
    }
  }
  if (!kept.empty() && kept.back() == U' ') kept.pop_back();
  return utf8(kept);
}

}  // namespace tongban::casework
