// Sealed applications of marked demo people, as portals would hand them in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tongban::bench {

/// JSON bodies for POST /api/v1/submissions, each with an id of its own; about 1.8 KB. Empty on a fault, which is printed.
std::vector<std::string> sealed_applications(std::size_t count);

}  // namespace tongban::bench
