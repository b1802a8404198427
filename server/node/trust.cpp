#include "server/node/trust.h"

#include <set>

#include "server/node/held_versions.h"
#include "server/platform/files.h"

namespace tongban::server {
namespace fs = std::filesystem;
using platform::Mode;

namespace {

/// Trial keys are valid from the day before, since clocks differ, for ten years.
constexpr std::chrono::hours before{24};
constexpr std::chrono::hours validity{24 * 3653};

constexpr const char* list_name = "list.bin";

template <typename T>
Expected<T> read_from(const fs::path& file, Expected<T> read) {
  if (read) return read;
  Error error = read.error();
  error.where = file.string();
  return error;
}

Expected<void> check_age(const fs::path& file, std::uint32_t version, std::uint32_t held) {
  if (version >= held) return {};
  return Error(trust_errors::Older, file.string(), "version " + std::to_string(version) + ", and " + std::to_string(held) + " before");
}

/// What stands there, verified; nothing where there is no file.
template <typename T, typename Verify>
Expected<std::optional<T>> read_earlier(const fs::path& file, Verify verify) {
  TRY(const bool there, platform::is_there(file));
  if (!there) return std::optional<T>();
  TRY(const auto bytes, platform::read_file(file));
  TRY(auto earlier, read_from<T>(file, verify(bytes)));
  return std::optional<T>(std::move(earlier));
}

/// Ends at `until`, if not before. Whether that is a change.
template <typename Named>
bool end_at(Named& one, Instant until) {
  if (one.valid_until <= until) return false;
  one.valid_until = until;
  return true;
}

/// Names a key of a holder, and ends the holder's other ones at `until`; one that is named already keeps its time.
/// Whether anything has changed.
bool name_key(crypto::KeyList& list, crypto::KeyPurpose purpose, const std::string& holder, const crypto::PublicKey& key, Instant now, Instant until) {
  const auto same_holder = [&](const crypto::ListedKey& one) { return one.purpose == purpose && one.holder == holder; };
  bool named = false, changed = false;
  for (auto& one : list.keys) {
    if (!same_holder(one)) continue;
    if (one.key == key) named = true;
    else changed |= end_at(one, until);
  }
  if (named) return changed;
  list.keys.push_back({purpose, holder, key, now + -before, now + validity});
  return true;
}

/// The same for a centre's entry; a centre that has moved with its keys keeps its entry's time.
bool name_entry(wire::Directory& directory, const wire::DirectoryEntry& fresh, Instant until) {
  auto entry = fresh;
  bool named = false, changed = false;
  for (auto& one : directory.entries) {
    if (one.centre != fresh.centre) continue;
    if (one.signing == fresh.signing && one.sealing == fresh.sealing) {
      named = true;
      changed |= one.node != fresh.node || one.address != fresh.address;
      one.node = fresh.node;
      one.address = fresh.address;
      continue;
    }
    changed |= end_at(one, until);
    // Of two that are valid the later begun counts.
    entry.valid_from = std::max(entry.valid_from, one.valid_from + std::chrono::milliseconds(1));
  }
  if (named) return changed;
  directory.entries.push_back(std::move(entry));
  return true;
}

bool name_keys(crypto::KeyList& list, const CityKeys& city, const std::vector<NodePlace>& places, Instant now) {
  const Instant until = now + usual_overlap;
  bool changed = name_key(list, crypto::KeyPurpose::Catalogue, {}, city.catalogue.public_key(), now, until);
  changed |= name_key(list, crypto::KeyPurpose::Directory, {}, city.directory.public_key(), now, until);
  for (const auto& place : places)
    for (const auto& centre : place.centres)
      if (const auto keys = place.keys->public_of(centre)) changed |= name_key(list, crypto::KeyPurpose::Centre, centre.text(), keys->signing, now, until);
  return changed;
}

/// Entries of centres that have ended stay: they lead to their successors, and vouch for what they signed. Those of
/// centres that nobody serves any more go.
bool name_places(wire::Directory& directory, const std::vector<NodePlace>& places, Instant now) {
  std::set<CentreId> ended, served;
  for (const auto& entry : directory.entries)
    if (!entry.successor.empty()) ended.insert(entry.centre);
  for (const auto& place : places) served.insert(place.centres.begin(), place.centres.end());
  bool changed = std::erase_if(directory.entries, [&](const auto& entry) { return !ended.contains(entry.centre) && !served.contains(entry.centre); }) > 0;
  for (const auto& place : places)
    for (const auto& centre : place.centres)
      if (const auto keys = place.keys->public_of(centre); keys && !ended.contains(centre))
        changed |= name_entry(directory, {centre, place.node, place.address, keys->signing, keys->sealing, now + -before, now + validity, {}}, now + usual_overlap);
  std::stable_sort(directory.entries.begin(), directory.entries.end(), [](const auto& a, const auto& b) { return a.centre < b.centre; });
  return changed;
}

}  // namespace

Expected<CityKeys> CityKeys::open_or_make(const fs::path& folder, ports::Random& random) {
  TRY(const bool made_before, platform::is_there(folder / "city.pub"));
  TRY(const bool has_root, platform::is_there(folder / "city.key"));
  if (made_before && !has_root) return Error(trust_errors::NoCityKey, folder.string());
  TRY_VOID(platform::make_folder(folder, Mode::Private));
  TRY(auto root, platform::read_or_make_key(folder / "city.key", random));
  TRY(auto catalogue, platform::read_or_make_key(folder / "catalogue.key", random));
  TRY(auto directory, platform::read_or_make_key(folder / "directory.key", random));
  TRY_VOID(write_root(folder, root.public_key()));
  return CityKeys{std::move(root), std::move(catalogue), std::move(directory)};
}

Expected<Trust> Trust::open(const fs::path& keys, const fs::path& directory, Instant now) {
  Trust trust;
  TRY(trust.root, Root::open(keys));
  TRY(trust.list_bytes, platform::read_file(keys / list_name));
  TRY(trust.list, read_from(keys / list_name, crypto::verify_key_list(trust.list_bytes, trust.root.key)));
  TRY(trust.directory_bytes, platform::read_file(directory));
  TRY(trust.directory, read_from(directory, wire::verify_directory(trust.directory_bytes, trust.list, now)));
  TRY(const auto held, HeldVersions::read(keys));
  TRY_VOID(check_age(keys / list_name, trust.list.version, held.list));
  TRY_VOID(check_age(directory, trust.directory.version, held.directory));
  return trust;
}

Expected<void> Trust::hold(const fs::path& keys) const { return HeldVersions{list.version, directory.version}.write(keys); }

Expected<void> publish_trust(const CityKeys& city, const std::vector<NodePlace>& places, const fs::path& list_file,
                             const fs::path& directory_file, Instant now) {
  TRY(const auto held, HeldVersions::read(list_file.parent_path()));
  const auto verify_list = [&](ByteView bytes) { return crypto::verify_key_list(bytes, city.root.public_key()); };
  TRY(auto earlier_list, read_earlier<crypto::KeyList>(list_file, verify_list));
  crypto::KeyList list = earlier_list ? std::move(*earlier_list) : crypto::KeyList{held.list, {}};
  const bool new_keys = name_keys(list, city, places, now);
  if (new_keys) {
    ++list.version;
    TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, city.root), Mode::Public));
  }
  TRY(auto earlier, read_earlier<wire::Directory>(directory_file, [&](ByteView bytes) { return wire::verify_directory(bytes, list, now); }));
  const bool is_first = !earlier;
  wire::Directory directory = earlier ? std::move(*earlier) : wire::Directory{};
  if (is_first) directory.version = held.directory;
  const bool new_places = name_places(directory, places, now);
  if (!is_first && !new_keys && !new_places) return {};
  ++directory.version;
  directory.issued_at = now;
  return platform::replace_file(directory_file, wire::sign_directory(directory, city.directory), Mode::Public);
}

