#include "server/platform/log.h"

#include <poll.h>
#include <unistd.h>

#include <string>

#include "server/platform/clock.h"

namespace tongban::platform {
namespace {

/// Beyond PIPE_BUF (4,096 on Linux) a pipe that says it has room may take a part, and keep the writer waiting for the rest.
constexpr std::size_t longest_line = 4'000;

LogLines& standard_error() {
  static LogLines lines(STDERR_FILENO);
  return lines;
}

}  // namespace

// Asked before each line, since the descriptor's own mode is shared with whoever else has the terminal or the pipe.
bool LogLines::write(Level level, std::string_view what) {
  static constexpr std::string_view names[] = {"info ", "warn ", "fault"};
  pollfd room{fd_, POLLOUT, 0};
  if (::poll(&room, 1, 0) <= 0 || (room.revents & POLLOUT) == 0) return false;
  std::string line = to_rfc3339(SystemClock{}.now()) + ' ' + std::string(names[static_cast<int>(level)]) + ' ';
  line.append(what.substr(0, longest_line - line.size() - 1)).append("\n");
  // One write, so that lines of two processes don't mix; a full disk behind it is nobody's to mend here.
  [[maybe_unused]] const auto ignored = ::write(fd_, line.data(), line.size());
  return true;
}

void LogLines::put(Level level, std::string_view what) {
  const std::lock_guard lock(mutex_);
  if (dropped_ > 0 && write(Level::Warn, std::to_string(dropped_) + " lines of this log were dropped: nobody took them")) dropped_ = 0;
  if (dropped_ > 0 || !write(level, what)) ++dropped_;
}

void log(Level level, std::string_view what) { standard_error().put(level, what); }

void log(Level level, std::string_view what, const Error& error) {
  std::string line(what);
  line.append(": ").append(error.code->en);
  if (!error.where.empty()) line.append(" (").append(error.where).append(")");
  if (!error.detail.empty()) line.append(" ").append(error.detail);
  log(level, line);
}

}  // namespace tongban::platform
