// Encryption of what stays on one device: XChaCha20-Poly1305 under a data key.
//
// Layout of a locked thing: 24 octets nonce, then ciphertext and 16 octets tag. `context` is bound to it but
// not stored: name there what it is (space, key, version), so that one record can't be put in another's place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "shared/base/bytes.h"
#include "shared/ports/random.h"

namespace tongban::crypto {

using DataKey = std::array<std::uint8_t, 32>;

Bytes lock(const DataKey& key, ByteView context, ByteView plain, ports::Random& random);
/// Nothing when the key, the context or an octet is another one.
std::optional<Bytes> unlock(const DataKey& key, ByteView context, ByteView locked);

}  // namespace tongban::crypto
