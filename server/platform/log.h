// What the operator reads: one line an event, on standard error. Never a name, a number of a person, an
// address of a client, or a case's secret; Error::detail keeps to the same rule.
#pragma once

#include <string_view>

#include "shared/base/error.h"

namespace tongban::platform {

enum class Level { Info, Warn, Fault };

void log(Level level, std::string_view what);
void log(Level level, std::string_view what, const Error& error);

}  // namespace tongban::platform
