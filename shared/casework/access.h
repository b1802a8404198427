// The secret that opens a case for its resident. The portal (or the window, for a walk-in) mints it; the server
// keeps only its digest; it travels in a URL's fragment or a header, never in a path or a log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/casework/model.h"

namespace tongban::casework {

using AccessSecret = std::array<std::uint8_t, 16>;

/// What the application carries and the server compares, in constant time (crypto::equal).
Digest access_hash(const AccessSecret& secret);

/// 22 characters of base64url, and back.
std::string access_text(const AccessSecret& secret);
std::optional<AccessSecret> read_access_text(std::string_view text);

}  // namespace tongban::casework
