#include "server/platform/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "server/platform/files.h"

namespace tongban::platform {

Expected<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "node.lock";
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, static_cast<mode_t>(Mode::Private)));
  if (file.get() < 0) return Error(file_errors::Unwritable, path.string(), reason(errno));
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return FolderLock(std::move(file));
  if (errno == EWOULDBLOCK) return Error(folder_errors::Taken, folder.string());
  return Error(file_errors::Unwritable, path.string(), reason(errno));
}

}  // namespace tongban::platform
