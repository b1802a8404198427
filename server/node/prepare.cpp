#include "server/node/prepare.h"

#include <malloc.h>

#include <algorithm>
#include <map>
#include <set>

#include "server/node/catalogue_build.h"
#include "server/platform/files.h"
#include "server/platform/log.h"

namespace tongban::server {
namespace fs = std::filesystem;
using platform::Mode;

namespace {

/// What this folder has stored and signed belongs to the root that it was made with: with another it would be a city that nobody knows.
Expected<void> check_root(const DataPaths& paths) {
  TRY(const bool has_root, platform::is_there(paths.keys / "city.key"));
  if (has_root) return {};
  for (const auto& left : {paths.keys / "city.pub", paths.store, paths.directory}) {
    TRY(const bool there, platform::is_there(left));
    if (there) return Error(trust_errors::NoCityKey, paths.keys.string());
  }
  return {};
}

/// The trial key that signs the list before any centre has a key: enough to open the first catalogue.
Expected<void> trust_the_catalogue(const CityKeys& city, const DataPaths& paths, Instant now) {
  TRY(const bool has_list, platform::is_there(paths.keys / "list.bin"));
  TRY(const bool has_directory, platform::is_there(paths.directory));
  if (has_list && has_directory) return {};
  return publish_trust(city, {}, paths.keys / "list.bin", paths.directory, now);
}

Expected<std::shared_ptr<const catalogue::Catalogue>> newest_catalogue(const NodeOptions& options, const DataPaths& paths, const Trust& trust,
                                                                       ports::Random& random, Instant now) {
  TRY(const bool may_build, platform::is_there(paths.keys / "catalogue.key"));
  if (may_build && !options.catalogue_source.empty()) {
    TRY(const auto key, platform::read_or_make_key(paths.keys / "catalogue.key", random));
    if (auto built = build_catalogue(options.catalogue_source, key, paths.catalogue); !built) {
      // An operator in the middle of editing must not take the node down: what stands still serves.
      TRY(const bool has_earlier, platform::is_there(paths.catalogue / "current.snap"));
      if (!has_earlier) return built.error();
      platform::log(platform::Level::Warn, "the catalogue was not compiled anew", built.error());
    }
    ::malloc_trim(0);
  }
  return open_catalogue(paths.catalogue, trust.list, now);
}

bool is_known(const CentreId& centre, const catalogue::Catalogue& catalogue, const wire::Directory& directory) {
  const auto in_catalogue = [&](const auto& one) { return one.id == centre; };
  const auto in_directory = [&](const auto& one) { return one.centre == centre; };
  return std::any_of(catalogue.centres.begin(), catalogue.centres.end(), in_catalogue) ||
         std::any_of(directory.entries.begin(), directory.entries.end(), in_directory);
}

Expected<std::vector<CentreId>> own_centres(const NodeOptions& options, const catalogue::Catalogue& catalogue, const Trust& trust) {
  for (const auto& centre : options.centres)
    if (!is_known(centre, catalogue, trust.directory)) return Error(trust_errors::UnknownCentre, centre.text());
  if (!options.centres.empty()) return options.centres;
  std::set<CentreId> centres;
  if (options.directory.empty()) {
    for (const auto& centre : catalogue.centres) centres.insert(centre.id);
  } else {
    for (const auto& entry : trust.directory.entries)
      if (entry.node == options.name) centres.insert(entry.centre);
  }
  return std::vector<CentreId>(centres.begin(), centres.end());
}

/// What a node of a trial gets from its city.
Expected<void> hand_out(const fs::path& city, const fs::path& keys) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(city, failed)) {
    const auto name = entry.path().filename().string();
    const bool is_public = name == "city.pub" || name == "root-changes.bin" || name == "list.bin";
    if (!is_public && name != "catalogue.key" && !name.starts_with("intake-")) continue;
    TRY(const auto bytes, platform::read_file(entry.path()));
    TRY_VOID(platform::replace_file(keys / name, bytes, is_public ? Mode::Public : Mode::Private));
  }
  if (failed) return Error(platform::file_errors::Unreadable, city.string(), platform::reason(failed.value()));
  return {};
}

std::string own_address(const NodeOptions& options) {
  return (options.tls ? "https://" : "http://") + url_host(options.address) + ':' + std::to_string(options.port);
}

}  // namespace

Expected<platform::CentreKeyFile> centre_keys(const DataPaths& paths, const std::vector<CentreId>& centres, const wire::Directory& directory,
                                              ports::Random& random, Instant now) {
  TRY(auto keys, platform::CentreKeyFile::open(paths.keys / "centres.key", centres, random));
  keys.sign_with([&](const CentreId& centre, const platform::CentrePublic& key) {
    return directory.keys()(centre, crypto::key_id(key.signing), now).has_value();
  });
  return keys;
}

