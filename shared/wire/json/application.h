// The body of POST /api/v1/submissions and of POST /api/v1/staff/cases: an application as JSON, both directions.
// Strict: an unknown member, a wrong type or a missing member is json_errors::…, `where` is the JSON pointer.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::wire::json {

std::string write_application(const casework::Application& application);
Expected<casework::Application> read_application(std::string_view text);

}  // namespace tongban::wire::json
