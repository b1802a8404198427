// Staff accounts as commands make them, and the first ones of a trial node.
#pragma once

#include <string>
#include <vector>

#include "server/ports/ledger.h"
#include "shared/ports/random.h"

namespace tongban::server {

namespace account_errors {
inline constexpr ErrorCode Exists{"staff.exists", "这个账号已经有了。", "There is such an account already."};
inline constexpr ErrorCode Unknown{"staff.unknown", "没有这个账号。", "There is no such account."};
inline constexpr ErrorCode NoMemory{"staff.no_memory", "内存不够，密码没有保存。", "Not enough memory to keep the password."};
}  // namespace account_errors

struct NewAccount {
  std::string account, name;
  Role role = Role::Window;
  CentreId centre;
};

/// "k7mq-4tz9-xw2f": 60 random bits, in signs that can't be taken for one another when read from paper.
std::string generated_password(ports::Random& random);

/// An account ready to be stored. NoMemory.
Expected<StaffAccount> make_account(const NewAccount& account, const std::string& password, ports::Random& random, Instant now);

/// Who can try the whole story on a node of these centres: a window, a reviewer, a supervisor, the city office.
std::vector<NewAccount> first_accounts(const std::vector<CentreId>& centres);

}  // namespace tongban::server
