// The key pair of a sealed box from a seed, as libsodium's crypto_box_seed_keypair makes it. In the browser by the slower
// way, which comes without a table of 30 KB that a first visit would load.
#pragma once

#include <array>
#include <cstdint>

#include "shared/crypto/sign.h"

namespace tongban::crypto {

void box_pair(std::array<std::uint8_t, 32>& public_half, std::array<std::uint8_t, 32>& secret, const Seed& seed);

}  // namespace tongban::crypto
