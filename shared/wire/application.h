// An application as canonical octets: what the resident seals, what is digested, stored and sent to B.
// One value, one text: read(write(x)) == x, and write(read(b)) == b for every b that can be read.
#pragma once

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::wire {

Bytes encode(const casework::Application& application);
/// wire_errors::Malformed, Version.
Expected<casework::Application> decode_application(ByteView bytes);

/// The content digest: that of the canonical octets.
casework::Digest content_digest(const casework::Application& application);

/// Every file that it names, each once, in the order of the materials.
std::vector<casework::Digest> attachments_of(const std::vector<casework::MaterialState>& materials);

}  // namespace tongban::wire
