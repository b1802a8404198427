#include "server/store/sqlite/ledger.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "server/store/disk.h"
#include "server/store/sqlite/migrations.h"
#include "server/store/sqlite/opening.h"
#include "server/store/sqlite/transaction.h"

namespace tongban::store {
namespace {

constexpr std::uint64_t page_size = 4'096;
constexpr int busy_step = 1'024;            ///< pages of log that are brought over although somebody waits
constexpr int idle_step = 64;               ///< and as soon as nobody does: a newcomer waits a millisecond or two
/// Where many come together, nobody must have come for so long: those who were answered come again at once, would wait, and
/// change the same pages.
constexpr std::chrono::milliseconds lull{2};
constexpr std::chrono::milliseconds quiet{200};  ///< after which what is left follows

constexpr const char *to_write = "BEGIN IMMEDIATE", *to_read = "BEGIN DEFERRED";

// A page cache of 2 MB: the working set of a centre is small, and memory at rest is counted.
constexpr std::string_view settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;";

Expected<void> set_up(Database& db, Room room) {
  TRY_VOID(db.run(settings));
  TRY_VOID(db.run("PRAGMA journal_size_limit=" + std::to_string(longest_log)));
  TRY_VOID(migrate(db));
  if (room.file > 0) TRY_VOID(db.run("PRAGMA max_page_count=" + std::to_string(std::max<std::uint64_t>(room.file / page_size, 1))));
  if (room.log > 0) TRY_VOID(Log(db).reserve(room.log));
  return {};
}

}  // namespace

Expected<std::unique_ptr<SqliteLedger>> SqliteLedger::open(const std::filesystem::path& file, server::Lane& answers, Room room) {
  ::umask(0077);
  TRY(auto db, Database::open(file.string()));
  if (const auto ready = set_up(db, room); !ready) {
    if (!ready.error().is(store_errors::Failed)) return ready.error();
    const auto meant = opening_fault(file.string(), sqlite3_extended_errcode(db.handle()));
    return meant.is(store_errors::Failed) ? ready.error() : meant;
  }
  return std::unique_ptr<SqliteLedger>(new SqliteLedger(std::move(db), answers));
}

void SqliteLedger::play(Round& round, Results& results) {
  last_round_ = round.size();
  measures_.round_pieces.add(static_cast<double>(last_round_));
  if (auto committed = play_writes(round, results); !committed) {
    if (committed.error().is(store_errors::Unsynced)) stop_for_the_disk(committed.error().detail);
    fail_writes(round, results, committed.error());
    if (is_open()) [[maybe_unused]] auto undone = db_.run("ROLLBACK");
  }
  play_reads(round, results);
}

/// Whatever a command writes between two of their statements.
void SqliteLedger::play_reads(Round& round, Results& results) {
  if (!has(round, Kind::Read)) return;
  const auto begun = begin(to_read);
  SqliteTransaction tx(db_);
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].kind == Kind::Read) results[i] = begun ? round[i].work(tx) : begun;
  if (is_open()) [[maybe_unused]] auto ended = db_.run("COMMIT");
}

Expected<void> SqliteLedger::play_writes(Round& round, Results& results) {
  if (!has(round, Kind::Write)) return {};
  TRY(const bool together, play_together(round, results));
  if (!together) TRY_VOID(play_apart(round, results));
  const server::Stopwatch commit(measures_.commit_seconds);
  return db_.run("COMMIT");
}

/// Whatever an earlier round could neither commit nor undo is undone first.
Expected<void> SqliteLedger::begin(const char* how) {
  if (is_open()) TRY_VOID(db_.run("ROLLBACK"));
  return db_.run(how);
}

/// False, and nothing may be kept: a piece has failed after it had written. That is rare, and a savepoint for each piece
/// would have SQLite copy every page that it changes.
Expected<bool> SqliteLedger::play_together(Round& round, Results& results) {
  TRY_VOID(begin(to_write));
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (round[i].kind == Kind::Read) continue;
    const auto before = db_.total_changes();
    SqliteTransaction tx(db_);
    results[i] = round[i].work(tx);
    TRY_VOID(still_open(results[i]));
    if (results[i] || db_.total_changes() == before) continue;
    return false;
  }
  return true;
}

Expected<void> SqliteLedger::play_apart(Round& round, Results& results) {
  TRY_VOID(begin(to_write));
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (round[i].kind == Kind::Read) continue;
    TRY_VOID(in_savepoint(round[i].work, results[i]));
    TRY_VOID(still_open(results[i]));
  }
  return {};
}

/// A full disk or a failed allocation may have rolled the whole transaction back under us.
Expected<void> SqliteLedger::still_open(const Expected<void>& result) const {
  if (is_open()) return {};
  return result ? Error(store_errors::Failed, "round", "rolled back") : result.error();
}

bool SqliteLedger::is_open() const { return sqlite3_get_autocommit(db_.handle()) == 0; }

/// Fails when the piece may be there by half, so that nothing of the round may be kept.
Expected<void> SqliteLedger::in_savepoint(const Work& work, Expected<void>& result) {
  TRY_VOID(db_.prepare("SAVEPOINT piece").done());
  SqliteTransaction tx(db_);
  result = work(tx);
  if (!result && is_open()) TRY_VOID(db_.prepare("ROLLBACK TO piece").done());
  if (is_open()) TRY_VOID(db_.prepare("RELEASE piece").done());
  return {};
}

void SqliteLedger::after_round() {
  if (log_.has_grown() && log_.behind() >= busy_step) upkeep();
}

std::optional<std::chrono::milliseconds> SqliteLedger::upkeep_after() const {
  if (!log_.has_grown()) return std::nullopt;
  if (log_.behind() < idle_step) return quiet;
  return last_round_ > 1 ? lull : std::chrono::milliseconds(0);
}

/// The log comes into the database, one step.
void SqliteLedger::upkeep() {
  const server::Stopwatch checkpoint(measures_.checkpoint_seconds);
  if (const auto brought = log_.bring_over(); !brought) stop_for_the_disk(brought.error().detail);
}

void SqliteLedger::finish() {
  if (log_.has_grown()) upkeep();
}

}  // namespace tongban::store
