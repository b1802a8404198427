// Text as people type it: code points, full-width forms, surrounding space.
#pragma once

#include <string>
#include <string_view>

namespace tongban::casework {

/// Code points of well-formed UTF-8; a broken octet counts as U+FFFD.
std::u32string code_points(std::string_view text);
std::string utf8(std::u32string_view points);
std::size_t count_characters(std::string_view text);

/// Without space at both ends (ASCII and ideographic), and with runs of space inside made one.
std::string tidy(std::string_view text);

/// Full-width ASCII forms (Ａ, ０, ＋) to plain ones, ideographic space to space.
char32_t plain_width(char32_t point);

}  // namespace tongban::casework
