#include "shared/casework/person_name.h"

#include "shared/casework/text.h"

namespace tongban::casework {
namespace {

constexpr std::size_t longest_name = 50;
constexpr char32_t dot = 0x00B7;

bool is_dot_lookalike(char32_t point) {
  return point == 0x2022 || point == 0x2027 || point == 0x30FB || point == 0xFF0E || point == 0xFF65 || point == 0x22C5 || point == 0x2219;
}

bool is_private_use(char32_t point) { return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000; }

bool is_latin_letter(char32_t point) {
  const bool ascii = (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
  return ascii || (point >= 0xC0 && point <= 0x24F && point != 0xD7 && point != 0xF7);
}

bool is_variation_selector(char32_t point) { return point >= 0xE0100 && point <= 0xE01EF; }

bool may_stand_in_name(char32_t point) {
  return is_han(point) || is_latin_letter(point) || is_variation_selector(point) || point == dot || point == U' ' || point == U'-' || point == U'\'' ||
         point == 0x2019;
}

}  // namespace

bool is_han(char32_t point) {
  return (point >= 0x3400 && point <= 0x4DBF) || (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
         (point >= 0x20000 && point <= 0x323AF) || point == 0x3007;
}

std::string plain_name(std::string_view typed) {
  std::u32string points = code_points(tidy(typed));
  for (char32_t& point : points) point = is_dot_lookalike(point) ? dot : plain_width(point);
  return utf8(points);
}

Expected<std::string> read_name(std::string_view typed) {
  std::string name = plain_name(typed);
  const std::u32string points = code_points(name);
  if (points.size() > longest_name) return name_errors::TooLong;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t point = points[i];
    if (is_variation_selector(point)) continue;
    if (is_private_use(point)) return name_errors::PrivateUse;
    if (!may_stand_in_name(point)) return Error(name_errors::Character).with(utf8({&points[i], 1}));
    const bool at_end = i == 0 || i + 1 == points.size();
    if (point == dot && (at_end || points[i - 1] == dot)) return name_errors::Dot;
  }
  return name;
}

}  // namespace tongban::casework
