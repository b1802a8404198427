// The mind of the portal: events come in, effects go out; between them a Model that the views read.
//
// Owned by the platform, on one thread. Nothing waits: requests to network and store are effects, their answers are
// events. After each call the platform carries out the effects in order and, when something changed, draws again.
#pragma once

#include <memory>

#include "client/app/effect.h"
#include "client/app/event.h"
#include "client/app/intent.h"
#include "client/app/model.h"
#include "shared/base/bytes.h"
#include "shared/ports/random.h"

namespace tongban::app {

class App {
 public:
  explicit App(ports::Random& random);
  ~App();
  App(const App&) = delete;

  Effects handle(const Event& event);
  /// What the views returned; `now` is the time of the event that they were run for.
  Effects apply(const Intents& intents, Instant now);
  /// A person is there, though they changed nothing: they read, scrolled, pointed.
  void touch(Instant now);
  const Model& model() const;
  /// The model as it would be on another screen, with the lists of that screen: for views that are tried out before
  /// anybody goes there. Nothing is asked for and nothing changes.
  Model foresee(Route route) const;

  /// For the prerenderer and tests: a catalogue that needs no verifying, compiled by the same build.
  void lend(catalogue::Catalogue catalogue, const catalogue::Pinyin& pinyin, Instant now);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tongban::app
