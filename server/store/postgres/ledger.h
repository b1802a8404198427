// The ledger over PostgreSQL: one thread with one connection does all the writing of a node.
//
// A round: BEGIN (serialisable), all writes, COMMIT, and only what the server has answered is told. What others wrote at
// the same time (commands of an operator) has the round played anew, as has a connection that was lost before COMMIT was
// sent. Lost after that, nobody here knows the outcome: all are told to send again, and learn it by their ids. While the
// server is away everybody is told so at once, and one round now and then tries to connect.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <random>

#include "server/store/postgres/session.h"
#include "server/store/rounds.h"

namespace tongban::store {

/// How long to leave a server alone that could not be reached: longer each time, and never all nodes at once.
class Backoff {
 public:
  /// None when it may be tried again.
  std::chrono::milliseconds left() const;
  /// A random part of so long.
  std::chrono::milliseconds some_of(std::chrono::milliseconds most);
  void failed();
  void succeeded() { *this = Backoff(); }

 private:
  std::chrono::steady_clock::time_point next_{};
  std::chrono::milliseconds pause_{100};
  std::minstd_rand random_{std::random_device{}()};
};

class PostgresLedger final : public server::Ledger, private Engine {
 public:
  /// Connects, and (Alone) brings the schema up to date. `answers` runs the `done` functions. The errors of open_session.
  static Expected<std::unique_ptr<PostgresLedger>> open(PostgresAddress address, Presence presence, server::Lane& answers);

  void write(Work work, Done done) override { rounds_.push({Kind::Write, std::move(work), std::move(done)}); }
  void read(Work work, Done done) override { rounds_.push({Kind::Read, std::move(work), std::move(done)}); }
  std::size_t waiting() const override { return rounds_.waiting(); }
  Expected<void> write_now(const Work& work) override { return rounds_.play_now(Kind::Write, work); }
  Expected<void> read_now(const Work& work) override { return rounds_.play_now(Kind::Read, work); }
  bool reachable() const override { return !away_; }

 private:
  PostgresLedger(PostgresAddress address, Presence presence, PostgresConnection db, server::Lane& answers);
  void play(Round& round, Results& results) override;
  std::optional<std::chrono::milliseconds> upkeep_after() const override;
  void upkeep() override;

  Expected<void> play_writes(Round& round, Results& results);
  Expected<void> try_writes(Round& round, Results& results);
  Expected<bool> play_together(Round& round, Results& results);
  Expected<void> play_apart(Round& round, Results& results);
  Expected<void> in_savepoint(const Work& work, Expected<void>& result);
  Expected<void> commit();
  Expected<void> play_read(const Work& work);
  Expected<void> try_read(const Work& work);
  void end_reads();
  Expected<void> connect();
  Expected<void> begin(const char* how);
  void undo();

  const PostgresAddress address_;
  const Presence presence_;
  std::optional<PostgresConnection> db_;  ///< none while the server is away
  std::atomic<bool> away_{false};         ///< the last attempt to connect has failed
  Backoff backoff_;
  bool reading_ = false;     ///< the round's reads have their transaction
  bool committing_ = false;  ///< COMMIT was sent: from here on, only its answer tells
  Rounds rounds_;            ///< last: its thread uses all the others
};

}  // namespace tongban::store
