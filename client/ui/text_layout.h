// Breaks text into lines as Chinese wants it: between any two characters, but no line starts with ，。、；：？！
// or ends with an opening bracket, and Latin words and numbers stay whole. Widths are in logical pixels.
#pragma once

#include "client/ui/font_metrics.h"
#include "client/ui/tree.h"

namespace tongban::ui {

/// May a line end between these two characters?
bool may_break(char32_t before, char32_t after);

/// Width of the text on one line (the longest of its forced lines).
float natural_text_width(const Tree& tree, const Node& node, const Faces& faces);
/// Width of its longest piece that shouldn't be broken.
float least_text_width(const Tree& tree, const Node& node, const Faces& faces);
/// Appends the lines for this width to tree.lines, sets the node's range, and returns the height.
float break_text(Tree& tree, Node& node, float width, const Faces& faces);

/// Extra space after each character of identity and case numbers, in em.
inline constexpr float tabular_spacing = 0.05f;

}  // namespace tongban::ui
