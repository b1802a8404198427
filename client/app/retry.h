// When to try again what didn't get through: soon at first, then more rarely, and never a whole city in one second.
#pragma once

#include <optional>

#include "shared/base/time.h"
#include "shared/ports/random.h"

namespace tongban::app {

struct Retry {
  int attempts = 0;           ///< that didn't get through, one after the other
  std::optional<Instant> at;  ///< of the next one

  void later(Instant now, ports::Random& random);
  void reset() { *this = {}; }
  bool due(Instant now) const { return at && *at <= now; }
};

}  // namespace tongban::app
