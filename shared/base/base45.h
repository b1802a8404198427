// Octets as the characters that a QR code's alphanumeric mode packs best, and that a scanner types as a keyboard does
// (RFC 9285): 0–9 A–Z space $ % * + - . / :, three characters for two octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace tongban {

std::string to_base45(ByteView bytes);
/// Nothing for a character outside the alphabet, a length that no octets have, or a group above its octets' range.
std::optional<Bytes> from_base45(std::string_view text);

}  // namespace tongban
