#include "server/store/disk.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "server/store/errors.h"

namespace tongban::store {

void stop_for_the_disk(std::string_view what) {
  const std::string line = "the disk no longer syncs; stopping so that nothing is promised falsely: " + std::string(what) + '\n';
  // Whoever reads this may have stopped, and the process must end.
  pollfd room{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&room, 1, 0) > 0) [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.data(), line.size());
  std::_Exit(74);
}

Expected<void> sync_path(const std::filesystem::path& path) {
  const int opened = uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
  const bool synced = opened >= 0 && uninterrupted([&] { return ::fsync(opened); }) == 0;
  const Error failed(store_errors::Failed, path.string(), std::strerror(errno));
  if (opened >= 0) ::close(opened);
  return synced ? Expected<void>() : failed;
}

}  // namespace tongban::store
