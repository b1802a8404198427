#include "server/commands/store_access.h"

#include <iostream>

#include "server/commands/commands.h"
#include "server/node/prepare.h"
#include "server/node/words.h"
#include "server/platform/files.h"
#include "server/store/postgres/ledger.h"
#include "server/store/sqlite/ledger.h"

namespace tongban::server {
namespace {

int act_on(const Expected<std::unique_ptr<Ledger>>& ledger, const OnLedger& act) {
  if (!ledger) return fail(ledger.error());
  const auto done = act(**ledger);
  return done ? 0 : fail(done.error());
}

Expected<std::unique_ptr<Ledger>> open_database(store::PostgresAddress address, Lane& answers) {
  address.parameters.emplace("application_name", "tongban command");
  TRY(auto ledger, store::PostgresLedger::open(std::move(address), store::Presence::Beside, answers));
  return std::unique_ptr<Ledger>(std::move(ledger));
}

Expected<std::unique_ptr<Ledger>> open_file(const std::filesystem::path& file, Lane& answers) {
  TRY(auto ledger, store::SqliteLedger::open(file, answers));
  return std::unique_ptr<Ledger>(std::move(ledger));
}

}  // namespace

void add_database_options(CLI::App& command, StoreFlags& flags) {
  auto* address = command.add_option("--database", flags.database, "PostgreSQL instead of a file in the data folder, as postgresql://USER@HOST/NAME; the password comes from PGPASSFILE or a service");
  auto* file = command.add_option("--database-file", flags.database_file, "The same from the first line of a file of mode 600, where the password may stand")->envname("TONGBAN_DATABASE_FILE");
  address->excludes(file);
}

void add_store_options(CLI::App& command, StoreFlags& flags) {
  command.add_option("--data", flags.data, "The node's data folder")->capture_default_str();
  add_database_options(command, flags);
}

Expected<std::optional<store::PostgresAddress>> database_of(const StoreFlags& flags) {
  if (flags.database.empty() && flags.database_file.empty()) return std::optional<store::PostgresAddress>();
  TRY(auto address, flags.database_file.empty() ? store::postgres_address(flags.database) : store::postgres_address_in(flags.database_file));
  return std::optional(std::move(address));
}

int with_ledger(const StoreFlags& flags, const OnLedger& act) {
  const auto database = database_of(flags);
  if (!database) return fail(database.error());
  HereLane here;
  if (*database) return act_on(open_database(**database, here), act);
  const DataPaths paths(flags.data);
  const auto there = platform::is_there(paths.store);
  if (!there) return fail(there.error());
  if (*there) return act_on(open_file(paths.store, here), act);
  std::cerr << "tongban: there is no database in " << flags.data << "; name the node's data folder with --data (deploy/run keeps its node's in data/city),\n"
            << "or its PostgreSQL with --database; a new node makes one when it starts: " << program_text() << " serve --data " << flags.data << '\n'
            << flags.data << " 里没有数据库：请用 --data 指定节点的数据文件夹（deploy/run 的在 data/city），或用 --database 指定它的 PostgreSQL。\n";
  return 1;
}

int write_to_store(const StoreFlags& flags, const Ledger::Work& work) {
  return with_ledger(flags, [&](Ledger& ledger) { return ledger.write_now(work); });
}

int read_from_store(const StoreFlags& flags, const Ledger::Work& work) {
  return with_ledger(flags, [&](Ledger& ledger) { return ledger.read_now(work); });
}

}  // namespace tongban::server
