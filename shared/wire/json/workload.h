// GET /api/v1/staff/counts: how many cases stand on which list of which centre, and since when the oldest; and whose letters
// wait too long, on either side. Never a number, a name or an item of a case.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/view.h"

namespace tongban::wire::json {

std::string write_workload(const casework::Workload& workload);
Expected<casework::Workload> read_workload(std::string_view text);

}  // namespace tongban::wire::json
