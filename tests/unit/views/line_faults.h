// What would look broken on a laid-out screen though every control has its name and its room: words that end in the
// middle, labels that leave one character alone, things that reach out of the box around them.
#pragma once

#include <string>
#include <vector>

#include "client/ui/tree.h"

namespace tongban::views {

/// One sentence a fault; empty when nothing is cut, covered or broken. Run after layout; `width` is the window's.
std::vector<std::string> line_faults(const ui::Tree& tree, float width);

}  // namespace tongban::views
