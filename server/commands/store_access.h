// How commands reach the store of a node, also while it runs: both engines keep the two apart.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "server/ports/ledger.h"
#include "server/store/postgres/address.h"

namespace tongban::server {

/// Where a node's rows are: in its data folder, or in a PostgreSQL.
struct StoreFlags {
  std::string data = "data", database, database_file;
};

/// --database, --database-file
void add_database_options(CLI::App& command, StoreFlags& flags);
/// Those, and --data.
void add_store_options(CLI::App& command, StoreFlags& flags);
/// Nothing when the rows are in the data folder. The errors of postgres_address.
Expected<std::optional<store::PostgresAddress>> database_of(const StoreFlags& flags);

// Each says on the terminal what went wrong; the program's exit code.
using OnLedger = std::function<Expected<void>(Ledger&)>;
int with_ledger(const StoreFlags& flags, const OnLedger& act);
/// Keeps a running node waiting as long as `work` takes.
int write_to_store(const StoreFlags& flags, const Ledger::Work& work);
/// Keeps nobody waiting.
int read_from_store(const StoreFlags& flags, const Ledger::Work& work);

}  // namespace tongban::server
