// The two passes behind layout.h: heights for widths, then places for heights.
#pragma once

#include <vector>

#include "client/ui/font_metrics.h"
#include "client/ui/tree.h"

namespace tongban::ui {

class Measure {
 public:
  Measure(Tree& tree, const Faces& faces) : tree_(tree), faces_(faces) {}

  /// Height that the node wants at this width. Remembers the children's widths for place().
  float height(int node, float width);
  /// Fixes the node's rectangle and, within it, everything below.
  void place(int node, float x, float y, float width, float h);

 private:
  bool flows(const Node& child) const;
  std::vector<int> flowing_children(int node) const;
  float natural(int node);
  float least(int node);
  float content_width(int node, bool smallest);
  float base_width(const Node& child, int index);
  float text_height(Node& node, float width);

  float column_height(int node, float inner);
  float row_height(int node, float inner);
  float wrapped_height(int node, float inner);
  float grid_height(int node, float inner);
  void share_row(const std::vector<int>& children, float inner, float gap);
  void shrink_row(const std::vector<int>& children, float over);
  float column_child_width(const Node& parent, int child, float inner);

  bool shift_part(int node, float x, float y, float width, float h);
  void place_column(int node);
  void place_row(int node);
  void place_lines(int node);
  void place_covers(int node);
  float first_baseline(int node) const;

  Tree& tree_;
  const Faces& faces_;
};

}  // namespace tongban::ui
