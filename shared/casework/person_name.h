// Names of people: Han characters down to the rarest extension, "·" inside, and Latin names.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"

namespace tongban::casework {

namespace name_errors {
inline constexpr ErrorCode TooLong{"name.too_long", "姓名太长了，最多 50 个字", "The name is too long; 50 characters at most"};
inline constexpr ErrorCode Character{"name.character", "姓名里有不能用的符号“{}”", "The name has a character that cannot be used: “{}”"};
inline constexpr ErrorCode PrivateUse{"name.private_use", "姓名里有一个字别的机器显示不出，请换手写输入法再输",
                                      "One character of the name shows on this device only; please enter it by handwriting"};
inline constexpr ErrorCode Dot{"name.dot", "“·”只能在两个字中间", "“·” can only stand between two characters"};
}  // namespace name_errors

/// Tidied, and every dot that people type for it (•‧・．) made "·" (U+00B7).
std::string plain_name(std::string_view typed);

/// TooLong, Character, PrivateUse, Dot. An empty name is no error here: whether it is needed is asked elsewhere.
Expected<std::string> read_name(std::string_view typed);

/// A Han character, in any block of Unicode up to extension H, or 〇.
bool is_han(char32_t point);

}  // namespace tongban::casework
