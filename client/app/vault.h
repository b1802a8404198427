// Encryption of the person's records under the device's data key. A record is bound to its space and key, so one can't
// be put in another's place.
#pragma once

#include <optional>
#include <string>

#include "shared/base/bytes.h"
#include "shared/crypto/secret_box.h"
#include "shared/ports/random.h"

namespace tongban::app {

class Vault {
 public:
  explicit Vault(ports::Random& random) : random_(random) {}

  void use(const crypto::DataKey& key) { key_ = key; }
  Bytes lock(const std::string& space, const std::string& key, ByteView plain) {
    return crypto::lock(key_, as_bytes(space + '/' + key), plain, random_);
  }
  std::optional<Bytes> unlock(const std::string& space, const std::string& key, ByteView locked) const {
    return crypto::unlock(key_, as_bytes(space + '/' + key), locked);
  }
  ports::Random& random() { return random_; }
  void forget() { key_.fill(0); }

 private:
  ports::Random& random_;
  crypto::DataKey key_{};
};

}  // namespace tongban::app
