// Gives every node its rectangle: rows, columns, wrapping rows and grids, as in CSS flex and grid but simpler.
//
// First each box is measured for the width it will have (texts break, heights follow), then placed for the
// height it got. Boxes that grow share what is left; rows that are too narrow shrink what can be broken.
#pragma once

#include <vector>

#include "client/ui/font_metrics.h"
#include "client/ui/tree.h"

namespace tongban::ui {

/// Where a region stands in the window, and how tall its content is (more than h: it scrolls).
struct LayerFrame {
  Region region;
  int node;
  float x, y, w, h;
  float content_h;
};

struct Window {
  float width, height;
  float gutter = 0;       ///< what the page's scroll bar takes, if it takes room
};

/// Lays out the whole screen. Coordinates of nodes are relative to their region's content.
std::vector<LayerFrame> layout_screen(Tree& tree, const Faces& faces, const Window& window);

/// Lays out one box and what is in it at a given width; returns its height. For tests and parts.
float layout_box(Tree& tree, int node, const Faces& faces, float width);

}  // namespace tongban::ui
