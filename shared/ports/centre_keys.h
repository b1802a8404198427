// The secret keys of the centres that a node serves. Rules ask for a signature or for a sealed thing to be
// opened; the keys themselves stay behind this port (a file of mode 600 on the server, a seed in tests).
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "shared/base/bytes.h"
#include "shared/base/id.h"

namespace tongban::ports {

class CentreKeys {
 public:
  virtual ~CentreKeys() = default;

  /// Id of the key that `sign` uses now for this centre; nothing when the node doesn't serve the centre.
  virtual std::optional<std::array<std::uint8_t, 8>> signing_key_id(const CentreId& centre) const = 0;
  /// Ed25519 over `message`.
  virtual std::optional<std::array<std::uint8_t, 64>> sign(const CentreId& centre, ByteView message) const = 0;
  /// Opens what was sealed to the centre, with its present key or one that it had before.
  virtual std::optional<Bytes> open(const CentreId& centre, ByteView sealed) const = 0;
};

}  // namespace tongban::ports
