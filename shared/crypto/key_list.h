// Whom to trust: the keys of catalogue, directory and centres, and what to seal carried applications to, listed and
// signed by the city's root key.
//
// Nodes have the root's public half in their configuration, portals pin it on the first visit. A list's
// version only goes up; who holds version n refuses a lower one. Octet by octet in shared/wire/README.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/expected.h"
#include "shared/base/time.h"
#include "shared/crypto/sign.h"

namespace tongban::crypto {

namespace key_errors {
inline constexpr ErrorCode Malformed{"keys.malformed", "密钥清单读不懂，请刷新再试", "The list of keys cannot be read; please reload"};
inline constexpr ErrorCode NotSigned{"keys.signature", "密钥清单的签名不对，已拒绝", "The list of keys has no valid signature and was refused"};
inline constexpr ErrorCode NotListed{"keys.not_listed", "签名的密钥不在清单里", "The signing key is not on the list"};
inline constexpr ErrorCode Older{"keys.older", "密钥清单比已有的旧，已拒绝", "The list of keys is older than the one held, and was refused"};
}  // namespace key_errors

enum class KeyPurpose : std::uint8_t {
  Catalogue = 1,
  Directory = 2,
  Centre = 3,
  Intake = 4,  ///< X25519, not Ed25519: applications that are carried to a window are sealed to it
};

struct ListedKey {
  KeyPurpose purpose{};
  std::string holder;  ///< centre id for KeyPurpose::Centre, else empty
  PublicKey key{};
  Instant valid_from, valid_until;  ///< until is exclusive; of an intake key its epoch

  KeyId id() const { return key_id(key); }
};

struct KeyList {
  std::uint32_t version = 0;
  std::vector<ListedKey> keys;

  /// The key of that id and purpose, if it was valid at `at`.
  const ListedKey* find(KeyPurpose purpose, const KeyId& id, Instant at) const;
  /// The intake key whose epoch began last, if that goes on at `at`. A clock that is behind doesn't matter.
  const ListedKey* intake(Instant at) const;
};

/// The list's octets, signed by `root`.
Bytes sign_key_list(const KeyList& list, const SigningKey& root);
/// Malformed, NotSigned (by another root, or changed). Keys of a purpose that this release doesn't know are left out.
Expected<KeyList> verify_key_list(ByteView bytes, const PublicKey& root);

/// The city's root changes: a statement signed by the old root and by the new one.
Bytes sign_root_change(const SigningKey& from, const SigningKey& to);
/// Who trusts `root` gets the root to trust from now on.
Expected<PublicKey> verify_root_change(ByteView bytes, const PublicKey& root);
/// Every change there has been, one statement after the other: who trusts any of these roots gets the last one, and whoever trusts
/// none of them keeps his own. NotSigned when a statement about the root that is trusted isn't good.
Expected<PublicKey> follow_root_changes(ByteView changes, const PublicKey& root);

}  // namespace tongban::crypto
