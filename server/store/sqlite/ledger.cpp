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
    Round round;
    while (!queue_.empty() && round.size() < longest_round) {
      round.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    lock.unlock();
    const auto size = round.size();
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
  const auto called = [&] { return stopping_ || !queue_.empty(); };
  while (!called() && log_.has_grown()) {
    if (log_.behind() < idle_step && wake_.wait_for(lock, quiet, called)) return;
    lock.unlock();
    bring_log_over();
    lock.lock();
  }
  wake_.wait(lock, called);
}

void SqliteLedger::play(Round round) {
  std::vector<Expected<void>> results(round.size());
  if (auto committed = play_writes(round, results); !committed) {
    if (committed.error().is(store_errors::Unsynced)) stop_for_the_disk(committed.error());
    for (std::size_t i = 0; i < round.size(); ++i)
      if (round[i].writes) results[i] = committed.error();
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
  TRY_VOID(db_.run("BEGIN IMMEDIATE"));
  bool sound = true;
  for (std::size_t i = 0; i < round.size() && sound; ++i) {
    if (!round[i].writes) continue;
    results[i] = in_savepoint(round[i].work);
    // A full disk or a failed allocation may have rolled the whole transaction back under us.
    sound = sqlite3_get_autocommit(db_.handle()) == 0;
    if (!sound) return results[i] ? Error(store_errors::Failed, "round", "rolled back") : results[i].error();
  }
  auto committed = db_.run("COMMIT");
  if (committed) return {};
  if (sqlite3_get_autocommit(db_.handle()) == 0) [[maybe_unused]] auto undone = db_.run("ROLLBACK");
  return committed;
}

Expected<void> SqliteLedger::in_savepoint(const Work& work) {
  TRY_VOID(db_.prepare("SAVEPOINT piece").done());
  SqliteTransaction tx(db_);
  auto result = work(tx);
  if (!result && sqlite3_get_autocommit(db_.handle()) == 0) TRY_VOID(db_.prepare("ROLLBACK TO piece").done());
  if (sqlite3_get_autocommit(db_.handle()) == 0) TRY_VOID(db_.prepare("RELEASE piece").done());
  return result;
}

void SqliteLedger::bring_log_over() {
  if (const auto brought = log_.bring_over(); !brought) stop_for_the_disk(brought.error());
}

}  // namespace tongban::store
