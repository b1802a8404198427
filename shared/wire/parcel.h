// A file on its way to the centre that must have it before a letter that names it: sealed to that centre and signed
// by the sender, as an envelope is. What file it is, only its octets say: their digest is the name it is kept under.
#pragma once

#include "shared/base/expected.h"
#include "shared/crypto/seal.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/random.h"
#include "shared/wire/receipt.h"

namespace tongban::wire {

struct Parcel {
  CentreId from, to;
  Bytes file;
};

/// envelope_errors::NoKey.
Expected<Bytes> write_parcel(const Parcel& parcel, const crypto::SealingPublic& to, const ports::CentreKeys& keys,
                             ports::Random& random);
/// envelope_errors::Malformed, Version, NoKey (sender unknown at `now`), Signature, Unsealable, Address.
Expected<Parcel> open_parcel(ByteView bytes, const ports::CentreKeys& keys, const KeyOf& key_of, Instant now);

}  // namespace tongban::wire
