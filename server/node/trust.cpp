#include "server/node/trust.h"

#include <set>

#include "server/platform/files.h"

namespace tongban::server {
namespace fs = std::filesystem;
using platform::Mode;

namespace {

/// Trial keys are valid from the day before, since clocks differ, for ten years.
constexpr std::chrono::hours before{24};
constexpr std::chrono::hours validity{24 * 3653};

Expected<crypto::PublicKey> read_public(const fs::path& file) {
  TRY(const auto bytes, platform::read_file(file));
  auto text = as_text(bytes);
  while (!text.empty() && text.back() <= ' ') text.remove_suffix(1);
  const auto key = from_hex(text);
  if (!key || key->size() != 32) return Error(trust_errors::NoRoot, file.string());
  crypto::PublicKey out{};
  std::copy(key->begin(), key->end(), out.begin());
  return out;
}

Expected<void> write_public(const fs::path& file, const crypto::PublicKey& key) {
  return platform::replace_file(file, as_bytes(to_hex(key) + '\n'), Mode::Public);
}

crypto::KeyList list_of(const CityKeys& city, const std::vector<NodePlace>& places, Instant now) {
  const Instant from = now + -before, until = now + validity;
  crypto::KeyList list;
  list.keys.push_back({crypto::KeyPurpose::Catalogue, {}, city.catalogue.public_key(), from, until});
  list.keys.push_back({crypto::KeyPurpose::Directory, {}, city.directory.public_key(), from, until});
  for (const auto& place : places)
    for (const auto& centre : place.centres)
      if (const auto keys = place.keys->public_of(centre))
        list.keys.push_back({crypto::KeyPurpose::Centre, centre.text(), keys->signing, from, until});
  return list;
}

/// Of centres that have ended the entries stay: they lead to their successors, and vouch for what they signed.
wire::Directory directory_of(const std::vector<NodePlace>& places, const wire::Directory& earlier, Instant now) {
  wire::Directory directory;
  directory.issued_at = now;
  std::set<CentreId> ended;
  for (const auto& entry : earlier.entries) {
    if (entry.successor.empty()) continue;
    directory.entries.push_back(entry);
    ended.insert(entry.centre);
  }
  for (const auto& place : places)
    for (const auto& centre : place.centres)
      if (const auto keys = place.keys->public_of(centre); keys && !ended.contains(centre))
        directory.entries.push_back({centre, place.node, place.address, keys->signing, keys->sealing, now + -before, now + validity, {}});
  std::sort(directory.entries.begin(), directory.entries.end(), [](const auto& a, const auto& b) { return a.centre < b.centre; });
  return directory;
}

bool same_keys(const crypto::KeyList& a, const crypto::KeyList& b) {
  return std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(), [](const auto& x, const auto& y) {
    return x.purpose == y.purpose && x.holder == y.holder && x.key == y.key;
  });
}

bool same_places(const wire::Directory& a, const wire::Directory& b) {
  return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), [](const auto& x, const auto& y) {
    return x.centre == y.centre && x.node == y.node && x.address == y.address && x.signing == y.signing && x.sealing == y.sealing;
  });
}

}  // namespace

Expected<CityKeys> CityKeys::open_or_make(const fs::path& folder, ports::Random& random) {
  TRY_VOID(platform::make_folder(folder, Mode::Private));
  TRY(auto root, platform::read_or_make_key(folder / "city.key", random));
  TRY(auto catalogue, platform::read_or_make_key(folder / "catalogue.key", random));
  TRY(auto directory, platform::read_or_make_key(folder / "directory.key", random));
  TRY_VOID(write_public(folder / "city.pub", root.public_key()));
  return CityKeys{std::move(root), std::move(catalogue), std::move(directory)};
}

Expected<Trust> Trust::open(const fs::path& keys, const fs::path& directory, Instant now) {
  Trust trust;
  TRY(trust.root, read_public(keys / "city.pub"));
  TRY(trust.list_bytes, platform::read_file(keys / "list.bin"));
  TRY(trust.list, crypto::verify_key_list(trust.list_bytes, trust.root));
  TRY(trust.directory_bytes, platform::read_file(directory));
  TRY(trust.directory, wire::verify_directory(trust.directory_bytes, trust.list, now));
  return trust;
}

Expected<void> publish_trust(const CityKeys& city, const std::vector<NodePlace>& places, const fs::path& list_file,
                             const fs::path& directory_file, Instant now) {
  auto list = list_of(city, places, now);
  list.version = 1;
  bool list_stands = false;
  if (const auto bytes = platform::read_file(list_file)) {
    if (const auto old = crypto::verify_key_list(*bytes, city.root.public_key())) {
      list_stands = same_keys(*old, list);
      list.version = old->version + (list_stands ? 0 : 1);
      if (list_stands) list = *old;
    }
  }
  if (!list_stands) TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, city.root), Mode::Public));
  wire::Directory earlier;
  if (const auto bytes = platform::read_file(directory_file))
    if (auto old = wire::verify_directory(*bytes, list, now)) earlier = std::move(*old);
  auto directory = directory_of(places, earlier, now);
  directory.version = earlier.version + 1;
  if (earlier.version > 0 && list_stands && same_places(earlier, directory)) return {};
  return platform::replace_file(directory_file, wire::sign_directory(directory, city.directory), Mode::Public);
}

Expected<void> retire_centre(const fs::path& directory_file, const fs::path& list_file, const fs::path& key_file, const CentreId& centre,
                             const CentreId& successor, Instant end, Instant now) {
  TRY(const auto key, platform::read_key(key_file));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(const auto root, read_public(list_file.parent_path() / "city.pub"));
  TRY(const auto list, crypto::verify_key_list(list_bytes, root));
  TRY(const auto bytes, platform::read_file(directory_file));
  TRY(auto directory, wire::verify_directory(bytes, list, now));
  if (centre == successor || !directory.find(successor, std::max(now, end))) return Error(trust_errors::NoCentre, successor.text());
  bool found = false;
  for (auto& entry : directory.entries) {
    if (entry.centre != centre || entry.valid_until <= end) continue;
    entry.valid_until = end;
    entry.successor = successor;
    found = true;
  }
  if (!found) return Error(trust_errors::NoCentre, centre.text());
  ++directory.version;
  directory.issued_at = now;
  return platform::replace_file(directory_file, wire::sign_directory(directory, key), Mode::Public);
}

std::string keys_json(const Trust& trust) {
  return R"({"root":")" + to_base64url(trust.root) + R"(","list":")" + to_base64url(trust.list_bytes) + "\"}\n";
}

}  // namespace tongban::server
