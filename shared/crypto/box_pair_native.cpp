#include <sodium.h>

#include "shared/crypto/box_pair.h"

namespace tongban::crypto {

void box_pair(std::array<std::uint8_t, 32>& public_half, std::array<std::uint8_t, 32>& secret, const Seed& seed) {
  crypto_box_seed_keypair(public_half.data(), secret.data(), seed.data());
}

}  // namespace tongban::crypto
