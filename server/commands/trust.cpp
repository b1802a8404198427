#include <algorithm>
#include <iostream>

#include "server/commands/commands.h"
#include "server/exchange/peer_client.h"
#include "server/node/prepare.h"
#include "server/node/words.h"
#include "server/platform/clock.h"
#include "server/platform/files.h"

namespace tongban::server {
namespace {

struct TrustFlags {
  std::string out = "city-keys", data = "data", directory, source = TONGBAN_CATALOGUE_SOURCE;
  std::vector<std::string> nodes;
  std::string key, list, centre, successor, when, city, signing, sealing, which;
  int overlap_days = static_cast<int>(usual_overlap.count()), epoch_days = static_cast<int>(usual_epoch.count());
};

int init_city(const TrustFlags& flags) {
  platform::SystemRandom random;
  const auto city = CityKeys::open_or_make(flags.out, random);
  if (!city) return fail(city.error());
  std::cout << "city root (public)  " << to_hex(city->root.public_key()) << "\n"
            << "Keep " << flags.out << "/city.key offline; nodes need only city.pub, list.bin, directory.bin and their own keys.\n";
  return 0;
}

std::string_view purpose_text(crypto::KeyPurpose purpose) {
  switch (purpose) {
    case crypto::KeyPurpose::Catalogue: return "catalogue";
    case crypto::KeyPurpose::Directory: return "directory";
    case crypto::KeyPurpose::Intake: return "intake   ";
    case crypto::KeyPurpose::Centre: break;
  }
  return "centre   ";
}

int show_keys(const TrustFlags& flags) {
  const DataPaths paths(flags.data);
  const auto directory = flags.directory.empty() ? paths.directory : std::filesystem::path(flags.directory);
  const auto trust = Trust::open(paths.keys, directory, platform::SystemClock{}.now());
  if (!trust) return fail(trust.error());
  std::cout << "root " << to_hex(trust->root.key) << "\nlist version " << trust->list.version << '\n';
  for (const auto& key : trust->list.keys)
    std::cout << purpose_text(key.purpose) << ' ' << to_hex(key.id()) << ' ' << key.holder << " from " << to_rfc3339(key.valid_from) << " until "
              << to_rfc3339(key.valid_until) << '\n';
  return 0;
}

/// Where the node is its own city, the new key is in force at once; elsewhere the city's office, which has the root key,
/// names it by `directory rekey`.
int rotate(const TrustFlags& flags) {
  const DataPaths paths(flags.data);
  const CentreId centre(flags.centre);
  const auto now = platform::SystemClock{}.now();
  const auto trust = Trust::open(paths.keys, paths.directory, now);
  if (!trust) return fail(trust.error());
  // A key that the directory will never name must not become the newest of its centre.
  if (!trust->directory.find(centre, now)) return fail(Error(trust_errors::NoCentre, flags.centre));
  platform::SystemRandom random;
  const auto key = platform::CentreKeyFile::add(paths.keys / "centres.key", centre, random);
  if (!key) return fail(key.error());
  const auto is_own_city = platform::is_there(paths.keys / "city.key");
  if (!is_own_city) return fail(is_own_city.error());
  if (!*is_own_city) {
    std::cout << "The node goes on signing with its present key until the directory names the new one. At the city's office:\n"
              << "tongban directory rekey " << flags.centre << " --signing " << to_hex(key->signing) << " --sealing " << to_hex(key->sealing)
              << " --city FOLDER --directory FILE\n";
    return 0;
  }
  if (const auto named = rekey_centre(paths.keys, paths.directory, centre, *key, std::chrono::days(flags.overlap_days), now); !named) return fail(named.error());
  std::cout << flags.centre << " has a new key; send the node a SIGHUP.\n";
  return 0;
}

constexpr const char* hand_out = "Give every node this first, and send each a SIGHUP: ";

int new_root(const TrustFlags& flags) {
  platform::SystemRandom random;
  const auto root = rotate_root(flags.city, random);
  if (!root) return fail(root.error());
  std::cout << "city root (public)  " << to_hex(*root) << "\n" << hand_out << "root-changes.bin and list.bin of " << flags.city
            << ".\nPortals that trust an earlier root follow it by themselves. " << flags.city << "/city.key is the new one; copies of the earlier one can go.\n";
  return 0;
}

int new_signer(const TrustFlags& flags) {
  const auto which = flags.which == "directory" ? CitySigner::Directory : CitySigner::Catalogue;
  platform::SystemRandom random;
  const auto done = rotate_signer(flags.city, which, flags.directory, std::chrono::days(flags.overlap_days), random, platform::SystemClock{}.now());
  if (!done) return fail(done.error());
  std::cout << "The city's " << flags.which << " is signed with a new key. " << hand_out << "list.bin of " << flags.city
            << (which == CitySigner::Directory ? "; then the directory.\n" : "; then build the catalogue anew.\n");
  return 0;
}

int new_epoch(const TrustFlags& flags) {
  platform::SystemRandom random;
  const auto key = begin_epoch(flags.city, std::chrono::days(flags.epoch_days), random, platform::SystemClock{}.now());
  if (!key) return fail(key.error());
  const std::string file = platform::intake_file_name(*key);
  std::cout << "What is carried from now on is sealed to " << to_hex(crypto::key_id(*key)) << "; what was carried before opens as long as its file is there.\n"
            << "Give " << flags.city << '/' << file << " (mode 600) and " << flags.city << "/list.bin to every node that may open it, and send each a SIGHUP.\n";
  return 0;
}

std::optional<platform::CentrePublic> public_from(const TrustFlags& flags) {
  const auto signing = from_hex(flags.signing), sealing = from_hex(flags.sealing);
  platform::CentrePublic key;
  if (!signing || !sealing || signing->size() != key.signing.size() || sealing->size() != key.sealing.size()) return std::nullopt;
  std::copy(signing->begin(), signing->end(), key.signing.begin());
  std::copy(sealing->begin(), sealing->end(), key.sealing.begin());
  return key;
}

int rekey(const TrustFlags& flags) {
  const auto key = public_from(flags);
  if (!key) return fail(Error(trust_errors::BadKey, flags.centre));
  const auto named = rekey_centre(flags.city, flags.directory, CentreId(flags.centre), *key, std::chrono::days(flags.overlap_days), platform::SystemClock{}.now());
  if (!named) return fail(named.error());
  std::cout << flags.centre << " has a new key; its earlier one is taken for " << flags.overlap_days << " days more.\n"
            << "Give every node this directory and " << flags.city << "/list.bin, and send each a SIGHUP.\n";
  return 0;
}

/// The courier would take 80 or 443 for one without a port: no trial node is there.
bool is_address(const std::string& text) {
  const auto address = exchange::PeerAddress::read(text);
  if (!address || !text.ends_with(':' + address->port)) return false;
  std::uint16_t port = 0;
  return CLI::detail::lexical_cast(address->port, port) && port > 0;
}

int make_directory(const TrustFlags& flags) {
  std::vector<TrialNode> nodes;
  for (const auto& text : flags.nodes) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || !is_address(text.substr(equals + 1))) return fail(Error(trust_errors::BadAddress, text));
    nodes.push_back({NodeId(text.substr(0, equals)), text.substr(equals + 1)});
  }
  platform::SystemRandom random;
  const auto made = make_trial_directory(flags.data, nodes, flags.source, flags.out, random, platform::SystemClock{}.now());
  if (!made) return fail(made.error());
  std::cout << flags.out << " names " << nodes.size() << " nodes; start each with: " << program_text() << " serve --node NAME --data " << flags.data << "/NAME --directory "
            << flags.out << " --port PORT\n";
  return 0;
}

