#include "tests/faults/fault_files.h"

#include <fcntl.h>
#include <sys/types.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <optional>
#include <utility>

namespace tongban::faults {
namespace {

enum class Kind { Other, Sync, Transfer, Name };

struct Plan {
  std::size_t operation = 0, sync = 0;
  FileFault how = FileFault::Error;
  int error = 0;
};
Plan plan;
std::size_t operations = 0, syncs = 0;
std::function<void()> look_before_syncs;

/// How this operation fails; nothing when it doesn't.
std::optional<FileFault> met(Kind kind) {
  ++operations;
  if (kind == Kind::Sync) ++syncs;
  if (kind == Kind::Sync && look_before_syncs) look_before_syncs();
  const bool now = plan.sync > 0 ? kind == Kind::Sync && syncs == plan.sync : operations == plan.operation;
  if (!now || (plan.how == FileFault::Short && kind != Kind::Transfer)) return std::nullopt;
  if (plan.how == FileFault::Interrupted && kind == Kind::Name) return std::nullopt;  // no signal interrupts it
  errno = plan.how == FileFault::Interrupted ? EINTR : plan.error;
  return plan.how;
}

std::size_t half(std::size_t size) { return std::max<std::size_t>(size / 2, 1); }

}  // namespace

void FaultFiles::fail_at(std::size_t n, FileFault how, int error) {
  plan = {n, 0, how, error};
  tongban::faults::operations = syncs = 0;
}

void FaultFiles::fail_at_sync(std::size_t n, int error) {
  plan = {0, n, FileFault::Error, error};
  tongban::faults::operations = syncs = 0;
}

void FaultFiles::before_syncs(std::function<void()> look) { look_before_syncs = std::move(look); }

std::size_t FaultFiles::operations() { return tongban::faults::operations; }

extern "C" {

int __real_open(const char* path, int flags, ...);
ssize_t __real_write(int fd, const void* data, std::size_t size);
ssize_t __real_pwrite(int fd, const void* data, std::size_t size, off_t at);
ssize_t __real_pread(int fd, void* out, std::size_t size, off_t at);
int __real_ftruncate(int fd, off_t size);
int __real_fsync(int fd);
int __real_fdatasync(int fd);
int __real_rename(const char* from, const char* to);

int __wrap_open(const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, int) : 0;
  va_end(more);
  return met(Kind::Other) ? -1 : __real_open(path, flags, mode);
}

ssize_t __wrap_write(int fd, const void* data, std::size_t size) {
  const auto fault = met(Kind::Transfer);
  if (fault && *fault != FileFault::Short) return -1;
  return __real_write(fd, data, fault ? half(size) : size);
}

ssize_t __wrap_pwrite(int fd, const void* data, std::size_t size, off_t at) {
  const auto fault = met(Kind::Transfer);
  if (fault && *fault != FileFault::Short) return -1;
  return __real_pwrite(fd, data, fault ? half(size) : size, at);
}

ssize_t __wrap_pread(int fd, void* out, std::size_t size, off_t at) {
  const auto fault = met(Kind::Transfer);
  if (fault && *fault != FileFault::Short) return -1;
  return __real_pread(fd, out, fault ? half(size) : size, at);
}

int __wrap_ftruncate(int fd, off_t size) { return met(Kind::Other) ? -1 : __real_ftruncate(fd, size); }
int __wrap_fsync(int fd) { return met(Kind::Sync) ? -1 : __real_fsync(fd); }
int __wrap_fdatasync(int fd) { return met(Kind::Sync) ? -1 : __real_fdatasync(fd); }
int __wrap_rename(const char* from, const char* to) { return met(Kind::Name) ? -1 : __real_rename(from, to); }

}  // extern "C"

}  // namespace tongban::faults
