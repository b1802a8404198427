#include "shared/casework/access.h"

#include <algorithm>

#include "shared/crypto/digest.h"

namespace tongban::casework {

// 128 random bits need no slow hash: nobody can try them all. The prefix keeps the digest apart from all others.
Digest access_hash(const AccessSecret& secret) {
  return crypto::Digester().add(as_bytes("TBACCESS")).add(secret).finish();
}

std::string access_text(const AccessSecret& secret) { return to_base64url(secret); }

std::optional<AccessSecret> read_access_text(std::string_view text) {
  const auto octets = from_base64url(text);
  AccessSecret secret{};
  if (!octets || octets->size() != secret.size()) return std::nullopt;
  std::copy(octets->begin(), octets->end(), secret.begin());
  return secret;
}

}  // namespace tongban::casework
