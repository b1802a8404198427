// The portal's side of handing in: a draft becomes sealed octets, stored before the first send and resent unchanged.
#pragma once

#include "shared/casework/access.h"
#include "shared/casework/model.h"
#include "shared/catalogue/model.h"
#include "shared/base/expected.h"
#include "shared/ports/random.h"

namespace tongban::usecases {

struct Sealed {
  casework::Application application;
  Bytes bytes;              ///< canonical octets: what is stored and digested
  casework::Digest content{};
  casework::AccessSecret secret{};  ///< stays with the resident; the application holds its digest only
  std::vector<casework::Digest> files;  ///< to be uploaded first
};

/// The faults that check_application found, all of them; empty: `sealed` is there.
struct SealResult {
  std::optional<Sealed> sealed;
  std::vector<Error> faults;
};

/// Tidies the draft, mints the secret, sets the device's time and checks everything. A draft that has been sealed
/// before must not be sealed again: resend its octets.
SealResult seal_submission(casework::Application draft, const catalogue::Catalogue& catalogue, Instant device_now,
                           ports::Random& random);

}  // namespace tongban::usecases
