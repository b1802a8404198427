// A draft in one code, for going on with it at home: a public browser shows it, somebody's own phone or tablet opens it.
//
// All of it stands in the address behind the #, which browsers send to nobody. It is not encrypted: a key would have to
// stand in the same code, and who can read one can read the other. Photos don't fit, and stay behind.
#pragma once

#include <optional>
#include <string>

#include "client/app/draft.h"

namespace tongban::app {

/// Digits, which a QR code packs best: 1, then 17 for each 7 octets of the draft's record, whose last 4 are a check.
std::string to_digits(const Draft& draft);
/// Nothing when a digit is missing or changed, or the draft is of a build that this one doesn't know.
std::optional<Draft> from_digits(std::string_view digits);

}  // namespace tongban::app