Expected<void> rekey_centre(const fs::path& city, const fs::path& directory_file, const CentreId& centre, const platform::CentrePublic& key,
                            std::chrono::days overlap, Instant now) {
  const fs::path list_file = city / list_name;
  TRY(const auto root, platform::read_key(city / "city.key"));
  TRY(const auto directory_key, platform::read_key(city / "directory.key"));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(auto list, crypto::verify_key_list(list_bytes, root.public_key()));
  TRY(const auto bytes, platform::read_file(directory_file));
  TRY(auto directory, wire::verify_directory(bytes, list, now));
  const auto* present = directory.find(centre, now);
  if (!present) return Error(trust_errors::NoCentre, centre.text());
  const Instant until = now + overlap;
  if (name_key(list, crypto::KeyPurpose::Centre, centre.text(), key.signing, now, until)) ++list.version;
  // One that is to end on a day, and has its successor, ends on that day under its new keys, too.
  const Instant end = present->successor.empty() ? now + validity : present->valid_until;
  name_entry(directory, {centre, present->node, present->address, key.signing, key.sealing, now + -before, end, present->successor}, until);
  std::stable_sort(directory.entries.begin(), directory.entries.end(), [](const auto& a, const auto& b) { return a.centre < b.centre; });
  ++directory.version;
  directory.issued_at = now;
  TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, root), Mode::Public));
  return platform::replace_file(directory_file, wire::sign_directory(directory, directory_key), Mode::Public);
}

