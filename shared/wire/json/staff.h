// Signing in: POST /api/v1/staff/session and its answer, which GET gives too.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/view.h"

namespace tongban::wire::json {

struct SignIn {
  std::string account, password;
};

std::string write_sign_in(const SignIn& sign_in);
Expected<SignIn> read_sign_in(std::string_view text);

std::string write_staff_session(const casework::StaffSession& session);
Expected<casework::StaffSession> read_staff_session(std::string_view text);

}  // namespace tongban::wire::json
