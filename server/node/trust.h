// What a node trusts and is trusted for: the city's root key, the key list that it signed, the directory, and
// the node's own keys. Made at the first start of a trial node; brought from outside everywhere else.
//
//   DATA/keys/city.pub       the root's public half in hexadecimal
//   DATA/keys/city.key       the root itself: only where a trial node is its own city
//   DATA/keys/catalogue.key, directory.key, centres.key
//   DATA/keys/intake-ID.key  opens what was carried in an epoch: at every node that may
//   DATA/keys/list.bin       the signed key list
//   DATA/directory.bin       the signed directory, unless --directory names another file
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "server/platform/key_files.h"
#include "shared/catalogue/model.h"
#include "shared/crypto/key_list.h"
#include "shared/wire/directory.h"

namespace tongban::server {

namespace trust_errors {
inline constexpr ErrorCode NoRoot{"trust.no_root", "没有城市根密钥，先运行 tongban keys init-city。",
                                  "There is no city root key. Run tongban keys init-city first."};
inline constexpr ErrorCode NoCityKey{"trust.no_city_key", "缺少 keys/city.key：请把它放回去，或者用 --directory 启动。",
                                     "keys/city.key is missing: put it back, or start with --directory."};
inline constexpr ErrorCode UnknownCentre{"trust.unknown_centre", "事项目录和节点目录里都没有这个中心。",
                                         "Neither the catalogue nor the directory has this centre."};
inline constexpr ErrorCode BadAddress{"trust.bad_address", "节点要写成 名称=http://地址:端口。",
                                      "A node is written NAME=http://ADDRESS:PORT."};
inline constexpr ErrorCode BadDay{"trust.bad_day", "日期要写成 2027-01-01。", "A day is written 2027-01-01."};
inline constexpr ErrorCode BadKey{"trust.bad_key", "公钥要写成 64 个十六进制字符。", "A public key is written as 64 hexadecimal characters."};
inline constexpr ErrorCode NoCentre{"trust.no_centre", "目录里没有这个中心。", "There is no such centre in the directory."};
}  // namespace trust_errors

/// The keys of a trial city, all in one folder.
struct CityKeys {
  crypto::SigningKey root, catalogue, directory;

  /// NoCityKey where the folder has had one.
  static Expected<CityKeys> open_or_make(const std::filesystem::path& folder, ports::Random& random);
};

struct Trust {
  crypto::PublicKey root{};
  Bytes list_bytes;
  crypto::KeyList list;
  wire::Directory directory;
  Bytes directory_bytes;

  /// Reads and verifies what is there; an error names the file.
  static Expected<Trust> open(const std::filesystem::path& keys, const std::filesystem::path& directory, Instant now);
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

/// How long an epoch lasts: until then a code that somebody carries is promised to open.
inline constexpr std::chrono::days usual_epoch{180};

/// A new intake key in `city`, the folder of city.key and list.bin: its file, and the list that names it. Those of earlier
/// epochs stay on the list until their time. The key's public half.
Expected<crypto::SealingPublic> begin_epoch(const std::filesystem::path& city, std::chrono::days length, ports::Random& random, Instant now);

/// Begins one where the list names none that goes on for a month and has its file here. For trials.
Expected<void> keep_epoch(const std::filesystem::path& city, ports::Random& random, Instant now);

/// {"root":…,"list":…} as portals read it.
std::string keys_json(const Trust& trust);

}  // namespace tongban::server
