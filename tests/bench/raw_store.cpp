#include "tests/bench/raw_store.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace tongban::bench {
namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;
using Value = std::unique_ptr<sqlite3_value, decltype(&sqlite3_value_free)>;

struct Table {
  std::string name;
  int columns = 0;
  std::vector<std::vector<Value>> rows;
};

Database open(const std::filesystem::path& path) {
  sqlite3* database = nullptr;
  sqlite3_initialize();   // our build doesn't do it by itself
  sqlite3_open(path.c_str(), &database);
  return {database, sqlite3_close};
}

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) std::fprintf(stderr, "%s: %s\n", sql.c_str(), sqlite3_errmsg(database));
  return {statement, sqlite3_finalize};
}

bool run(sqlite3* database, const std::string& sql) {
  char* fault = nullptr;
  const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &fault);
  if (fault) std::fprintf(stderr, "%s\n", fault);
  sqlite3_free(fault);
  return code == SQLITE_OK;
}

/// The rows of everything that grows with the cases, in the order in which they lie; first what others refer to.
std::vector<Table> read_tables(sqlite3* stored) {
  std::vector<Table> tables;
  const auto names = prepare(stored, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name <> 'case_file'");
  while (sqlite3_step(names.get()) == SQLITE_ROW) tables.push_back({reinterpret_cast<const char*>(sqlite3_column_text(names.get(), 0)), 0, {}});
  for (Table& table : tables) {
    const auto all = prepare(stored, "SELECT * FROM " + table.name);
    table.columns = sqlite3_column_count(all.get());
    while (sqlite3_step(all.get()) == SQLITE_ROW) {
      auto& row = table.rows.emplace_back();
      for (int i = 0; i < table.columns; ++i) row.emplace_back(sqlite3_value_dup(sqlite3_column_value(all.get(), i)), sqlite3_value_free);
    }
  }
  return tables;
}

bool copy_schema(sqlite3* stored, sqlite3* fresh) {
  const auto made = prepare(stored, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type <> 'table'");
  while (sqlite3_step(made.get()) == SQLITE_ROW)
    if (!run(fresh, reinterpret_cast<const char*>(sqlite3_column_text(made.get(), 0)))) return false;
  return true;
}

std::string insert_of(const Table& table) {
  std::string sql = "INSERT INTO " + table.name + " VALUES (?";
  for (int i = 1; i < table.columns; ++i) sql += ",?";
  return sql + ")";
}

bool insert(const Statement& statement, const std::vector<Value>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) sqlite3_bind_value(statement.get(), static_cast<int>(i) + 1, row[i].get());
  const bool done = sqlite3_step(statement.get()) == SQLITE_DONE;
  sqlite3_reset(statement.get());
  return done;
}

/// Each transaction takes its share of every table, as the node's own do.
bool write_all(sqlite3* fresh, const std::vector<Table>& tables, std::size_t commits) {
  std::vector<Statement> inserts;
  for (const Table& table : tables) inserts.push_back(prepare(fresh, insert_of(table)));
  for (std::size_t commit = 0; commit < commits; ++commit) {
    if (!run(fresh, "BEGIN IMMEDIATE")) return false;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const auto& rows = tables[t].rows;
      for (std::size_t i = rows.size() * commit / commits; i < rows.size() * (commit + 1) / commits; ++i)
        if (!insert(inserts[t], rows[i])) return false;
    }
    if (!run(fresh, "COMMIT")) return false;
  }
  return true;
}

}  // namespace

double write_again(const std::filesystem::path& stored, const std::filesystem::path& fresh, std::size_t cases, std::size_t per_commit) {
  const auto from = open(stored), to = open(fresh);
  const auto tables = read_tables(from.get());
  if (!run(to.get(), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;") || !copy_schema(from.get(), to.get())) return 0;
  const auto begun = std::chrono::steady_clock::now();
  if (!write_all(to.get(), tables, (cases + per_commit - 1) / per_commit)) {
    std::fprintf(stderr, "raw SQLite: %s\n", sqlite3_errmsg(to.get()));
    return 0;
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace tongban::bench
