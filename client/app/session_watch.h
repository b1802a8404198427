// The watch over a public browser: how long somebody has been at it, whether they still are, and the end of it.
//
// Only a staff sign-in makes a device public. Nothing is watched before the first thing that a person does, so that a
// device nobody is at rests.
#pragma once

#include <optional>

#include "client/app/model.h"

namespace tongban::app {

class SessionWatch {
 public:
  explicit SessionWatch(Model& model) : model_(model) {}

  /// A person did something: the quiet begins anew.
  void touch();
  /// "I am still here."
  void stay();
  /// True when nobody has answered in time: erase, now.
  bool tick();
  std::optional<Instant> next_deadline() const;

 private:
  /// Nobody was there in time, whether or not the device was awake to ask.
  bool over() const;

  Model& model_;
};

}  // namespace tongban::app