int show_directory(const TrustFlags& flags) {
  const DataPaths paths(flags.data);
  const auto file = flags.directory.empty() ? paths.directory : std::filesystem::path(flags.directory);
  const auto trust = Trust::open(paths.keys, file, platform::SystemClock{}.now());
  if (!trust) return fail(trust.error());
  std::cout << "version " << trust->directory.version << ", issued " << to_rfc3339(trust->directory.issued_at) << '\n';
  for (const auto& entry : trust->directory.entries)
    std::cout << entry.centre.text() << ' ' << entry.node.text() << ' ' << entry.address << " until " << to_rfc3339(entry.valid_until)
              << (entry.successor.empty() ? "" : " -> " + entry.successor.text()) << '\n';
  return 0;
}

/// What would leave letters lying: a centre without an address now, a successor that isn't there, an end within a month.
std::vector<std::string> faults_of(const wire::Directory& directory, Instant now) {
  std::vector<std::string> faults;
  for (const auto& entry : directory.entries) {
    const auto* route = directory.route(entry.centre, now);
    if (!route) faults.push_back(entry.centre.text() + ": nothing for it goes anywhere now");
    else if (!directory.route(entry.centre, now + std::chrono::hours(24 * 30))) faults.push_back(entry.centre.text() + ": its entry ends within 30 days, without a successor");
    if (!entry.successor.empty() && !directory.route(entry.successor, std::max(now, entry.valid_until)))
      faults.push_back(entry.centre.text() + ": its successor " + entry.successor.text() + " is not in the directory");
  }
  std::sort(faults.begin(), faults.end());
  faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
  return faults;
}

