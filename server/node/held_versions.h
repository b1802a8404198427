// The newest versions of key list and directory that a node has gone by. An older one is signed just as well, and may name a key
// that has become known since: so what is older is refused, also after a start.
//
//   keys/held.versions   "list 7 directory 12"
#pragma once

#include <cstdint>
#include <filesystem>

#include "shared/base/expected.h"

namespace tongban::server {

struct HeldVersions {
  std::uint32_t list = 0, directory = 0;

  /// Zeros where there is no such file; BadHeld.
  static Expected<HeldVersions> read(const std::filesystem::path& keys);
  Expected<void> write(const std::filesystem::path& keys) const;
};

}  // namespace tongban::server
