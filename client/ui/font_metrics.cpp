#include "client/ui/font_metrics.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "client/ui/utf8.h"

namespace tongban::ui {
namespace {

/// Big-endian reads that answer 0 beyond the end, so a cut file gives no characters instead of a crash.
struct Reader {
  ByteView bytes;
  std::uint16_t u16(std::size_t at) const {
    return at + 2 <= bytes.size() ? static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]) : std::uint16_t{0};
  }
  std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(u16(at)) << 16 | u16(at + 2); }
};

struct Table { std::size_t at = 0, size = 0; };

Table find_table(const Reader& r, std::string_view tag) {
  const std::size_t count = r.u16(4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = 12 + 16 * i;
    if (at + 16 > r.bytes.size()) break;
    if (std::memcmp(r.bytes.data() + at, tag.data(), 4) == 0) return {r.u32(at + 8), r.u32(at + 12)};
  }
  return {};
}

/// Calls `each(character, glyph)` for a cmap subtable of format 4 or 12.
template <typename Each>
void walk_cmap(const Reader& r, std::size_t at, Each each) {
  if (r.u16(at) == 12) {
    const std::uint32_t groups = std::min<std::uint32_t>(r.u32(at + 12), 65536);
    for (std::uint32_t i = 0; i < groups; ++i) {
      const std::size_t g = at + 16 + 12 * std::size_t{i};
      const std::uint32_t first = r.u32(g), last = std::min<std::uint32_t>(r.u32(g + 4), 0x10FFFF), glyph = r.u32(g + 8);
      for (std::uint32_t c = first; c <= last && last - first < 0x20000; ++c) each(c, glyph + (c - first));
    }
  } else if (r.u16(at) == 4) {
    const std::size_t segments = r.u16(at + 6) / 2u;
    for (std::size_t i = 0; i < segments; ++i) {
      const std::size_t end_at = at + 14 + 2 * i, start_at = end_at + 2 * segments + 2;
      const std::uint16_t end = r.u16(end_at), start = r.u16(start_at), delta = r.u16(start_at + 2 * segments);
      const std::size_t range_at = start_at + 4 * segments;
      const std::uint16_t range = r.u16(range_at);
      for (std::uint32_t c = start; c <= end && c != 0xFFFF; ++c) {
        std::uint16_t glyph = 0;
        if (range == 0) glyph = static_cast<std::uint16_t>(c + delta);
        else if (const std::uint16_t raw = r.u16(range_at + range + 2 * (c - start))) glyph = static_cast<std::uint16_t>(raw + delta);
        if (glyph != 0) each(c, glyph);
      }
    }
  }
}

/// The subtable with the most characters: full Unicode (format 12) before the basic plane.
std::size_t best_cmap(const Reader& r, std::size_t cmap) {
  std::size_t best = 0;
  const std::size_t count = r.u16(cmap + 2);
  for (std::size_t i = 0; i < count && i < 32; ++i) {
    const std::size_t at = cmap + r.u32(cmap + 8 + 8 * i);
    const std::uint16_t format = r.u16(at);
    if (format == 12) return at;
    if (format == 4) best = at;
  }
  return best;
}

}  // namespace

bool FontMetrics::add(ByteView font) {
  const Reader r{font};
  const Table head = find_table(r, "head"), hhea = find_table(r, "hhea"), hmtx = find_table(r, "hmtx"), cmap = find_table(r, "cmap");
  if (head.size == 0 || hhea.size == 0 || hmtx.size == 0 || cmap.size == 0) return false;
  const float units = r.u16(head.at + 18);
  const std::uint32_t metrics = r.u16(hhea.at + 34);
  const std::size_t subtable = best_cmap(r, cmap.at);
  if (units <= 0 || metrics == 0 || subtable == 0) return false;
  if (slices_++ == 0) {
    ascent_ = static_cast<float>(static_cast<std::int16_t>(r.u16(hhea.at + 4))) / units;
    descent_ = -static_cast<float>(static_cast<std::int16_t>(r.u16(hhea.at + 6))) / units;
    basic_.assign(0x10000, 0xFFFF);
  }
  walk_cmap(r, subtable, [&](std::uint32_t c, std::uint32_t glyph) {
    const std::size_t row = std::min(glyph, metrics - 1);
    const float em = r.u16(hmtx.at + 4 * row) / units;
    const auto packed = static_cast<std::uint16_t>(std::min(em * 4096.f + 0.5f, 65534.f));
    if (c >= 0x10000) rest_.emplace(static_cast<char32_t>(c), packed);
    else if (basic_[c] == 0xFFFF) basic_[c] = packed;
  });
  return true;
}

float FontMetrics::advance(char32_t c) const {
  std::uint16_t packed = 0xFFFF;
  if (c < 0x10000) {
    if (!basic_.empty()) packed = basic_[c];
  } else if (const auto found = rest_.find(c); found != rest_.end()) {
    packed = found->second;
  }
  return packed == 0xFFFF ? -1.f : static_cast<float>(packed) / 4096.f;
}

float Faces::advance(char32_t c, bool strong) const {
  if (strong) {
    if (const float em = bold.advance(c); em >= 0) return em;
  }
  if (const float em = regular.advance(c); em >= 0) return em;
  return is_wide(c) ? 1.f : 0.56f;
}

bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) || c >= 0x1F300 || c == 0x2014 || c == 0x2026 ||
         c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x00B7;
}

float rough_ems(std::string_view words) {
  float ems = 0;
  for (std::size_t at = 0; at < words.size();) ems += is_wide(next_character(words, at)) ? 1.f : 0.6f;
  return ems;
}

}  // namespace tongban::ui
