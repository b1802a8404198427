#include <sodium.h>

#include <algorithm>

#include "shared/crypto/box_pair.h"

namespace tongban::crypto {

void box_pair(std::array<std::uint8_t, 32>& public_half, std::array<std::uint8_t, 32>& secret, const Seed& seed) {
  static constexpr std::array<std::uint8_t, 32> base{9};   // RFC 7748, 4.1
  std::array<std::uint8_t, crypto_hash_sha512_BYTES> hash{};
  crypto_hash_sha512(hash.data(), seed.data(), seed.size());
  std::copy_n(hash.begin(), secret.size(), secret.begin());
  sodium_memzero(hash.data(), hash.size());
  // It fails for points of a small order only, and this is none.
  (void)crypto_scalarmult(public_half.data(), secret.data(), base.data());
}

}  // namespace tongban::crypto
