// Nothing wakes a resting portal but what it shows: centres open and close while somebody looks at them.
#pragma once

#include <optional>

#include "client/app/model.h"

namespace tongban::app {

/// The next opening or closing of a centre on the screen.
std::optional<Instant> next_turn_shown(const Model& model);

}  // namespace tongban::app
