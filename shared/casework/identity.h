// The citizen identity number (公民身份号码, GB 11643-1999): what is typed, what is wrong with it, what it says.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/base/time.h"

namespace tongban::casework {

namespace identity_errors {
inline constexpr ErrorCode Length{"identity.length", "身份证号要 18 位，现在是 {} 位", "The ID number needs 18 characters; you have {}"};
inline constexpr ErrorCode OldForm{"identity.old_form", "15 位是旧号，请填现在身份证上的 18 位号",
                                   "15 digits is the old form; please fill in the 18 characters on the present card"};
inline constexpr ErrorCode Character{"identity.character", "身份证号只有数字，最后一位可以是 X",
                                     "The ID number has digits only; the last character may be X"};
inline constexpr ErrorCode NotADate{"identity.date", "第 7 到 14 位是生日，现在不是一个日子", "Characters 7–14 must be a birth date"};
inline constexpr ErrorCode Future{"identity.future", "第 7 到 14 位是生日，现在这个日子还没到",
                                  "Characters 7–14 are the birth date, and this one is still to come"};
inline constexpr ErrorCode TooOld{"identity.too_old", "第 7 到 14 位是生日，请对着身份证核一下年份",
                                  "Characters 7–14 are the birth date; please compare the year with the card"};
inline constexpr ErrorCode Area{"identity.area", "前 6 位是地区代码，现在这个没有，请对着身份证核一下",
                                "Characters 1–6 are the area; there is none like this; please compare with the card"};
inline constexpr ErrorCode Checksum{"identity.checksum", "这 18 位里有一位不对，请对着身份证再核一遍",
                                    "One of the 18 characters is wrong; please compare with the card"};
}  // namespace identity_errors

enum class Sex : std::uint8_t { Female, Male };

/// What a correct number says.
struct Identity {
  std::string number;  ///< 18 characters, the last may be 'X'
  Date birth{};
  Sex sex = Sex::Female;  ///< as the 17th digit has it
};

/// Full-width digits made plain, spaces and dashes taken out, x made X. Anything else stays as it was.
std::string plain_identity(std::string_view typed);

/// Length, OldForm, Character, Area, NotADate, Future, TooOld, Checksum: the first that applies, in the order in
/// which a person would look at the number. `today` is the day at the centres.
Expected<Identity> read_identity(std::string_view typed, Date today);

/// Full years on `day` (周岁): on the birthday itself the year is full; born on 29 February, on 1 March of other years.
int age_on(Date birth, Date day);

/// "310109********1234" with as many stars as characters.
std::string masked_identity(std::string_view number);

}  // namespace tongban::casework
