#include "client/app/retry.h"

#include <algorithm>
#include <array>

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

/// After the first, second … attempt.
constexpr std::array<std::chrono::milliseconds, 5> waits = {5s, 20s, 60s, 3min, 10min};

}  // namespace

void Retry::later(Instant now, ports::Random& random) {
  const auto wait = waits[std::min<std::size_t>(static_cast<std::size_t>(attempts++), waits.size() - 1)];
  const auto chance = ports::fresh<std::array<std::uint8_t, 1>>(random);
  at = now + wait + wait * chance[0] / 1024;
}

}  // namespace tongban::app
