#include "server/platform/key_files.h"

#include <sstream>

#include "server/platform/files.h"
#include "shared/crypto/digest.h"

namespace tongban::platform {
namespace {

constexpr ErrorCode BadKeyFile{"keys.bad_file", "密钥文件读不懂。", "The key file cannot be understood."};

/// Two independent secrets from one: the name keeps them apart.
crypto::Seed derive(std::string_view name, const crypto::Seed& seed) {
  Bytes input(name.begin(), name.end());
  input.insert(input.end(), seed.begin(), seed.end());
  return crypto::digest(input);
}
std::optional<crypto::Seed> seed_from(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != 32) return std::nullopt;
  crypto::Seed seed;
  std::copy(bytes->begin(), bytes->end(), seed.begin());
  return seed;
}

std::string_view without_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

CentreKeyFile::Pair CentreKeyFile::derived(const crypto::Seed& seed) {
  return {crypto::SigningKey(derive("tongban.centre.sign", seed)), crypto::SealingKey(derive("tongban.centre.seal", seed))};
}

Expected<CentreKeyFile> CentreKeyFile::open(const std::filesystem::path& file, const std::vector<CentreId>& centres,
                                            ports::Random& random) {
  CentreKeyFile keys;
  std::string text;
  if (std::filesystem::exists(file)) {
    TRY(const auto bytes, read_file(file));
    text = as_text(bytes);
  }
  std::istringstream lines(text);
  std::string centre, hex;
  while (lines >> centre >> hex) {
    const auto seed = seed_from(hex);
    if (!seed) return Error(BadKeyFile, file.string(), centre);
    keys.keys_[CentreId(centre)].push_back(derived(*seed));
  }
  bool grown = false;
  for (const auto& id : centres) {
    if (keys.keys_.contains(id)) continue;
    const auto seed = ports::fresh<crypto::Seed>(random);
    keys.keys_[id].push_back(derived(seed));
    text += id.text() + ' ' + to_hex(seed) + '\n';
    grown = true;
  }
  if (grown) TRY_VOID(replace_file(file, as_bytes(text), Mode::Private));
  return keys;
}

std::optional<crypto::KeyId> CentreKeyFile::signing_key_id(const CentreId& centre) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return found->second.back().signing.id();
}

std::optional<crypto::Signature> CentreKeyFile::sign(const CentreId& centre, ByteView message) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return crypto::sign(found->second.back().signing, message);
}

std::optional<Bytes> CentreKeyFile::open(const CentreId& centre, ByteView sealed) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  for (auto pair = found->second.rbegin(); pair != found->second.rend(); ++pair)
    if (auto plain = crypto::open_sealed(pair->sealing, sealed)) return plain;
  return std::nullopt;
}

std::optional<CentrePublic> CentreKeyFile::public_of(const CentreId& centre) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return CentrePublic{found->second.back().signing.public_key(), found->second.back().sealing.public_key()};
}

Expected<crypto::SigningKey> read_key(const std::filesystem::path& file) {
  TRY(const auto bytes, read_file(file));
  const auto seed = seed_from(without_end(as_text(bytes)));
  if (!seed) return Error(BadKeyFile, file.string());
  return crypto::SigningKey(*seed);
}

Expected<crypto::SigningKey> read_or_make_key(const std::filesystem::path& file, ports::Random& random) {
  if (std::filesystem::exists(file)) return read_key(file);
  const auto seed = ports::fresh<crypto::Seed>(random);
  TRY_VOID(replace_file(file, as_bytes(to_hex(seed) + '\n'), Mode::Private));
  return crypto::SigningKey(seed);
}

}  // namespace tongban::platform