namespace {

/// What the city's own keys have signed, whichever of the two it was.
crypto::KeyList signed_by_either(const crypto::SigningKey& present, const crypto::SigningKey& next, Instant now) {
  crypto::KeyList own;
  for (const auto* key : {&present, &next}) own.keys.push_back({crypto::KeyPurpose::Directory, {}, key->public_key(), now + -before, now + before});
  return own;
}

Expected<void> sign_directory_anew(const fs::path& file, const crypto::KeyList& readable, const crypto::SigningKey& key, Instant now) {
  TRY(const auto bytes, platform::read_file(file));
  TRY(auto directory, read_from(file, wire::verify_directory(bytes, readable, now)));
  ++directory.version;
  directory.issued_at = now;
  return platform::replace_file(file, wire::sign_directory(directory, key), Mode::Public);
}

}  // namespace

Expected<void> rotate_signer(const fs::path& city, CitySigner which, const fs::path& directory_file, std::chrono::days overlap,
                             ports::Random& random, Instant now) {
  const bool is_directory = which == CitySigner::Directory;
  const auto purpose = is_directory ? crypto::KeyPurpose::Directory : crypto::KeyPurpose::Catalogue;
  const fs::path file = city / (is_directory ? "directory.key" : "catalogue.key"), next_file = file.string() + ".next", list_file = city / list_name;
  TRY(const auto root, platform::read_key(city / "city.key"));
  TRY(const auto present, platform::read_key(file));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(auto list, read_from(list_file, crypto::verify_key_list(list_bytes, root.public_key())));
  TRY(const auto next, platform::read_or_make_key(next_file, random));
  name_key(list, purpose, {}, next.public_key(), now, now + overlap);
  if (overlap == std::chrono::days(0))
    std::erase_if(list.keys, [&](const crypto::ListedKey& one) { return one.purpose == purpose && one.key != next.public_key(); });
  ++list.version;
  TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, root), Mode::Public));
  if (is_directory) TRY_VOID(sign_directory_anew(directory_file, signed_by_either(present, next, now), next, now));
  return platform::move_file(next_file, file);
}

Expected<crypto::SealingPublic> begin_epoch(const fs::path& city, std::chrono::days length, ports::Random& random, Instant now) {
  const fs::path list_file = city / list_name;
  TRY(const auto root, platform::read_key(city / "city.key"));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(auto list, crypto::verify_key_list(list_bytes, root.public_key()));
  // The file first: a key on the list without one would have people carry what nobody opens.
  TRY(const auto key, platform::make_intake_key(city, random));
  Instant from = now + -before;
  for (const auto& one : list.keys)
    if (one.purpose == crypto::KeyPurpose::Intake) from = std::max(from, one.valid_from + std::chrono::milliseconds(1));
  list.keys.push_back({crypto::KeyPurpose::Intake, {}, key, from, now + length});
  ++list.version;
  TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, root), Mode::Public));
  return key;
}

Expected<void> keep_epoch(const fs::path& city, ports::Random& random, Instant now) {
  constexpr std::chrono::days month{30};
  TRY(const auto root, platform::read_key(city / "city.key"));
  TRY(const auto bytes, platform::read_file(city / list_name));
  TRY(const auto list, crypto::verify_key_list(bytes, root.public_key()));
  const auto* present = list.intake(now + month);
  if (present) {
    TRY(const bool has_key, platform::is_there(city / platform::intake_file_name(present->key)));
    if (has_key) return {};
  }
  TRY_VOID(begin_epoch(city, usual_epoch, random, now));
  return {};
}

Expected<void> retire_centre(const fs::path& directory_file, const fs::path& list_file, const fs::path& key_file, const CentreId& centre,
                             const CentreId& successor, Instant end, Instant now) {
  TRY(const auto key, platform::read_key(key_file));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(const auto root, Root::open(list_file.parent_path()));
  TRY(const auto list, crypto::verify_key_list(list_bytes, root.key));
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
  return R"({"root":")" + to_base64url(trust.root.key) + R"(","list":")" + to_base64url(trust.list_bytes) + R"(","root_changes":")" +
         to_base64url(trust.root.changes) + "\"}\n";
}

}  // namespace tongban::server
