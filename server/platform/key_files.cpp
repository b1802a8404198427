#include "server/platform/key_files.h"

#include <sstream>

#include "server/platform/files.h"
#include "shared/crypto/digest.h"

namespace tongban::platform {
namespace {

constexpr ErrorCode BadKeyFile{"keys.bad_file", "密钥文件读不懂。", "The key file cannot be understood."};
constexpr ErrorCode NoSuchCentre{"keys.no_centre", "密钥文件里没有这个中心。", "The key file has no key of this centre."};

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

void CentreKeyFile::take(const CentreId& centre, const crypto::Seed& seed) {
  Ring& ring = keys_[centre];
  ring.pairs.push_back(derived(seed));
  ring.signs = ring.pairs.size() - 1;
}

Expected<CentreKeyFile> CentreKeyFile::open(const std::filesystem::path& file, const std::vector<CentreId>& centres,
                                            ports::Random& random) {
  CentreKeyFile keys;
  std::string text;
  TRY(const bool made_before, is_there(file));
  if (made_before) {
    TRY(const auto bytes, read_file(file));
    text = as_text(bytes);
  }
  std::istringstream lines(text);
  std::string centre, hex;
  while (lines >> centre >> hex) {
    const auto seed = seed_from(hex);
    if (!seed) return Error(BadKeyFile, file.string(), centre);
    keys.take(CentreId(centre), *seed);
  }
  bool grown = false;
  for (const auto& id : centres) {
    if (keys.keys_.contains(id)) continue;
    const auto seed = ports::fresh<crypto::Seed>(random);
    keys.take(id, seed);
    text += id.text() + ' ' + to_hex(seed) + '\n';
    grown = true;
  }
  if (grown) TRY_VOID(replace_file(file, as_bytes(text), Mode::Private));
  return keys;
}

Expected<CentrePublic> CentreKeyFile::add(const std::filesystem::path& file, const CentreId& centre, ports::Random& random) {
  TRY(auto keys, open(file, {}, random));
  if (!keys.keys_.contains(centre)) return Error(NoSuchCentre, file.string(), centre.text());
  TRY(auto text, read_file(file));
  const auto seed = ports::fresh<crypto::Seed>(random);
  const std::string line = centre.text() + ' ' + to_hex(seed) + '\n';
  text.insert(text.end(), line.begin(), line.end());
  TRY_VOID(replace_file(file, text, Mode::Private));
  keys.take(centre, seed);
  return *keys.public_of(centre);
}

void CentreKeyFile::sign_with(const std::function<bool(const CentreId&, const CentrePublic&)>& vouched) {
  for (auto& [centre, ring] : keys_) {
    ring.signs = ring.pairs.size() - 1;
    for (std::size_t i = ring.pairs.size(); i-- > 0;) {
      if (!vouched(centre, ring.pairs[i].publics())) continue;
      ring.signs = i;
      break;
    }
  }
}

std::optional<crypto::KeyId> CentreKeyFile::signing_key_id(const CentreId& centre) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return found->second.pairs[found->second.signs].signing.id();
}

std::optional<crypto::Signature> CentreKeyFile::sign(const CentreId& centre, ByteView message) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return crypto::sign(found->second.pairs[found->second.signs].signing, message);
}

std::optional<Bytes> CentreKeyFile::open(const CentreId& centre, ByteView sealed) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  const auto& pairs = found->second.pairs;
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair)
    if (auto plain = crypto::open_sealed(pair->sealing, sealed)) return plain;
  return std::nullopt;
}

std::optional<CentrePublic> CentreKeyFile::public_of(const CentreId& centre) const {
  const auto found = keys_.find(centre);
  if (found == keys_.end()) return std::nullopt;
  return found->second.pairs.back().publics();
}

Expected<crypto::SigningKey> read_key(const std::filesystem::path& file) {
  TRY(const auto bytes, read_file(file));
  const auto seed = seed_from(without_end(as_text(bytes)));
  if (!seed) return Error(BadKeyFile, file.string());
  return crypto::SigningKey(*seed);
}

Expected<crypto::SigningKey> read_or_make_key(const std::filesystem::path& file, ports::Random& random) {
  TRY(const bool made_before, is_there(file));
  if (made_before) return read_key(file);
  const auto seed = ports::fresh<crypto::Seed>(random);
  TRY_VOID(replace_file(file, as_bytes(to_hex(seed) + '\n'), Mode::Private));
  return crypto::SigningKey(seed);
}

std::string intake_file_name(const crypto::SealingPublic& key) { return "intake-" + to_hex(crypto::key_id(key)) + ".key"; }

Expected<std::vector<crypto::SealingKey>> read_intake_keys(const std::filesystem::path& folder) {
  std::vector<crypto::SealingKey> keys;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("intake-") || !name.ends_with(".key")) continue;
    TRY(const auto bytes, read_file(entry.path()));
    const auto seed = seed_from(without_end(as_text(bytes)));
    if (!seed) return Error(BadKeyFile, entry.path().string());
    keys.emplace_back(*seed);
  }
  return keys;
}

Expected<crypto::SealingPublic> make_intake_key(const std::filesystem::path& folder, ports::Random& random) {
  const auto seed = ports::fresh<crypto::Seed>(random);
  const crypto::SealingKey key(seed);
  TRY_VOID(replace_file(folder / intake_file_name(key.public_key()), as_bytes(to_hex(seed) + '\n'), Mode::Private));
  return key.public_key();
}

}  // namespace tongban::platform
