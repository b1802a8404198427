// A database copied while others write to it: as it was at one moment, whole, and synced.
#pragma once

#include <filesystem>

#include "shared/base/expected.h"

namespace tongban::store {

/// `to` must not be there yet; it is made with mode 600. store.failed, http.storage_full.
Expected<void> copy_database(const std::filesystem::path& from, const std::filesystem::path& to);
/// Signs everybody out: what was signed out since the copy was made would be signed in again.
Expected<void> forget_sign_ins(const std::filesystem::path& database);

}  // namespace tongban::store
