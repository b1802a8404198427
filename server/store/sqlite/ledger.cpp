#include "server/store/sqlite/ledger.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "server/store/sqlite/migrations.h"
#include "server/store/sqlite/transaction.h"

namespace tongban::store {
namespace {

constexpr std::size_t longest_round = 256;  ///< more than 64 rows a commit gain little, and the first waits longer
constexpr std::size_t enough = 16;            ///< pieces for which nobody is kept waiting; with 64 the two threads would take turns
constexpr std::chrono::microseconds moment{100};  ///< for the next ones to come
constexpr std::uint64_t page_size = 4'096;
constexpr int busy_step = 1'024;            ///< pages of log that are brought over although somebody waits
constexpr int idle_step = 64;               ///< and as soon as nobody does: a newcomer waits a millisecond at most
constexpr std::chrono::milliseconds quiet{200};  ///< after which what is left follows

// A page cache of 2 MB: the working set of a centre is small, and memory at rest is counted.
constexpr std::string_view settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;";

[[noreturn]] void stop_for_the_disk(const Error& error) {
  const std::string line = "the disk no longer syncs; stopping so that nothing is promised falsely: " + error.detail + '\n';
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.data(), line.size());
  std::_Exit(74);
}

}  // namespace

Expected<std::unique_ptr<SqliteLedger>> SqliteLedger::open(const std::filesystem::path& file, server::Lane& answers, Room room) {
  ::umask(0077);
  TRY(auto db, Database::open(file.string()));
  TRY_VOID(db.run(settings));
  TRY_VOID(migrate(db));
  if (room.file > 0) TRY_VOID(db.run("PRAGMA max_page_count=" + std::to_string(std::max<std::uint64_t>(room.file / page_size, 1))));
  if (room.log > 0) TRY_VOID(Log(db).reserve(room.log));
  return std::unique_ptr<SqliteLedger>(new SqliteLedger(std::move(db), answers));
}

SqliteLedger::SqliteLedger(Database db, server::Lane& answers)
    : db_(std::move(db)), answers_(answers), thread_([this] { loop(); }) {}

SqliteLedger::~SqliteLedger() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteLedger::write(Work work, Done done) { push({true, std::move(work), std::move(done)}); }
void SqliteLedger::read(Work work, Done done) { push({false, std::move(work), std::move(done)}); }

void SqliteLedger::push(Job job) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
    ++waiting_;
    if (!std::exchange(resting_, false)) return;
  }
  wake_.notify_one();
}

Expected<void> SqliteLedger::write_now(const Work& work) {
  std::mutex mutex;
  std::condition_variable ended;
  std::optional<Expected<void>> result;
  push({true, work,
        [&](Expected<void> outcome) {
          const std::lock_guard lock(mutex);
          result = std::move(outcome);
          ended.notify_one();
        },
        true});
  std::unique_lock lock(mutex);
  ended.wait(lock, [&] { return result.has_value(); });
  return *result;
}

void SqliteLedger::loop() {
  ::prctl(PR_SET_NAME, "ledger");
  std::unique_lock lock(mutex_);
  while (true) {
    wait_for_work(lock);
    if (queue_.empty()) break;
    gather(lock);
    Round round;
    while (!queue_.empty() && round.size() < longest_round) {
      round.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    lock.unlock();
    const auto size = last_round_ = round.size();
    play(std::move(round));
    if (log_.has_grown() && log_.behind() >= busy_step) bring_log_over();
    waiting_ -= size;
    lock.lock();
  }
  lock.unlock();
  if (log_.has_grown()) bring_log_over();
}

/// Until somebody waits, or the end; the log comes into the database meanwhile.
void SqliteLedger::wait_for_work(std::unique_lock<std::mutex>& lock) {
  resting_ = true;
  const auto called = [&] { return stopping_ || !queue_.empty(); };
  while (!called() && log_.has_grown()) {
    if (log_.behind() < idle_step && wake_.wait_for(lock, quiet, called)) return;
    lock.unlock();
    bring_log_over();
    lock.lock();
  }
  wake_.wait(lock, called);
  resting_ = false;
}

/// Where many came together last time, whoever was answered then is about to come again: a commit for each few of them
/// would cost all of them more than the moment that the first waits.
void SqliteLedger::gather(std::unique_lock<std::mutex>& lock) {
  for (std::size_t seen = 0; last_round_ > 1 && seen < queue_.size() && queue_.size() < enough && !stopping_;) {
    seen = queue_.size();
    lock.unlock();
    std::this_thread::sleep_for(moment);
    lock.lock();
  }
}

void SqliteLedger::play(Round round) {
  std::vector<Expected<void>> results(round.size());
  if (auto committed = play_writes(round, results); !committed) {
    if (committed.error().is(store_errors::Unsynced)) stop_for_the_disk(committed.error());
    for (std::size_t i = 0; i < round.size(); ++i)
      if (round[i].writes) results[i] = committed.error();
    if (is_open()) [[maybe_unused]] auto undone = db_.run("ROLLBACK");
  }
  SqliteTransaction tx(db_);
  for (std::size_t i = 0; i < round.size(); ++i)
    if (!round[i].writes) results[i] = round[i].work(tx);
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].answered_here) std::exchange(round[i].done, [](const Expected<void>&) {})(results[i]);
  answers_.run([round = std::make_shared<Round>(std::move(round)), results = std::move(results)] {
    for (std::size_t i = 0; i < results.size(); ++i) (*round)[i].done(results[i]);
  });
}

Expected<void> SqliteLedger::play_writes(Round& round, std::vector<Expected<void>>& results) {
  if (std::none_of(round.begin(), round.end(), [](const Job& job) { return job.writes; })) return {};
  TRY(const bool together, play_together(round, results));
  if (!together) TRY_VOID(play_apart(round, results));
  return db_.run("COMMIT");
}

/// Whatever an earlier round could neither commit nor undo is undone first.
Expected<void> SqliteLedger::begin() {
  if (is_open()) TRY_VOID(db_.run("ROLLBACK"));
  return db_.run("BEGIN IMMEDIATE");
}

/// False, and nothing may be kept: a piece has failed after it had written. That is rare, and a savepoint for each piece
/// would have SQLite copy every page that it changes.
Expected<bool> SqliteLedger::play_together(Round& round, std::vector<Expected<void>>& results) {
  TRY_VOID(begin());
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (!round[i].writes) continue;
    const auto before = db_.total_changes();
    SqliteTransaction tx(db_);
    results[i] = round[i].work(tx);
    TRY_VOID(still_open(results[i]));
    if (results[i] || db_.total_changes() == before) continue;
    return false;
  }
  return true;
}

Expected<void> SqliteLedger::play_apart(Round& round, std::vector<Expected<void>>& results) {
  TRY_VOID(begin());
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (!round[i].writes) continue;
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

void SqliteLedger::bring_log_over() {
  if (const auto brought = log_.bring_over(); !brought) stop_for_the_disk(brought.error());
}

}  // namespace tongban::store
