// The time of day, supplied by the shells. Rules never ask for it: they are given an Instant.
#pragma once

#include "shared/base/time.h"

namespace tongban::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

}  // namespace tongban::ports
