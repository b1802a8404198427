// The files of materials that a node has, by the digest of their octets; supplied by the shells.
#pragma once

#include "shared/crypto/digest.h"

namespace tongban::ports {

class Files {
 public:
  virtual ~Files() = default;
  /// Whole, checked and synced: a row may name it. From any thread.
  virtual bool has(const crypto::Digest& digest) const = 0;
};

}  // namespace tongban::ports
