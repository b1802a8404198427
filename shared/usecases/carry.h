// An application that goes to a window in somebody's hand: sealed at home to the city's intake key, opened at any centre
// whose node has that key.
#pragma once

#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/model.h"
#include "shared/crypto/key_list.h"
#include "shared/crypto/seal.h"
#include "shared/ports/random.h"

namespace tongban::usecases {

/// Octets for codes (wire::cut_into_codes). Materials don't travel so: photos don't fit, and which
/// papers are needed the window works out of item and answers, by the same rules. wire_errors::Malformed for an intake key
/// that nothing can be sealed to.
Expected<Bytes> carry_submission(casework::Application sealed, const crypto::ListedKey& intake, ports::Random& random);

/// What was sealed so, by whichever of `keys`. carried_errors::Epoch when none of them is its key; Newer; Contents when the
/// box doesn't open, or what is in it is no application to carry.
Expected<casework::Application> open_carried(ByteView octets, const std::vector<crypto::SealingKey>& keys);

}  // namespace tongban::usecases
