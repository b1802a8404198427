#include <algorithm>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/accounts.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"

namespace tongban::server {
namespace {

namespace errors {
inline constexpr ErrorCode CentreLacking{"staff.centre_lacking", "窗口、审核岗和主管的账号要用 --centre 写明中心。",
                                         "An account of a window, reviewer or supervisor needs --centre."};
inline constexpr ErrorCode NoCentreHere{"staff.no_centre_here", "市联办的账号不属于任何中心，不要写 --centre。",
                                        "An account of the city office belongs to no centre: leave --centre out."};
inline constexpr ErrorCode BadCentre{"staff.bad_centre", "中心代码是九位数字，例如 310109010；分中心后面加 -1、-2……",
                                     "A centre's code is nine digits, as 310109010, with -1, -2 … after them for a sub-centre."};
}  // namespace errors

struct StaffFlags : StoreFlags {
  std::string account, name, role, centre;
};

Expected<StaffAccount> known(Transaction& tx, const std::string& account) {
  TRY(auto found, tx.find_account(StaffId(account)));
  if (!found) return Error(account_errors::Unknown, account);
  return std::move(*found);
}

/// Who ran the command the machine's own log says.
Expected<void> put_changed(Transaction& tx, const StaffAccount& account, const char* what, Instant now) {
  TRY_VOID(tx.put_account(account));
  return tx.append_reading(reading("operator", what, account.account.text(), now));
}

/// Its township's code, with -1, -2 … after it for a sub-centre. A centre that no township has is written 310112x01.
bool is_centre_code(std::string_view text) {
  const auto consists_of = [](std::string_view part, const char* signs) { return !part.empty() && part.find_first_not_of(signs) == std::string_view::npos; };
  const auto township = text.substr(0, text.find('-'));
  if (township.size() != 9 || !consists_of(township.substr(0, 6), "0123456789") || !consists_of(township.substr(6), "0123456789x")) return false;
  return township == text || consists_of(text.substr(10), "0123456789");
}

/// Whose account it can be: one of a centre names it, the city office's none. A node whose directory lies elsewhere takes any code.
Expected<void> check_centre(const StaffFlags& flags) {
  if (flags.role == "city_office") return flags.centre.empty() ? Expected<void>() : Expected<void>(Error(errors::NoCentreHere, flags.centre));
  if (flags.centre.empty()) return errors::CentreLacking;
  if (!is_centre_code(flags.centre)) return Error(errors::BadCentre, flags.centre);
  const DataPaths paths(flags.data);
  const auto trust = Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now());
  if (!trust) return {};
  const auto& entries = trust->directory.entries;
  const bool known = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.centre.text() == flags.centre; });
  return known ? Expected<void>() : Expected<void>(Error(trust_errors::NoCentre, flags.centre));
}

void show_password(const std::string& account, const std::string& password) {
  std::cout << account << "  " << password << "   (shown only this once; 只显示这一次)\n";
}

int add(const StaffFlags& flags) {
  if (const auto fits = check_centre(flags); !fits) return fail(fits.error());
  platform::SystemRandom random;
  const auto now = platform::SystemClock{}.now();
  const auto password = generated_password(random);
  const int code = write_to_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(const auto there, tx.find_account(StaffId(flags.account)));
    if (there) return Error(account_errors::Exists, flags.account);
    TRY(const auto made, make_account({flags.account, flags.name, *casework::role_named(flags.role), CentreId(flags.centre)}, password, random, now));
    return put_changed(tx, made, "account_added", now);
  });
  if (code == 0) show_password(flags.account, password);
  return code;
}

int change_password(const StaffFlags& flags) {
  platform::SystemRandom random;
  const auto now = platform::SystemClock{}.now();
  const auto password = generated_password(random);
  const int code = write_to_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(auto account, known(tx, flags.account));
    TRY(const auto made, make_account({flags.account, account.name, account.role, account.centre}, password, random, account.created));
    account.password_hash = made.password_hash;
    TRY_VOID(put_changed(tx, account, "account_password", now));
    return tx.end_sessions(account.account, now);
  });
  if (code == 0) show_password(flags.account, password);
  return code;
}

int set_lock(const StaffFlags& flags, bool locked) {
  const auto now = platform::SystemClock{}.now();
  const int code = write_to_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(auto account, known(tx, flags.account));
    account.locked = locked;
    TRY_VOID(put_changed(tx, account, locked ? "account_locked" : "account_unlocked", now));
    return tx.end_sessions(account.account, now);
  });
  if (code == 0) std::cout << flags.account << (locked ? " is locked, and its sign-ins have ended (已锁定)\n" : " may sign in again (已解锁)\n");
  return code;
}

int list(const StaffFlags& flags) {
  return read_from_store(flags, [](Transaction& tx) -> Expected<void> {
    TRY(const auto accounts, tx.accounts());
    for (const auto& account : accounts)
      std::cout << std::left << std::setw(24) << account.account.text() << std::setw(14) << casework::name_of(account.role) << std::setw(12)
                << account.centre.text() << (account.locked ? "locked  " : "        ") << account.name << '\n';
    return {};
  });
}

}  // namespace

void add_staff_commands(CLI::App& staff, int& exit_code) {
  staff.require_subcommand(1);
  auto flags = std::make_shared<StaffFlags>();
  const auto command = [&](const char* name, const char* help, int (*run)(const StaffFlags&), bool one_account) -> CLI::App& {
    auto& sub = *staff.add_subcommand(name, help);
    add_store_options(sub, *flags);
    if (one_account) sub.add_option("account", flags->account, "Name to sign in with")->required();
    sub.callback([flags, run, &exit_code] { exit_code = run(*flags); });
    return sub;
  };
  auto& adding = command("add", "Make an account, and print its password once", add, true);
  adding.add_option("--name", flags->name, "Name as shown on the screen")->required();
  adding.add_option("--role", flags->role, "What it may do")->required()->check(CLI::IsMember({"window", "reviewer", "supervisor", "city_office"}));
  adding.add_option("--centre", flags->centre, "Code of its centre, as 310109010; none for the city office");
  command("list", "All accounts of the node", list, false);
  command("passwd", "Give an account a new password, and end its sign-ins", change_password, true);
  command("lock", "Keep an account out, from its next request on", [](const StaffFlags& f) { return set_lock(f, true); }, true);
  command("unlock", "Let it in again", [](const StaffFlags& f) { return set_lock(f, false); }, true);
}

}  // namespace tongban::server
