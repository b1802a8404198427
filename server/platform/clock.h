// The machine's clock and randomness, behind the ports of shared/.
#pragma once

#include "shared/ports/clock.h"
#include "shared/ports/random.h"

namespace tongban::platform {

class SystemClock final : public ports::Clock {
 public:
  Instant now() const override;
};

/// The kernel's generator; ends the process when it fails, since nothing safe can be done without it.
class SystemRandom final : public ports::Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace tongban::platform
