// The stage between the shell and the program: runs the views, lays out, paints, and sends what changed.
//
// Lives on one thread (the portal's worker, or the page's where a worker has no WebGL2). Nothing happens between
// messages: frame() is called after some, and answers whether it wants to be called again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/platform/browser/fonts.h"
#include "client/platform/browser/layers.h"
#include "client/platform/browser/program.h"
#include "client/platform/browser/rehearsal.h"
#include "client/ui/layout.h"
#include "client/ui/twin.h"

namespace tongban::platform {

/// What a frame leaves to be done: nothing, another one soon, or what can wait until nobody does anything.
enum class Wish : std::uint8_t { Nothing, Frame, Rehearsal };

class Stage {
 public:
  explicit Stage(std::unique_ptr<Program> program) : program_(std::move(program)) {}

  void receive(const Message& message);
  /// Draws when something has changed.
  Wish frame(double now_ms);
  /// Plays an act of what may come next (rehearsal.h); false: there is no other.
  bool rehearse();
  /// One fault a line; empty when the screen is sound.
  std::string audit_report() const;

 private:
  bool own_message(const Message& message);
  void start(const Message& message);
  void resize(const Message& message);
  void act(const Message& message);
  void font(const Message& message);
  void act_on_views(const ui::Action& action);
  void describe();
  void warm_up();
  Wish at_rest() const;
  void run_views(ui::Tree& tree);
  int new_parts() const;
  void send_frame(const std::string& operations);
  void draw_picture();
  void print_screen();
  void send_appearance();
  void send_extras();
  void send_focus();
  void send_flow_page();
  void ask_for_fonts();

  std::unique_ptr<Program> program_;
  ui::Input input_;
  ui::Memory memory_;
  ui::Tree tree_, spare_;      ///< what is shown, and what the next screen is described into
  ui::Twin twin_;
  Fonts fonts_;
  Layers layers_;
  Rehearsal rehearsal_;
  ui::PaintState paint_;
  /// What a screen is laid out for. Parts of one go into the next only when all of it is the same.
  struct Ground {
    float width = 0, height = 0, gutter = 0;
    ui::TypeSize type_size{};
    bool english = false;
    std::size_t fonts = 0;
    bool operator==(const Ground&) const = default;
  };
  std::optional<Ground> ground_;   ///< of tree_, once the twin knows it
  Ground next_ground_;
  std::vector<ui::LayerFrame> frames_;
  float gutter_ = 0, scroll_y_ = 0;
  std::optional<float> arrival_y_;   // where the page that is on its way will stand
  bool started_ = false, drawable_ = false, stale_ = true, repaint_ = true, quiet_ = false, shown_ = false;
  bool warm_ = false;      ///< warm_up() has been called
  bool written_ = false;   ///< the page shows this screen already, written beforehand
  std::vector<ui::TwinRecord> flow_;   ///< without WebGL2: what the page shows
  std::optional<Appearance> appearance_;
  std::string title_, route_;
  std::vector<std::string> announced_;
};

}  // namespace tongban::platform
