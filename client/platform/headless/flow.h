// The same tree without geometry: elements with classes, which client/shell/flow.css lets flow.
//
// Used three ways: written as HTML for prerendered pages and for print (html.h), and, where there is no WebGL2,
// kept up to date in the page through the same keyed diff as the canvas's twin.
#pragma once

#include <vector>

#include "client/ui/twin.h"

namespace tongban::headless {

/// The parent of the topmost records: the page's own element.
inline constexpr ui::Id page_parent = 7;

/// Elements in document order. Icons are <svg> records whose attribute "markup" holds their inside.
std::vector<ui::TwinRecord> flow_records(const ui::Tree& tree);

}  // namespace tongban::headless
