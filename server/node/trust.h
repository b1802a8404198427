// What a node trusts and is trusted for: the city's root key, the key list that it signed, the directory, and
// the node's own keys. Made at the first start of a trial node; brought from outside everywhere else.
//
//   DATA/keys/city.pub       the root's public half, and root-changes.bin what it has become since (root.h)
//   DATA/keys/city.key       the root itself: only where a trial node is its own city
//   DATA/keys/catalogue.key, directory.key, centres.key
//   DATA/keys/intake-ID.key  opens what was carried in an epoch: at every node that may
//   DATA/keys/list.bin       the signed key list
//   DATA/directory.bin       the signed directory, unless --directory names another file
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "server/node/root.h"
#include "server/node/trust_errors.h"
#include "server/platform/key_files.h"
#include "shared/catalogue/model.h"
#include "shared/crypto/key_list.h"
#include "shared/wire/directory.h"

namespace tongban::server {

/// The keys of a trial city, all in one folder.
struct CityKeys {
  crypto::SigningKey root, catalogue, directory;

  /// NoCityKey where the folder has had one.
  static Expected<CityKeys> open_or_make(const std::filesystem::path& folder, ports::Random& random);
};

struct Trust {
  Root root;
  Bytes list_bytes;
  crypto::KeyList list;
  wire::Directory directory;
  Bytes directory_bytes;

  /// Reads and verifies what is there; an error names the file. Older, when the node has gone by a newer one.
  static Expected<Trust> open(const std::filesystem::path& keys, const std::filesystem::path& directory, Instant now);
  /// The node goes by this, and by nothing older from now on.
  Expected<void> hold(const std::filesystem::path& keys) const;
};

/// One node of a directory that is being made.
struct NodePlace {
  NodeId node;
  std::string address;
  std::vector<CentreId> centres;
  const platform::CentreKeyFile* keys = nullptr;
};

/// Signs the key list of these nodes' centres and their directory, and writes both, unless what stands there
/// already says the same. Versions go up by one. Keys that stand there keep their time; earlier ones of a centre stay
/// for what they have signed.
Expected<void> publish_trust(const CityKeys& city, const std::vector<NodePlace>& places, const std::filesystem::path& list_file,
                             const std::filesystem::path& directory_file, Instant now);

/// Ends a centre's entries at `end` and names who takes over; signs the directory anew, one version up. NoCentre, also
/// for a successor without an entry of its own then.
Expected<void> retire_centre(const std::filesystem::path& directory_file, const std::filesystem::path& list_file, const std::filesystem::path& key_file,
                             const CentreId& centre, const CentreId& successor, Instant end, Instant now);

/// How long a centre's earlier key is still taken, so that letters which it has signed come through: by far longer than
/// letters are sent by themselves.
inline constexpr std::chrono::days usual_overlap{180};

/// A centre goes over to a new key: the list and the directory name it from now on, and the earlier ones for `overlap`
/// more. What these have signed until then can be verified for ever. `city` is the folder of city.key, directory.key and
/// list.bin. NoCentre.
Expected<void> rekey_centre(const std::filesystem::path& city, const std::filesystem::path& directory_file, const CentreId& centre,
                            const platform::CentrePublic& key, std::chrono::days overlap, Instant now);

/// The keys besides the root's that sign for the city.
enum class CitySigner : std::uint8_t { Catalogue, Directory };

/// The city goes over to another key for its catalogue or its directory, which is signed anew at once; a catalogue is with its next
/// build. The earlier key is taken for `overlap` more; with none it is struck off the list, since portals don't look at dates.
/// Interrupted, it is done again and ends with the same key.
Expected<void> rotate_signer(const std::filesystem::path& city, CitySigner which, const std::filesystem::path& directory_file,
                             std::chrono::days overlap, ports::Random& random, Instant now);

/// How long an epoch lasts: until then a code that somebody carries is promised to open.
inline constexpr std::chrono::days usual_epoch{180};

/// A new intake key in `city`, the folder of city.key and list.bin: its file, and the list that names it. Those of earlier
/// epochs stay on the list until their time. The key's public half.
Expected<crypto::SealingPublic> begin_epoch(const std::filesystem::path& city, std::chrono::days length, ports::Random& random, Instant now);

/// Begins one where the list names none that goes on for a month and has its file here. For trials.
Expected<void> keep_epoch(const std::filesystem::path& city, ports::Random& random, Instant now);

/// {"root":…,"list":…,"root_changes":…} as portals read it.
std::string keys_json(const Trust& trust);

}  // namespace tongban::server
