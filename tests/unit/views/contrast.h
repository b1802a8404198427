// Whether what is painted can be read: every colour of words and signs against the colour that lies under it, as the
// painter draws them. axe can't see a canvas; this sees its draw calls.
#pragma once

#include <string>
#include <vector>

#include "client/ui/tokens.h"
#include "client/ui/tree.h"

namespace tongban::views {

/// One sentence for each pair that is too close: words below 4.5 to 1 (7 in the dark theme, which is for who sees badly),
/// signs below 3 to 1. Run after layout. With `touched`, each control is also looked at pointed to and pressed.
std::vector<std::string> contrast_faults(const ui::Tree& tree, ui::Theme theme, bool touched);

/// Of two opaque colours, 1 to 21, by WCAG 2.2.
double contrast(ui::Colour a, ui::Colour b);

}  // namespace tongban::views
