// The mobile number (手机号): 11 digits, 1 then 3 to 9.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"

namespace tongban::casework {

namespace mobile_errors {
inline constexpr ErrorCode Length{"mobile.length", "手机号要 11 位，现在是 {} 位", "The mobile number needs 11 digits; you have {}"};
inline constexpr ErrorCode Form{"mobile.form", "手机号以 13 到 19 开头，只有数字，请再核一遍",
                                "A mobile number begins with 13 to 19 and has digits only; please check it"};
}  // namespace mobile_errors

/// Full-width digits made plain; spaces, dashes and a leading +86 taken out.
std::string plain_mobile(std::string_view typed);

/// The 11 digits. Form, Length.
Expected<std::string> read_mobile(std::string_view typed);

}  // namespace tongban::casework
