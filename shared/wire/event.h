// Events as octets, and the chain that binds them: each event's digest covers its own body, the digest before it
// and, for the first, the application's content digest.
#pragma once

#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::wire {

Bytes encode(const casework::Event& event);
/// wire_errors::Malformed, Version; Chain when the digest isn't that of the body.
Expected<casework::Event> decode_event(ByteView bytes);

/// Sets `previous` and `digest`. For the first event `previous` is the application's content digest.
void link(casework::Event& event, const casework::Digest& previous);

/// Chain unless `events` are numbered from `events[0].seq` on without gaps and each follows the one before it;
/// the first must follow `previous`.
Expected<void> verify_chain(const std::vector<casework::Event>& events, const casework::Digest& previous);

}  // namespace tongban::wire
