// What the operator reads: one line an event, on standard error. Never a name, a number of a person, an
// address of a client, or a case's secret; Error::detail keeps to the same rule.
//
// Nobody ever waits for whoever reads the log: intake goes on when that has stopped. Lines that find no room are dropped and
// counted, and the next that finds room comes after one that says how many.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "shared/base/error.h"

namespace tongban::platform {

enum class Level { Info, Warn, Fault };

void log(Level level, std::string_view what);
void log(Level level, std::string_view what, const Error& error);

/// Lines into a file, a pipe or a terminal that others write to as well. From any thread.
class LogLines {
 public:
  explicit LogLines(int fd) : fd_(fd) {}
  void put(Level level, std::string_view what);

 private:
  bool write(Level level, std::string_view what);

  int fd_;
  std::mutex mutex_;
  std::uint64_t dropped_ = 0;
};

}  // namespace tongban::platform
