// The signed catalogue as it travels: a snapshot, and deltas between snapshots (README.md has both byte by byte).
//
// Order of trust: length, signature, version, and only then unpacking, under a cap.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/catalogue/model.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/sign.h"

namespace tongban::catalogue {

namespace snapshot_errors {
inline constexpr ErrorCode Damaged{"snapshot.damaged", "目录文件坏了，请重新下载", "The catalogue file is damaged; please download it again."};
inline constexpr ErrorCode Newer{"snapshot.newer_format", "目录文件的格式比这个版本新，请刷新页面",
                                 "The catalogue file has a newer format than this version reads; please reload."};
inline constexpr ErrorCode Untrusted{"snapshot.untrusted", "目录文件不是由认可的密钥签名的，不能使用",
                                     "The catalogue file is not signed by a trusted key and can't be used."};
inline constexpr ErrorCode TooLarge{"snapshot.too_large", "目录文件展开后太大，不能使用", "The catalogue file unpacks to more than is allowed."};
inline constexpr ErrorCode WrongBase{"snapshot.wrong_base", "目录更新与现有目录对不上，请下载完整目录",
                                     "The update doesn't fit the present catalogue; please download the whole one."};
}  // namespace snapshot_errors

/// Never unpack more than this: about a hundred times today's catalogue.
inline constexpr std::size_t unpack_cap = 8u << 20;

using crypto::Digest;     // BLAKE2b-256 of canonical bytes
using crypto::KeyId;
using crypto::PublicKey;  // Ed25519

/// What stands before the packed bytes, verified.
struct SnapshotHeader {
  std::uint16_t format = 1;
  std::uint32_t version = 0;
  std::string edition;
  std::uint32_t raw_size = 0;
  Digest raw_digest{};      ///< of the canonical bytes
  KeyId key{};
};

struct DeltaHeader {
  std::uint16_t format = 1;
  std::uint32_t from = 0, to = 0;
  Digest from_digest{};     ///< of the canonical bytes it starts from
  std::uint32_t raw_size = 0;
  Digest raw_digest{};
  std::string edition;
  KeyId key{};
};

/// Canonical bytes with the header that vouches for them.
struct Unpacked {
  SnapshotHeader header;
  Bytes canonical;
};

/// Damaged, Newer, Untrusted, TooLarge; after a good signature the digest is checked too.
Expected<Unpacked> unpack_snapshot(ByteView file, const std::vector<PublicKey>& trusted);
/// Without asking who signed: for tools that look at a file, never for one that is used.
Expected<Unpacked> unpack_unverified(ByteView file);
/// unpack_snapshot, then decode.
Expected<Catalogue> open_snapshot(ByteView file, const std::vector<PublicKey>& trusted);
/// The header alone, its signature verified.
Expected<SnapshotHeader> read_snapshot_header(ByteView file, const std::vector<PublicKey>& trusted);

Expected<DeltaHeader> read_delta_header(ByteView file, const std::vector<PublicKey>& trusted);
/// The canonical bytes of the newer version, from those of the older. WrongBase when the delta starts elsewhere.
Expected<Unpacked> apply_delta(ByteView delta, ByteView canonical, const std::vector<PublicKey>& trusted);

// For the compiler: a file from its packed bytes, signed. `header.key` is filled in from the key.
Bytes assemble_snapshot(SnapshotHeader header, ByteView packed, const crypto::SigningKey& key);
Bytes assemble_delta(DeltaHeader header, ByteView packed, const crypto::SigningKey& key);

}  // namespace tongban::catalogue
