// Keys of centres from their codes: the same in every run, and nobody's real ones.
#pragma once

#include <limits>
#include <map>

#include "shared/crypto/digest.h"
#include "shared/ports/centre_keys.h"
#include "shared/wire/directory.h"

namespace tongban::fakes {

class FixedCentreKeys : public ports::CentreKeys {
 public:
  explicit FixedCentreKeys(const std::vector<CentreId>& centres) {
    for (const CentreId& centre : centres) keys_.emplace(centre, Pair{crypto::SigningKey(seed(centre, 's')), crypto::SealingKey(seed(centre, 'x'))});
  }
  std::optional<crypto::KeyId> signing_key_id(const CentreId& centre) const override {
    const auto pair = keys_.find(centre);
    if (pair == keys_.end()) return std::nullopt;
    return pair->second.signing.id();
  }
  std::optional<crypto::Signature> sign(const CentreId& centre, ByteView message) const override {
    const auto pair = keys_.find(centre);
    if (pair == keys_.end()) return std::nullopt;
    return crypto::sign(pair->second.signing, message);
  }
  std::optional<Bytes> open(const CentreId& centre, ByteView sealed) const override {
    const auto pair = keys_.find(centre);
    if (pair == keys_.end()) return std::nullopt;
    return crypto::open_sealed(pair->second.sealing, sealed);
  }

  /// From now on the centre signs with another key; the public half of it.
  crypto::PublicKey renew_signing(const CentreId& centre) {
    auto& signing = keys_.at(centre).signing;
    signing = crypto::SigningKey(crypto::digest(signing.public_key()));
    return signing.public_key();
  }

  static crypto::Seed seed(const CentreId& centre, char use) {
    return crypto::Digester().add(as_bytes(centre.text())).add(as_bytes(std::string(1, use))).finish();
  }

 private:
  struct Pair {
    crypto::SigningKey signing;
    crypto::SealingKey sealing;
  };
  std::map<CentreId, Pair> keys_;
};

/// A directory of these centres, valid for ever, each on a node of its own.
inline wire::Directory fixed_directory(const std::vector<CentreId>& centres) {
  wire::Directory directory;
  directory.version = 1;
  for (const CentreId& centre : centres) {
    wire::DirectoryEntry entry;
    entry.centre = centre;
    entry.node = NodeId("node-" + centre.text());
    entry.address = "memory:" + centre.text();
    entry.signing = crypto::SigningKey(FixedCentreKeys::seed(centre, 's')).public_key();
    entry.sealing = crypto::SealingKey(FixedCentreKeys::seed(centre, 'x')).public_key();
    entry.valid_until = {std::numeric_limits<std::int64_t>::max()};
    directory.entries.push_back(entry);
  }
  return directory;
}

}  // namespace tongban::fakes
