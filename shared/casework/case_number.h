// The number that a resident reads out on the phone: "TB261124-7K3QF9WH".
//
// Year, month and day of storing; seven characters from the submission's id, so that the same application has the
// same number of that day wherever it comes in; a check character that finds every single wrong character and
// every two exchanged. Digits and capitals without I, L, O, U (Crockford's base 32).
#pragma once

#include <optional>
#include <string_view>

#include "shared/base/id.h"
#include "shared/base/time.h"

namespace tongban::casework {

/// `attempt` counts up when the number is taken at this node already (35 bits a day: hardly ever).
CaseNumber case_number(const SubmissionId& submission, Date stored_on, std::uint32_t attempt = 0);

/// What somebody typed or read out: small letters, spaces, missing dash, O for 0, I and L for 1. Nothing when the
/// check character doesn't fit.
std::optional<CaseNumber> read_case_number(std::string_view typed);

}  // namespace tongban::casework
