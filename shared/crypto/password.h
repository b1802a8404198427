// Passwords of staff, kept as Argon2id (RFC 9106). Slow by design: never on a thread that others wait for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/ports/random.h"

namespace tongban::crypto {

/// Work of one hashing. The default is RFC 9106's second recommendation as libsodium calls it "interactive".
struct PasswordCost {
  std::uint32_t passes = 2;
  std::uint32_t memory_kib = 64 * 1024;
};

/// The usual text, "$argon2id$v=19$m=65536,t=2,p=1$salt$hash". Nothing when memory fails.
std::optional<std::string> hash_password(std::string_view password, ports::Random& random, PasswordCost cost = {});
bool verify_password(std::string_view hash, std::string_view password);
/// True when the hash was made with another cost, and should be made anew at the next sign-in.
bool outdated(std::string_view hash, PasswordCost cost = {});

}  // namespace tongban::crypto
