#include <iomanip>
#include <iostream>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/accounts.h"
#include "server/platform/clock.h"

namespace tongban::server {
namespace {

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

void show_password(const std::string& account, const std::string& password) {
  std::cout << account << "  " << password << "   (shown only this once; 只显示这一次)\n";
}

int add(const StaffFlags& flags) {
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
  return write_to_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(auto account, known(tx, flags.account));
    account.locked = locked;
    TRY_VOID(put_changed(tx, account, locked ? "account_locked" : "account_unlocked", now));
    return tx.end_sessions(account.account, now);
  });
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
