#include "server/platform/log.h"

#include <unistd.h>

#include <string>

#include "server/platform/clock.h"

namespace tongban::platform {

void log(Level level, std::string_view what) {
  static constexpr std::string_view names[] = {"info ", "warn ", "fault"};
  std::string line = to_rfc3339(SystemClock{}.now()) + ' ' + std::string(names[static_cast<int>(level)]) + ' ';
  line.append(what).append("\n");
  // One write, so that lines of two threads don't mix; a full disk behind stderr is nobody's to mend here.
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

void log(Level level, std::string_view what, const Error& error) {
  std::string line(what);
  line.append(": ").append(error.code->en);
  if (!error.where.empty()) line.append(" (").append(error.where).append(")");
  if (!error.detail.empty()) line.append(" ").append(error.detail);
  log(level, line);
}

}  // namespace tongban::platform