int verify_directory(const TrustFlags& flags) {
  const DataPaths paths(flags.data);
  const auto now = platform::SystemClock{}.now();
  const auto trust = Trust::open(paths.keys, flags.directory.empty() ? paths.directory : std::filesystem::path(flags.directory), now);
  if (!trust) return fail(trust.error());
  const auto faults = faults_of(trust->directory, now);
  for (const auto& fault : faults) std::cout << fault << '\n';
  std::cout << "version " << trust->directory.version << ", " << trust->directory.entries.size() << " entries, signature good, " << faults.size() << " faults\n";
  return faults.empty() ? 0 : 1;
}

int retire(const TrustFlags& flags) {
  const auto day = parse_date(flags.when);
  if (!day) return fail(Error(trust_errors::BadDay, flags.when));
  const auto done = retire_centre(flags.directory, flags.list, flags.key, CentreId(flags.centre), CentreId(flags.successor), from_shanghai(*day, 0),
                                  platform::SystemClock{}.now());
  if (!done) return fail(done.error());
  std::cout << flags.centre << " ends with " << flags.when << "; what is new for it goes to " << flags.successor << ".\n"
            << "Give every node this directory, and send each a SIGHUP. A node that has its cases must go on until they are done.\n";
  return 0;
}

}  // namespace

