// BLAKE2b-256 digests, at once or piece by piece, and comparison in constant time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "shared/base/bytes.h"

namespace tongban::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest digest(ByteView bytes);

/// Digest of something that doesn't fit in memory, or comes in pieces. One value, one thread.
class Digester {
 public:
  Digester();
  Digester& add(ByteView bytes);
  /// May be called once; add nothing afterwards.
  Digest finish();

 private:
  alignas(64) std::array<std::byte, 384> state_;
};

/// Takes the same time wherever the two differ. Different lengths are different.
bool equal(ByteView a, ByteView b);

}  // namespace tongban::crypto
