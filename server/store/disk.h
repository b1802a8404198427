// What a store does when the disk no longer keeps what it was given.
#pragma once

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "shared/base/expected.h"

namespace tongban::store {

/// A sync has failed: the kernel has dropped what it couldn't write, and trying again can falsely succeed. Says so in one
/// sentence, and ends the process with status 74 (EX_IOERR).
[[noreturn]] void stop_for_the_disk(std::string_view what);

/// Syncs a file or a folder. store.failed.
Expected<void> sync_path(const std::filesystem::path& path);

/// A system call, asked again where only a signal came in between.
template <typename Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

}  // namespace tongban::store
