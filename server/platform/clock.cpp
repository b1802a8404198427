#include "server/platform/clock.h"

#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace tongban::platform {

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const auto got = ::getrandom(out.data() + done, out.size() - done, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();
    done += static_cast<std::size_t>(got);
  }
}

}  // namespace tongban::platform
