#include "server/platform/memory.h"

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

namespace tongban::platform {
namespace {

[[noreturn]] void end() {
  static constexpr std::string_view line = "no memory is left; stopping so that nothing is done by halves\n";
  // Whoever reads this may have stopped, and the process must end.
  pollfd room{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&room, 1, 0) > 0) [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.data(), line.size());
  std::_Exit(71);
}

std::terminate_handler otherwise = nullptr;

/// Libraries that allocate past operator new throw by themselves.
[[noreturn]] void terminate() {
  if (const auto thrown = std::current_exception()) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
      end();
    } catch (...) {
    }
  }
  if (otherwise) otherwise();
  std::abort();
}

}  // namespace

void end_without_memory() {
  std::set_new_handler(end);
  otherwise = std::set_terminate(terminate);
}

}  // namespace tongban::platform
