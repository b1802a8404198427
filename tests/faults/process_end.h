// The end of the process as the code under test orders it, played: whoever orders it only stops, for good, and the test goes
// on to see what it has left.
#pragma once

#include <optional>

namespace tongban::faults {

class ProcessEnd {
 public:
  /// From now on it is played, in this process.
  static void play();
  /// What the process has ended with; nothing as long as it goes on. From any thread.
  static std::optional<int> code();
  /// Another process begins.
  static void forget();
};

}  // namespace tongban::faults
