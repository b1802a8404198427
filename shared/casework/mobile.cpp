#include "shared/casework/mobile.h"

#include <algorithm>

#include "shared/casework/text.h"

namespace tongban::casework {

std::string plain_mobile(std::string_view typed) {
  std::u32string kept;
  for (const char32_t point : code_points(typed)) {
    const char32_t plain = plain_width(point);
    if (plain != U' ' && plain != U'-' && plain != U'\t' && plain != U'\n' && plain != U'\r') kept.push_back(plain);
  }
  if (kept.starts_with(U"+86")) kept.erase(0, 3);
  if (kept.size() == 13 && kept.starts_with(U"86")) kept.erase(0, 2);
  return utf8(kept);
}

Expected<std::string> read_mobile(std::string_view typed) {
  std::string number = plain_mobile(typed);
  const bool digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return mobile_errors::Form;
  if (number.size() != 11) return Error(mobile_errors::Length).with(std::to_string(number.size()));
  if (number[0] != '1' || number[1] < '3') return mobile_errors::Form;
  return number;
}

}  // namespace tongban::casework
