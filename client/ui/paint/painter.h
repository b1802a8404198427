// Paints one region of a laid-out tree. What the pointer is over, and what is pressed, only change colours.
#pragma once

#include "client/ui/input.h"
#include "client/ui/paint/canvas.h"
#include "client/ui/tokens.h"
#include "client/ui/tree.h"

namespace tongban::ui {

struct PaintState {
  Id hover = 0, press = 0;
  Theme theme = Theme::Light;
  float spin = 0;               ///< phase of spinners, in turns; stands still with reduced motion
};

class Painter {
 public:
  Painter(const Tree& tree, const PaintState& state, Canvas& canvas);

  /// Everything in the region whose rectangle meets the band from `top` to `bottom`.
  void region(int node, float top, float bottom);
  /// Did something painted move by itself?
  bool moving() const { return moving_; }

 private:
  void node(int index);
  void children(const Node& n);
  void skin(const Node& n, int index);
  void control_skin(const Node& n, Rect r, bool hovered, bool pressed);
  void bar_skin(const Node& n, Rect r, bool hovered, bool pressed);
  void segment_skin(const Node& n, Rect r, bool touched);
  void hover_fill(const Node& n, int index, Colour colour);
  void row_fill(const Node& n, int index, Colour colour);
  void dividers(const Node& n);

  void words(const Node& n);
  void run_part(const Node& n, const RunRef& run, std::uint32_t from, std::uint32_t to, float& x, float base, float line_top);
  void mark(const Node& n);
  void connector(const Node& n);
  void segments(const Node& n);
  void modules(const Node& n);
  void tick(const Node& n, int index);
  void logo(const Node& n);
  void spinner(const Node& n);

  bool beyond(const Node& n) const;
  Rect near_band(const Node& n) const;
  bool is_hovered(int index) const { return owned_by(index, state_.hover, flag::Hovered); }
  bool is_pressed(int index) const { return owned_by(index, state_.press, flag::Pressed); }
  bool owned_by(int index, Id id, std::uint32_t posed) const;
  Colour tone(Tone tone, const Node& n) const;
  Rect rect(const Node& n) const { return {n.x, n.y, n.w, n.h}; }

  const Tree& tree_;
  const PaintState& state_;
  const Palette& p_;
  Canvas& c_;
  float top_ = 0, bottom_ = 0;
  bool on_toast_ = false, on_rail_ = false;   // on dark ground whatever the theme
  bool moving_ = false;
};

}  // namespace tongban::ui
