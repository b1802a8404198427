// What every step at a centre stands on. Nothing in it changes while a step runs.
#pragma once

#include "shared/base/time.h"
#include "shared/catalogue/model.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"
#include "shared/wire/directory.h"

namespace tongban::usecases {

struct Ground {
  Instant now;                          ///< the node's clock
  const catalogue::Catalogue& catalogue;
  const wire::Directory& directory;     ///< verified
  const ports::CentreKeys& keys;
  ports::Random& random;
  const ports::Files& files;            ///< of this node

  /// Those of them that the node does not have.
  std::vector<crypto::Digest> lacking(std::vector<crypto::Digest> digests) const {
    std::erase_if(digests, [this](const crypto::Digest& digest) { return files.has(digest); });
    return digests;
  }
};

}  // namespace tongban::usecases
