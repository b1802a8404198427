// The portal's side of handing in: a draft becomes sealed octets, stored before the first send and resent unchanged.
#pragma once

#include <optional>

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
/// before must not be sealed again: resend its octets. One that was carried in codes and taken back for changes is, with
/// the secret that it had: whoever has its codes in hand has that one's hash.
SealResult seal_submission(casework::Application draft, const catalogue::Catalogue& catalogue, Instant device_now,
                           ports::Random& random, const std::optional<casework::AccessSecret>& had = {});

/// At the window: the same of an application that somebody carried there. It keeps the hash of the resident's own secret,
/// which is not here: `secret` stays zero.
SealResult seal_carried(casework::Application carried, const catalogue::Catalogue& catalogue, Instant device_now);

}  // namespace tongban::usecases
