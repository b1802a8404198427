// Sealed boxes (X25519, XSalsa20-Poly1305): anyone can close one, only the owner of the key can open it.
// The octets are those of libsodium's crypto_box_seal; only the randomness comes through the port.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "shared/base/bytes.h"
#include "shared/crypto/sign.h"
#include "shared/ports/random.h"

namespace tongban::crypto {

using SealingPublic = std::array<std::uint8_t, 32>;

/// A key to open boxes with; wiped when it goes.
class SealingKey {
 public:
  explicit SealingKey(const Seed& seed);
  SealingKey(const SealingKey&) = default;
  SealingKey& operator=(const SealingKey&) = default;
  ~SealingKey();

  const SealingPublic& public_key() const { return public_; }

 private:
  friend std::optional<Bytes> open_sealed(const SealingKey& key, ByteView sealed);
  SealingPublic public_{};
  std::array<std::uint8_t, 32> secret_{};
};

/// 48 octets longer than the message. Nothing when `to` is no usable key.
std::optional<Bytes> seal(const SealingPublic& to, ByteView message, ports::Random& random);
/// Nothing when it was sealed to another key, or changed on the way.
std::optional<Bytes> open_sealed(const SealingKey& key, ByteView sealed);

}  // namespace tongban::crypto
