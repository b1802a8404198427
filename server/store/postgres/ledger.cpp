#include "server/store/postgres/ledger.h"

#include <algorithm>
#include <thread>

#include "server/store/postgres/transaction.h"

namespace tongban::store {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_pause{5'000};
/// A node that was killed lets go as soon as its end of the line is closed; one that lost its line, a little later.
constexpr milliseconds lock_patience_at_start{10'000}, lock_patience_later{500};
constexpr int most_tries = 10;
constexpr milliseconds conflict_pause{2};  ///< times the square of the tries so far, at most: two writers must not go in step

constexpr const char* to_write = "BEGIN ISOLATION LEVEL SERIALIZABLE";
constexpr const char* to_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// One piece has failed by itself; the others need not.
bool is_a_pieces_own(const Error& error) { return error.is(store_errors::Failed) || error.is(store_errors::Slow); }

}  // namespace

milliseconds Backoff::left() const {
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next_ - std::chrono::steady_clock::now()));
}

milliseconds Backoff::some_of(milliseconds most) {
  return milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, most.count())(random_));
}

void Backoff::failed() {
  const auto most = pause_.count();
  next_ = std::chrono::steady_clock::now() + milliseconds(std::uniform_int_distribution<milliseconds::rep>(most / 2, most)(random_));
  pause_ = std::min(2 * pause_, longest_pause);
}

Expected<std::unique_ptr<PostgresLedger>> PostgresLedger::open(PostgresAddress address, Presence presence, server::Lane& answers) {
  TRY(auto db, open_session(address, presence, lock_patience_at_start));
  return std::unique_ptr<PostgresLedger>(new PostgresLedger(std::move(address), presence, std::move(db), answers));
}

PostgresLedger::PostgresLedger(PostgresAddress address, Presence presence, PostgresConnection db, server::Lane& answers)
    : address_(std::move(address)), presence_(presence), db_(std::move(db)), rounds_(*this, answers) {}

void PostgresLedger::play(Round& round, Results& results) {
  measures_.round_pieces.add(static_cast<double>(round.size()));
  if (has(round, Kind::Write))
    if (const auto committed = play_writes(round, results); !committed) fail_writes(round, results, committed.error());
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].kind == Kind::Read) results[i] = play_read(round[i].work);
  end_reads();
}

std::optional<milliseconds> PostgresLedger::upkeep_after() const {
  return db_ ? std::nullopt : std::optional(std::max(milliseconds(1), backoff_.left()));
}

void PostgresLedger::upkeep() {
  [[maybe_unused]] const auto connected = connect();
}

/// Again after a conflict, whose loser is always rolled back; and once on a new connection, when the old one was lost before
/// anything could have been committed over it.
Expected<void> PostgresLedger::play_writes(Round& round, Results& results) {
  for (int tries = 1;; ++tries) {
    const bool was_connected = db_.has_value();
    committing_ = false;
    const auto played = try_writes(round, results);
    if (played) return {};
    const auto& fault = played.error();
    const bool was_lost = was_connected && db_->lost() && !committing_;
    undo();
    if (tries == most_tries || !(fault.is(store_errors::Conflict) || was_lost)) return fault;
    if (!was_lost) std::this_thread::sleep_for(backoff_.some_of(conflict_pause * tries * tries));
  }
}

Expected<void> PostgresLedger::try_writes(Round& round, Results& results) {
  TRY(const bool together, play_together(round, results));
  if (together) {
    const auto committed = commit();
    if (committed || !is_a_pieces_own(committed.error())) return committed;
  }
  TRY_VOID(play_apart(round, results));
  return commit();
}

/// False, and nothing may be kept: a piece has failed after it had written. A fault of what was only queued may show at the
/// next question, or at the commit.
Expected<bool> PostgresLedger::play_together(Round& round, Results& results) {
  TRY_VOID(begin(to_write));
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (round[i].kind == Kind::Read) continue;
    const auto before = db_->writes();
    PostgresTransaction tx(*db_);
    results[i] = round[i].work(tx);
    if (db_->fault() && !is_a_pieces_own(*db_->fault())) return *db_->fault();
    if (db_->fault() || (!results[i] && db_->writes() != before)) return false;
  }
  return true;
}

Expected<void> PostgresLedger::play_apart(Round& round, Results& results) {
  TRY_VOID(begin(to_write));
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].kind == Kind::Write) TRY_VOID(in_savepoint(round[i].work, results[i]));
  return {};
}

Expected<void> PostgresLedger::in_savepoint(const Work& work, Expected<void>& result) {
  db_->command("SAVEPOINT piece");
  PostgresTransaction tx(*db_);
  result = work(tx);
  if (const auto settled = db_->settle(); !settled) {
    if (!is_a_pieces_own(settled.error())) return settled;
    if (result) result = settled.error();
    db_->forgive();
  }
  if (!result) db_->command("ROLLBACK TO SAVEPOINT piece");
  db_->command("RELEASE SAVEPOINT piece");
  return {};
}

Expected<void> PostgresLedger::commit() {
  committing_ = true;
  const server::Stopwatch commit(measures_.commit_seconds);
  return db_->commit();
}

Expected<void> PostgresLedger::play_read(const Work& work) {
  const bool was_connected = db_.has_value();
  const auto seen = try_read(work);
  if (!was_connected || db_ || seen) return seen;
  return try_read(work);  // the connection was lost; nothing is changed by looking again over another
}

/// All reads of a round look at the same moment.
Expected<void> PostgresLedger::try_read(const Work& work) {
  if (!reading_) TRY_VOID(begin(to_read));
  reading_ = true;
  PostgresTransaction tx(*db_);
  auto result = work(tx);
  if (!db_->fault()) return result;
  result = *db_->fault();
  undo();
  return result;
}

void PostgresLedger::end_reads() {
  if (!std::exchange(reading_, false)) return;
  db_->command("COMMIT");
  db_->post();
}

Expected<void> PostgresLedger::connect() {
  if (db_) return {};
  if (backoff_.left().count() > 0) return Error(store_errors::Unavailable, "reconnecting");
  auto opened = open_session(address_, presence_, lock_patience_later);
  away_ = !opened;
  if (!opened) {
    backoff_.failed();
    return opened.error();
  }
  backoff_.succeeded();
  db_.emplace(std::move(*opened));
  return {};
}

/// Whatever an earlier round could neither commit nor undo is undone first.
Expected<void> PostgresLedger::begin(const char* how) {
  if (db_ && db_->hung_up()) db_.reset();
  TRY_VOID(connect());
  if (db_->fault() || db_->in_transaction()) TRY_VOID(db_->roll_back());
  committing_ = false;
  db_->command(how);
  return {};
}

/// A connection that can't even roll back is of no use: the server does it when that is closed.
void PostgresLedger::undo() {
  reading_ = false;
  if (db_ && !db_->roll_back()) db_.reset();
}

}  // namespace tongban::store
