// The catalogue of a node: compiled from its source at the start when that says something new, then read from
// the signed snapshot like any portal reads it.
#pragma once

#include <filesystem>
#include <memory>

#include "shared/base/expected.h"
#include "shared/catalogue/model.h"
#include "shared/crypto/key_list.h"
#include "shared/crypto/sign.h"

namespace tongban::server {

/// Compiles `source` and, unless `folder` holds the very same already, writes snapshot, deltas and pinyin there.
Expected<void> build_catalogue(const std::filesystem::path& source, const crypto::SigningKey& key, const std::filesystem::path& folder);

/// Reads and verifies FOLDER/current.snap.
Expected<std::shared_ptr<const catalogue::Catalogue>> open_catalogue(const std::filesystem::path& folder, const crypto::KeyList& keys, Instant now);

}  // namespace tongban::server
