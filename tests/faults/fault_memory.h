// SQLite's allocations, of which a chosen one fails.
#pragma once

#include <cstddef>

namespace tongban::faults {

class FaultMemory {
 public:
  /// Before anything else of SQLite; once is enough.
  static void install();
  /// The n-th allocation from now on fails, and so do `more` after it; 0: none does.
  static void fail_at(std::size_t n, std::size_t more = 0);
  /// Since fail_at was called.
  static std::size_t allocations();
};

}  // namespace tongban::faults
