// Walking over UTF-8. Malformed octets count as U+FFFD, one each, so that no text can stop the layout.
#pragma once

#include <cstdint>
#include <string_view>

namespace tongban::ui {

/// The character at `at`, which moves behind it.
inline char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (more == 0 || lead > 0xF4 || at + static_cast<std::size_t>(more) > text.size()) return 0xFFFD;
  char32_t c = lead & static_cast<std::uint8_t>(0x3F >> more);
  for (int i = 0; i < more; ++i) {
    const std::uint8_t tail = byte(at + static_cast<std::size_t>(i));
    if ((tail & 0xC0) != 0x80) return 0xFFFD;
    c = c << 6 | (tail & 0x3F);
  }
  at += static_cast<std::size_t>(more);
  return c;
}

}  // namespace tongban::ui
