// Ed25519 signatures. What is signed must begin with a name of its own (a magic), so that a signature for
// one kind of thing never fits another.
#pragma once

#include <array>
#include <cstdint>

#include "shared/base/bytes.h"

namespace tongban::crypto {

using Seed = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
/// The first eight octets of the public key's digest: which key, not whether it may be trusted.
using KeyId = std::array<std::uint8_t, 8>;

KeyId key_id(const PublicKey& key);

/// A key pair; its secret half is wiped when it goes.
class SigningKey {
 public:
  /// The same seed gives the same key. The seed comes from ports::Random or from a key file.
  explicit SigningKey(const Seed& seed);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  KeyId id() const { return key_id(public_); }

 private:
  friend Signature sign(const SigningKey& key, ByteView message);
  PublicKey public_{};
  std::array<std::uint8_t, 64> secret_{};
};

/// Deterministic: the same key and message give the same signature.
Signature sign(const SigningKey& key, ByteView message);
bool verify(const PublicKey& key, const Signature& signature, ByteView message);

}  // namespace tongban::crypto
