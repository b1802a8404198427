#include "client/platform/browser/rehearsal.h"

#include <utility>

#include "client/platform/browser/drawing.h"

namespace tongban::platform {

void Rehearsal::again() {
  finish();
  over_ = false;
}

void Rehearsal::finish() {
  *this = Rehearsal();
  over_ = true;
}

void Rehearsal::play(Program& program, Fonts& fonts, Layers& layers, ui::Input input, const ui::PaintState& paint, float gutter) {
  switch (act_) {
    case Act::Describe:
      act_ = Act::Paint;
      describe(program, fonts, input, gutter);
      break;
    case Act::Paint:
      act_ = Act::Compare;
      // What is drawn before all fonts are here would be drawn again.
      if (fonts.main_on_its_way()) return;
      if (scene_ == 0) make_room();
      for (const ui::LayerFrame& frame : frames_) layers.rehearse(tree_, frame, paint, fonts, input.dpr);
      break;
    case Act::Compare:
      twin_.update(tree_);
      act_ = Act::Describe;
      ++scene_;
      break;
  }
}

void Rehearsal::describe(Program& program, const Fonts& fonts, ui::Input& input, float gutter) {
  std::swap(tree_, before_);
  input.action = nullptr;
  input.last = &before_;
  input.last_fits = true;
  ui::Ui ui(input, tree_);
  if (!program.rehearse(ui, scene_)) return finish();
  frames_ = ui::layout_screen(tree_, fonts.faces(), {input.width, input.height, gutter});
}

}  // namespace tongban::platform
