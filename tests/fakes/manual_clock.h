// A clock that stands until a test moves it, whichever thread looks at it.
#pragma once

#include <atomic>

#include "shared/ports/clock.h"

namespace tongban::fakes {

class ManualClock : public ports::Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  ManualClock(const ManualClock& other) : now_(other.now()) {}
  ManualClock& operator=(const ManualClock&) = delete;
  Instant now() const override { return now_; }
  void advance(std::chrono::milliseconds by) { now_ = now() + by; }
  void set(Instant now) { now_ = now; }

 private:
  std::atomic<Instant> now_;
};

}  // namespace tongban::fakes
