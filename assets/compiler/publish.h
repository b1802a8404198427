// The products of a build: what a node serves, and what the packaging needs.
#pragma once

#include <string>
#include <vector>

#include "assets/compiler/compile.h"
#include "shared/base/expected.h"
#include "shared/crypto/sign.h"

namespace tongban::compiler {

namespace publish_errors {
inline constexpr ErrorCode VersionNotRaised{"publish.version_not_raised", "目录改了，版本号没有加",
                                            "The catalogue has changed, so “版本号” in catalogue.yaml must be higher than before."};
}  // namespace publish_errors

/// An older version: its number and canonical bytes.
struct Earlier {
  std::uint32_t version = 0;
  Bytes canonical;
};

/// The signed snapshot of one catalogue.
Expected<Bytes> make_snapshot(const catalogue::Catalogue& catalogue, const crypto::SigningKey& key);
/// VersionNotRaised when `earlier` isn't older but differs.
Expected<Bytes> make_delta(const Earlier& earlier, const catalogue::Catalogue& catalogue, const crypto::SigningKey& key);

/// current.snap, pinyin.bin, delta/<from>-<to> into `folder`; nothing is written unless all can be made.
Expected<void> publish(const Compiled& compiled, const std::vector<Earlier>& earlier, const crypto::SigningKey& key, const std::string& folder);
/// catalogue.bin (canonical bytes), pinyin.bin, characters.txt into `folder`: for the packaging and for tests.
Expected<void> publish_unsigned(const Compiled& compiled, const std::string& folder);

/// A snapshot signed by one of `keys`, or canonical bytes, from a file.
Expected<Bytes> read_canonical(const std::string& path, const std::vector<crypto::PublicKey>& keys);

}  // namespace tongban::compiler
