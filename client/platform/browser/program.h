// What the stage shows: the portal (portal.h) and, in development, the page of components (components.h) as well.
#pragma once

#include <memory>
#include <string>

#include "client/platform/browser/message.h"
#include "client/ui/ui.h"

namespace tongban::platform {

struct Appearance {
  ui::Theme theme = ui::Theme::Light;
  ui::TypeSize type_size = ui::TypeSize::Normal;
  bool english = false;
  std::string_view skip = {};   ///< what the link past the navigation says
  bool operator==(const Appearance&) const = default;
};

class Program {
 public:
  virtual ~Program() = default;
  /// A message that isn't the stage's own: start, route, online, response, stored, deadline…
  virtual void receive(const Message& message) = 0;
  /// Runs the views. When `ui`'s input has an action, what it means is carried out before this returns.
  virtual void describe(ui::Ui& ui) = 0;
  virtual Appearance look() const = 0;
  /// What the first screen shows is here: before that, a page written beforehand says more than it could.
  virtual bool ready() const { return true; }
  /// A person is at the screen: they pointed, scrolled or pressed.
  virtual void touched(Instant) {}
  /// The name of a picture to be drawn for the person to keep, until it has been described.
  virtual std::string wanted_picture() const { return {}; }
  virtual void describe_picture(ui::Ui&) {}
  /// Runs the views of the `scene`-th screen that somebody may go to next, without going there; false: there is none.
  virtual bool rehearse(ui::Ui&, std::size_t /*scene*/) { return false; }
  /// The key of the control that should get the focus, once.
  virtual std::string take_focus() { return {}; }
};

/// Defined once in each module: official.cpp, development.cpp.
std::unique_ptr<Program> make_program();

}  // namespace tongban::platform
