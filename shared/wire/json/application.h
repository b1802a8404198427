// The bodies of POST /api/v1/submissions, an application as JSON, and of POST /api/v1/staff/cases: both directions.
// Strict: an unknown member, a wrong type or a missing member is json_errors::…, `where` is the JSON pointer.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::wire::json {

std::string write_application(const casework::Application& application);
Expected<casework::Application> read_application(std::string_view text);

/// What a window files: the application's members, and beside them, since its octets are sealed again here, what they said before.
struct WalkIn {
  casework::Application application;
  CentreId chosen;  ///< for which the resident had sealed what was carried; empty: nothing was
};
std::string write_walk_in(const WalkIn& walk_in);
Expected<WalkIn> read_walk_in(std::string_view text);

}  // namespace tongban::wire::json
