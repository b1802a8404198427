// The secrets of a node, as files of mode 600 in a folder of mode 700.
//
//   city.key, catalogue.key, directory.key   one line: the seed in hexadecimal. Only a trial node has the
//                                            city's; elsewhere it stays offline and `city.pub` suffices
//   centres.key                              a line for each centre and key: its code and a seed, the newest last.
//                                            All of them open envelopes; which one signs, the directory says
//   intake-ID.key                            one line: the seed of an epoch's intake key, with the key's id in the name.
//                                            Who has it opens what was carried in that epoch, for as long as the file is there
#pragma once

#include <filesystem>
#include <functional>
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

  /// Gives the centre a new key, at the file's end. NoSuchCentre when the file has none of it.
  static Expected<CentrePublic> add(const std::filesystem::path& file, const CentreId& centre, ports::Random& random);

  /// From now on each centre signs with the newest of its keys that is vouched for; where none is, with its newest.
  void sign_with(const std::function<bool(const CentreId&, const CentrePublic&)>& vouched);

  std::optional<crypto::KeyId> signing_key_id(const CentreId& centre) const override;
  std::optional<crypto::Signature> sign(const CentreId& centre, ByteView message) const override;
  std::optional<Bytes> open(const CentreId& centre, ByteView sealed) const override;

  /// Of its newest key.
  std::optional<CentrePublic> public_of(const CentreId& centre) const;

 private:
  struct Pair {
    crypto::SigningKey signing;
    crypto::SealingKey sealing;
    CentrePublic publics() const { return {signing.public_key(), sealing.public_key()}; }
  };
  struct Ring {
    std::vector<Pair> pairs;   ///< newest last
    std::size_t signs = 0;     ///< which of them
  };
  static Pair derived(const crypto::Seed& seed);
  void take(const CentreId& centre, const crypto::Seed& seed);

  std::map<CentreId, Ring> keys_;
};

/// The key in that file; the second makes and writes it when the file isn't there.
Expected<crypto::SigningKey> read_key(const std::filesystem::path& file);
Expected<crypto::SigningKey> read_or_make_key(const std::filesystem::path& file, ports::Random& random);

/// Every intake key of the folder.
Expected<std::vector<crypto::SealingKey>> read_intake_keys(const std::filesystem::path& folder);
/// Makes one more and writes its file.
Expected<crypto::SealingPublic> make_intake_key(const std::filesystem::path& folder, ports::Random& random);
/// "intake-0123456789abcdef.key"
std::string intake_file_name(const crypto::SealingPublic& key);

}  // namespace tongban::platform