void add_trust_commands(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<TrustFlags>();
  auto& keys = *app.add_subcommand("keys", "The city's root key and the keys that it vouches for");
  keys.require_subcommand(1);
  auto& init = *keys.add_subcommand("init-city", "Make the root, catalogue and directory keys of a city, once and offline");
  init.add_option("--out", flags->out, "Folder for them")->capture_default_str();
  init.callback([flags, &exit_code] { exit_code = init_city(*flags); });
  auto& show = *keys.add_subcommand("list", "The keys that a node trusts, verified, with the time of each");
  show.add_option("--data", flags->data, "The node's data folder")->capture_default_str();
  show.add_option("--directory", flags->directory, "Its directory, when that lies elsewhere");
  show.callback([flags, &exit_code] { exit_code = show_keys(*flags); });
  auto& rotated = *keys.add_subcommand("rotate", "A new key for a centre; what was signed and sealed with the earlier one stays good");
  rotated.add_option("--data", flags->data, "The node's data folder")->capture_default_str();
  rotated.add_option("--overlap-days", flags->overlap_days, "How long the earlier key is still taken; 0 when it has become known")->check(CLI::Range(0, 3650))->capture_default_str();
  rotated.add_option("centre", flags->centre, "Whose key")->required();
  rotated.callback([flags, &exit_code] { exit_code = rotate(*flags); });

  auto& root = *keys.add_subcommand("rotate-root", "A new root key for the city, vouched for by the present one");
  root.add_option("--city", flags->city, "Folder of city.key and list.bin; DATA/keys where the node is its own city")->required()->check(CLI::ExistingDirectory);
  root.callback([flags, &exit_code] { exit_code = new_root(*flags); });
  auto& signer = *keys.add_subcommand("rotate-signer", "A new key for what signs the city's catalogue or directory");
  signer.add_option("--city", flags->city, "Folder of city.key, list.bin and the two keys")->required()->check(CLI::ExistingDirectory);
  auto* file = signer.add_option("--directory", flags->directory, "The signed directory, which is replaced")->check(CLI::ExistingFile);
  signer.add_option("--overlap-days", flags->overlap_days, "How long the earlier key is still taken; 0 when it has become known")->check(CLI::Range(0, 3650))->capture_default_str();
  signer.add_option("which", flags->which, "catalogue or directory")->required()->check(CLI::IsMember({"catalogue", "directory"}));
  signer.callback([flags, file, &exit_code] {
    if (flags->which == "directory" && file->empty()) throw CLI::RequiredError("--directory");
    exit_code = new_signer(*flags);
  });

  auto& epoch = *keys.add_subcommand("begin-epoch", "A new intake key, which applications that are carried to a window are sealed to");
  epoch.add_option("--city", flags->city, "Folder of city.key and list.bin; DATA/keys where the node is its own city")->required()->check(CLI::ExistingDirectory);
  epoch.add_option("--days", flags->epoch_days, "How long codes of this epoch are promised to open")->check(CLI::Range(1, 3650))->capture_default_str();
  epoch.callback([flags, &exit_code] { exit_code = new_epoch(*flags); });

  auto& directory = *app.add_subcommand("directory", "Which centre is served by which node");
  directory.require_subcommand(1);
  auto& make = *directory.add_subcommand("make", "Trial nodes under one folder: keys, key list and signed directory for all of them");
  make.add_option("--data", flags->data, "Folder that holds a data folder for each node")->required();
  make.add_option("--out", flags->out, "The signed directory")->required();
  make.add_option("--node", flags->nodes, "NAME=http://ADDRESS:PORT, once for each node")->required();
  make.add_option("--catalogue-source", flags->source, "Where the list of centres comes from")->capture_default_str();
  make.callback([flags, &exit_code] { exit_code = make_directory(*flags); });
  auto& shown = *directory.add_subcommand("show", "A directory, verified");
  shown.add_option("--data", flags->data, "A node's data folder, for its keys")->capture_default_str();
  shown.add_option("--directory", flags->directory, "The directory, when it lies elsewhere");
  shown.callback([flags, &exit_code] { exit_code = show_directory(*flags); });
  auto& checked = *directory.add_subcommand("verify", "Check a directory: its signature, and that nothing would be left lying");
  checked.add_option("--data", flags->data, "A node's data folder, for its keys")->capture_default_str();
  checked.add_option("--directory", flags->directory, "The directory, when it lies elsewhere");
  checked.callback([flags, &exit_code] { exit_code = verify_directory(*flags); });
  auto& rekeyed = *directory.add_subcommand("rekey", "Name a centre's new key in the key list and the directory; both versions go up");
  rekeyed.add_option("--directory", flags->directory, "The signed directory, which is replaced")->required()->check(CLI::ExistingFile);
  rekeyed.add_option("--city", flags->city, "Folder of city.key, directory.key and list.bin")->required()->check(CLI::ExistingDirectory);
  rekeyed.add_option("--signing", flags->signing, "Public half of the signing key, hexadecimal")->required();
  rekeyed.add_option("--sealing", flags->sealing, "Public half of the sealing key, hexadecimal")->required();
  rekeyed.add_option("--overlap-days", flags->overlap_days, "How long the earlier key is still taken; 0 when it has become known")->check(CLI::Range(0, 3650))->capture_default_str();
  rekeyed.add_option("centre", flags->centre, "Whose key")->required();
  rekeyed.callback([flags, &exit_code] { exit_code = rekey(*flags); });
  auto& retired = *directory.add_subcommand("retire", "End a centre's entry, and name the centre that takes over; the version goes up");
  retired.add_option("--directory", flags->directory, "The signed directory, which is replaced")->required()->check(CLI::ExistingFile);
  retired.add_option("--list", flags->list, "The signed key list")->required()->check(CLI::ExistingFile);
  retired.add_option("--key", flags->key, "directory.key of the city")->required()->check(CLI::ExistingFile);
  retired.add_option("--successor", flags->successor, "Centre that takes its work over")->required();
  retired.add_option("--on", flags->when, "First day without it, as 2027-01-01")->required();
  retired.add_option("centre", flags->centre, "Centre that ends")->required();
  retired.callback([flags, &exit_code] { exit_code = retire(*flags); });
}

}  // namespace tongban::server
