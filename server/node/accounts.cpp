#include "server/node/accounts.h"

#include <algorithm>
#include <array>

#include "shared/crypto/password.h"

namespace tongban::server {

std::string generated_password(ports::Random& random) {
  static constexpr std::string_view signs = "abcdefghjkmnpqrstuvwxyz23456789_";
  static_assert(signs.size() == 32);
  std::string password;
  // Underscore only pads the alphabet to a power of two; a byte that falls on it is drawn again.
  while (password.size() < 14) {
    std::array<std::uint8_t, 1> octet{};
    random.fill(octet);
    const char sign = signs[octet[0] & 31];
    if (sign == '_') continue;
    if (password.size() == 4 || password.size() == 9) password += '-';
    password += sign;
  }
  return password;
}

Expected<StaffAccount> make_account(const NewAccount& account, const std::string& password, ports::Random& random, Instant now) {
  auto hash = crypto::hash_password(password, random);
  if (!hash) return Error(account_errors::NoMemory);
  StaffAccount made;
  made.account = StaffId(account.account);
  made.name = account.name;
  made.role = account.role;
  made.centre = account.centre;
  made.password_hash = std::move(*hash);
  made.created = now;
  return made;
}

std::vector<NewAccount> first_accounts(const std::vector<CentreId>& centres) {
  const CentreId quyang("310109010"), wujiaochang("310110019");
  const auto serves = [&](const CentreId& centre) { return std::find(centres.begin(), centres.end(), centre) != centres.end(); };
  std::vector<NewAccount> accounts;
  if (serves(quyang)) {
    accounts.push_back({"quyang-window", "曲阳路窗口（演示）", Role::Window, quyang});
    accounts.push_back({"quyang-reviewer", "曲阳路审核（演示）", Role::Reviewer, quyang});
    accounts.push_back({"quyang-supervisor", "曲阳路主管（演示）", Role::Supervisor, quyang});
  }
  if (serves(wujiaochang)) {
    accounts.push_back({"wujiaochang-window", "五角场窗口（演示）", Role::Window, wujiaochang});
    accounts.push_back({"wujiaochang-reviewer", "五角场审核（演示）", Role::Reviewer, wujiaochang});
  }
  accounts.push_back({"city-office", "市联办（演示）", Role::CityOffice, {}});
  return accounts;
}

}  // namespace tongban::server
