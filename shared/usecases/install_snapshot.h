// A catalogue takes the place of the one that is held, in the portal and at a node: only when it is signed by a
// listed key, reads well, and is newer.
#pragma once

#include "shared/base/expected.h"
#include "shared/catalogue/snapshot.h"
#include "shared/crypto/key_list.h"

namespace tongban::usecases {

struct Installed {
  catalogue::Catalogue catalogue;
  std::uint32_t version = 0;
};

/// `held`: the version in place, 0 for none; the same version again is installed without complaint. OlderCatalogue,
/// and snapshot_errors.
Expected<Installed> install_snapshot(ByteView file, std::uint32_t held, const crypto::KeyList& keys, Instant now);

}  // namespace tongban::usecases
