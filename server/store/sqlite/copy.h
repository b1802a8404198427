// A database copied while others write to it: as it was at one moment, whole, and synced.
#pragma once

#include <filesystem>

#include "shared/base/expected.h"

namespace tongban::store {

/// `to` must not be there yet; it is made with mode 600. store.failed, http.storage_full.
Expected<void> copy_database(const std::filesystem::path& from, const std::filesystem::path& to);
/// Copies a backup to where nothing is yet, and signs everybody out: what was signed out since would be signed in again. It is
/// made beside, and has its name only when it is whole and synced; what an attempt that was killed left there is thrown away.
/// The errors of copy_database.
Expected<void> put_database_back(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tongban::store
