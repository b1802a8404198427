// Packed octets under a good signature: of whoever holds the key, or of somebody who has stolen it.
#include "shared/catalogue/codec.h"
#include "shared/catalogue/snapshot.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

FUZZ(input) {
  static const std::vector<PublicKey> trusted{sample_key().public_key()};
  static const Bytes base = encode(small_catalogue());
  const std::uint8_t which = fuzzing::choice(input);
  if (which % 4 == 0) return (void)open_snapshot(input, trusted);
  if (which % 4 == 1) return (void)apply_delta(input, base, trusted);
  const std::uint32_t raw_size = std::uint32_t{fuzzing::choice(input)} * 64;
  if (which % 4 == 2) {
    SnapshotHeader header;
    header.raw_size = raw_size;
    return fuzzing::must(!unpack_snapshot(assemble_snapshot(header, input, sample_key()), trusted), "no digest is 0");
  }
  DeltaHeader delta;
  delta.raw_size = raw_size;
  delta.from_digest = crypto::digest(base);
  (void)apply_delta(assemble_delta(delta, input, sample_key()), base, trusted);
}