Expected<Prepared> prepare(const NodeOptions& options, ports::Random& random, Instant now) {
  const DataPaths paths(options.data);
  if (options.directory.empty()) TRY_VOID(check_root(paths));
  TRY_VOID(platform::make_folder(options.data, Mode::Private));
  TRY_VOID(platform::make_folder(paths.keys, Mode::Private));
  TRY_VOID(platform::make_folder(paths.catalogue, Mode::Public));
  const bool own_city = options.directory.empty();
  const auto directory_file = own_city ? paths.directory : options.directory;
  std::optional<CityKeys> city;
  if (own_city) {
    TRY(city, CityKeys::open_or_make(paths.keys, random));
    TRY_VOID(trust_the_catalogue(*city, paths, now));
  }
  TRY(auto trust, Trust::open(paths.keys, directory_file, now));
  TRY(auto catalogue, newest_catalogue(options, paths, trust, random, now));
  TRY(auto centres, own_centres(options, *catalogue, trust));
  TRY(auto keys, centre_keys(paths, centres, trust.directory, random, now));
  if (own_city) {
    TRY_VOID(publish_trust(*city, {{options.name, own_address(options), centres, &keys}}, paths.keys / "list.bin", paths.directory, now));
    TRY_VOID(keep_epoch(paths.keys, random, now));
    TRY(trust, Trust::open(paths.keys, directory_file, now));
    TRY(keys, centre_keys(paths, centres, trust.directory, random, now));
  }
  TRY_VOID(trust.hold(paths.keys));
  TRY_VOID(platform::replace_file(paths.catalogue / "keys.json", as_bytes(keys_json(trust)), Mode::Public));
  TRY(auto intake, platform::read_intake_keys(paths.keys));
  return Prepared{std::move(trust), std::move(keys), std::move(intake), std::move(centres), std::move(catalogue)};
}

Expected<std::vector<FirstPassword>> make_first_accounts(Ledger& ledger, const std::vector<CentreId>& centres, ports::Random& random, Instant now) {
  std::vector<FirstPassword> made;
  const auto stored = ledger.write_now([&](Transaction& tx) -> Expected<void> {
    TRY(const auto there, tx.accounts());
    if (!there.empty()) return {};
    for (const auto& account : first_accounts(centres)) {
      auto password = generated_password(random);
      TRY(const auto ready, make_account(account, password, random, now));
      TRY_VOID(tx.put_account(ready));
      TRY_VOID(tx.append_reading(reading("operator", "account_added", account.account, now)));
      made.push_back({account, std::move(password)});
    }
    return {};
  });
  if (!stored) return stored.error();
  ::malloc_trim(0);
  return made;
}

Expected<void> make_trial_directory(const fs::path& data, const std::vector<TrialNode>& nodes, const fs::path& catalogue_source, const fs::path& out,
                                    ports::Random& random, Instant now) {
  const fs::path city_folder = data / "city-keys";
  TRY(const auto city, CityKeys::open_or_make(city_folder, random));
  TRY_VOID(platform::make_folder(data / "catalogue", Mode::Public));
  TRY_VOID(build_catalogue(catalogue_source, city.catalogue, data / "catalogue"));
  crypto::KeyList own;
  own.keys.push_back({crypto::KeyPurpose::Catalogue, {}, city.catalogue.public_key(), Instant{0}, now + std::chrono::hours(1)});
  TRY(const auto catalogue, open_catalogue(data / "catalogue", own, now));
  // Districts are dealt out in turn, so that neighbours stand on different nodes and the trial's story crosses the
  // wire; begun so that Hongkou, with the trial's window, falls to the first.
  std::map<std::string, std::size_t> share;
  for (const auto& district : catalogue->districts) share.emplace(district.code, 0);
  std::size_t index = 0;
  for (auto& [code, node] : share) node = ++index % nodes.size();
  std::vector<NodePlace> places(nodes.size());
  for (const auto& centre : catalogue->centres) places[share[centre.district]].centres.push_back(centre.id);
  std::vector<platform::CentreKeyFile> keys;
  keys.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto folder = data / nodes[i].name.text() / "keys";
    TRY_VOID(platform::make_folder(folder, Mode::Private));
    TRY(auto file, platform::CentreKeyFile::open(folder / "centres.key", places[i].centres, random));
    keys.push_back(std::move(file));
    places[i] = {nodes[i].name, nodes[i].address, std::move(places[i].centres), &keys.back()};
  }
  TRY_VOID(publish_trust(city, places, city_folder / "list.bin", out, now));
  TRY_VOID(keep_epoch(city_folder, random, now));
  for (const auto& node : nodes) TRY_VOID(hand_out(city_folder, data / node.name.text() / "keys"));
  return {};
}

}  // namespace tongban::server
