// What must be true of a town at every moment, and once it has come to rest.
#pragma once

#include <string>

#include "tests/journeys/town.h"

namespace tongban::journeys {

/// Empty when all is well; else the first thing that isn't.
std::string broken_now(const Town& town);
std::string broken_at_rest(const Town& town);

}  // namespace tongban::journeys
