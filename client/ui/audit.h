// What a screen must never do, checked on the elements that it asked for: every control has a name, no two
// siblings share a key, nothing that can be pressed is smaller than a finger or has no room at all.
#pragma once

#include <string>
#include <vector>

#include "client/ui/twin.h"

namespace tongban::ui {

/// One sentence a fault; empty when the screen is sound. Run after layout.
std::vector<std::string> audit(const Tree& tree);

}  // namespace tongban::ui
