// Photographs and documents, by the digest of their octets. A material is written once, synced, and never
// changed; a row may name it only after `finish` has said that it is safely there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/crypto/digest.h"

namespace tongban::server {

/// One material on its way in. Dropped unfinished, it leaves nothing behind.
class Upload {
 public:
  virtual ~Upload() = default;
  virtual Expected<void> write(ByteView piece) = 0;
  /// Compares the digest, syncs, and gives it its name. Waits for the disk: never on the network thread.
  virtual Expected<void> finish() = 0;
};

struct StoredMaterial {
  std::string path;
  std::uint64_t size = 0;
  std::string media_type;  ///< by its first octets, never by what a client says
};

/// All functions may be called from any thread.
class Attachments {
 public:
  virtual ~Attachments() = default;
  virtual Expected<std::unique_ptr<Upload>> begin(const crypto::Digest& digest) = 0;
  virtual std::optional<StoredMaterial> find(const crypto::Digest& digest) const = 0;
};

}  // namespace tongban::server
