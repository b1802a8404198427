// Plays the screens that people go to next, into the void, while nobody does anything.
//
// A browser compiles a function of the module when it is first called, and a character is drawn into the atlas when it
// is first shown: both made the first frame of each kind of screen two or three times as long as the next. So each kind
// is described, laid out, painted and compared once beforehand: into a list that no canvas shows, of which only the new
// characters reach the GPU. In short acts: somebody may be about to press something, and waits for one act at most.
#pragma once

#include <vector>

#include "client/platform/browser/fonts.h"
#include "client/platform/browser/layers.h"
#include "client/platform/browser/program.h"
#include "client/ui/layout.h"
#include "client/ui/twin.h"

namespace tongban::platform {

class Rehearsal {
 public:
  bool over() const { return over_; }
  /// From the beginning: the characters that were drawn are no longer in the atlas.
  void again();
  /// Plays one act, as the screen would be in `input`'s window.
  void play(Program& program, Fonts& fonts, Layers& layers, ui::Input input, const ui::PaintState& paint, float gutter);

 private:
  void describe(Program& program, const Fonts& fonts, ui::Input& input, float gutter);
  void finish();

  enum class Act : std::uint8_t { Describe, Paint, Compare };
  Act act_ = Act::Describe;
  std::size_t scene_ = 0;
  bool over_ = false;
  ui::Tree tree_, before_;
  std::vector<ui::LayerFrame> frames_;
  ui::Twin twin_;
};

}  // namespace tongban::platform
