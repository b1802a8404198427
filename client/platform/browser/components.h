// The page of components and states, for development: what visual.md and its first mock-up show, alive.
#pragma once

#include <memory>

#include "client/platform/browser/program.h"

namespace tongban::platform {

/// Its address in a development build.
inline constexpr std::string_view components_route = "/components";

std::unique_ptr<Program> make_components();

}  // namespace tongban::platform
