// Errors as application/problem+json (RFC 9457), with the sentence for residents in both languages.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/error.h"
#include "shared/base/expected.h"

namespace tongban::wire::json {

struct Problem {
  int status = 400;
  std::string code;    ///< ErrorCode::name
  std::string zh, en;  ///< sentences with their argument in place
  std::string field;   ///< Error::where; empty: none
  bool operator==(const Problem&) const = default;
};

/// `detail` of the error stays behind: it is for operators.
Problem problem_of(const Error& error, int status);

std::string write_problem(const Problem& problem);
Expected<Problem> read_problem(std::string_view text);

}  // namespace tongban::wire::json
