// A database copied while others write to it: as it was at one moment, whole, and synced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "shared/base/expected.h"

namespace tongban::store {

struct Copying {
  /// Beyond it, and what it had at first, the log may not grow meanwhile: a start after a crash reads and writes all of it, some
  /// hundred megabytes a second.
  std::uint64_t longest_log = 512ULL * 1024 * 1024;
  std::function<void()> after_step = [] {};  ///< 8 MB each
};

/// `to` must not be there yet; it is made with mode 600. store.failed, store.overtaken, http.storage_full.
Expected<void> copy_database(const std::filesystem::path& from, const std::filesystem::path& to, const Copying& how = {});
/// Copies a backup to where nothing is yet, and signs everybody out: what was signed out since would be signed in again. It is
/// made beside, and has its name only when it is whole and synced; what an attempt that was killed left there is thrown away.
/// The errors of copy_database.
Expected<void> put_database_back(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tongban::store
