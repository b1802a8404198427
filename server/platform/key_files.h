// The secrets of a node, as files of mode 600 in a folder of mode 700.
//
//   city.key, catalogue.key, directory.key   one line: the seed in hexadecimal. Only a trial node has the
//                                            city's; elsewhere it stays offline and `city.pub` suffices
//   centres.key                              a line for each centre: its code and a seed; of two lines for
//                                            one centre the later counts, the earlier still opens old envelopes
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "shared/base/expected.h"
#include "shared/crypto/seal.h"
#include "shared/crypto/sign.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/random.h"

namespace tongban::platform {

/// The public half of a centre's keys, for the key list and the directory.
struct CentrePublic {
  crypto::PublicKey signing{};
  crypto::SealingPublic sealing{};
};

class CentreKeyFile final : public ports::CentreKeys {
 public:
  /// Reads the file, and adds a fresh key for each centre of `centres` that has none yet.
  static Expected<CentreKeyFile> open(const std::filesystem::path& file, const std::vector<CentreId>& centres,
                                      ports::Random& random);

  std::optional<crypto::KeyId> signing_key_id(const CentreId& centre) const override;
  std::optional<crypto::Signature> sign(const CentreId& centre, ByteView message) const override;
  std::optional<Bytes> open(const CentreId& centre, ByteView sealed) const override;

  std::optional<CentrePublic> public_of(const CentreId& centre) const;

 private:
  struct Pair {
    crypto::SigningKey signing;
    crypto::SealingKey sealing;
  };
  static Pair derived(const crypto::Seed& seed);

  std::map<CentreId, std::vector<Pair>> keys_;  ///< newest last
};

/// The key in that file; the second makes and writes it when the file isn't there.
Expected<crypto::SigningKey> read_key(const std::filesystem::path& file);
Expected<crypto::SigningKey> read_or_make_key(const std::filesystem::path& file, ports::Random& random);

}  // namespace tongban::platform
