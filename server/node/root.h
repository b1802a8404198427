// The city's root key, which vouches for all others, as a folder holds it.
//
//   city.pub          its public half as it was brought here, in hexadecimal
//   root-changes.bin  each change since, signed by the earlier root and by the later
//   city.key          the root itself, where the folder is the city's own
//   city.key.next     the root to be, while a change is under way
#pragma once

#include <filesystem>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/crypto/sign.h"
#include "shared/ports/random.h"

namespace tongban::server {

struct Root {
  crypto::PublicKey key{};
  Bytes changes;

  /// The root that the changes lead to from city.pub. NoRoot, or what is wrong with which file.
  static Expected<Root> open(const std::filesystem::path& keys);
};

Expected<void> write_root(const std::filesystem::path& keys, const crypto::PublicKey& root);

/// The city goes over to a new root: it signs the key list anew, one version up, and whoever trusts an earlier root follows the
/// statements. Interrupted, it is done again and ends with the same key. `city` is the folder of city.key and list.bin. The new
/// root's public half.
Expected<crypto::PublicKey> rotate_root(const std::filesystem::path& city, ports::Random& random);

}  // namespace tongban::server
