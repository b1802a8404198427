// A program whose memory runs out at a chosen allocation: `tongban_short`, which is `tongban` with an operator new of its own
// (shortage_program.cpp). Both see the same plan, in memory that they share.
#pragma once

#include <atomic>
#include <cstdint>

namespace tongban::tests {

struct ShortagePlan {
  static constexpr const char* variable = "TONGBAN_SHORTAGE";  ///< names the descriptor of it
  std::atomic<std::uint64_t> allocations, fails_at;
};

/// Of every `tongban_short` that is started while it lives; one at a time.
class Shortage {
 public:
  Shortage();
  ~Shortage();
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;

  /// The n-th allocation from now on; 0: none.
  void fail_at(std::uint64_t n);
  /// Since fail_at was called.
  std::uint64_t allocations() const { return plan_->allocations; }

 private:
  int fd_;
  ShortagePlan* plan_;
};

}  // namespace tongban::tests
