// People who work at a centre, as the node keeps them: accounts, sign-ins, and the audit of what they read.
#pragma once

#include <cstdint>
#include <string>

#include "shared/base/id.h"
#include "shared/base/time.h"
#include "shared/casework/verbs.h"
#include "shared/crypto/digest.h"

namespace tongban::server {

using casework::Role;

struct StaffAccount {
  StaffId account;
  std::string name;          ///< shown at the top of the screen and on receipts
  Role role = Role::Window;
  CentreId centre;           ///< empty for the city office
  std::string password_hash; ///< Argon2id, in its usual text form
  bool locked = false;       ///< by an operator; wrong passwords only delay
  Instant created;
};

/// A sign-in. The cookie holds a random token; only its digest is kept, so a copied database signs nobody in.
struct StaffSession {
  crypto::Digest token{};    ///< digest of the cookie's octets
  StaffId account;
  std::string csrf;
  Instant created, expires;
};

/// What no event of a case tells: a reading of a personal record, a new secret, a sign-in, a change of the accounts. Chained by
/// digest, so that none can be taken out unnoticed.
struct Reading {
  std::uint64_t seq = 0;
  Instant at;
  std::string actor;   ///< the account; "resident" for whoever holds the case's secret; "operator" for commands; empty: whoever was refused
  std::string what;    ///< "case", "material", "list", "access", "carried"; "sign_in", "sign_in_refused", "sign_out"; "account_added", "account_password",
                       ///< "account_locked", "account_unlocked"; "reminder"
  std::string record;  ///< the case's number; of a list its name, how many rows, and the digest of their numbers; of what was
                       ///< carried its submission's id; the changed account
  crypto::Digest previous{}, digest{};
};

}  // namespace tongban::server
