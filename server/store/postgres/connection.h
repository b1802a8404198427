// One connection to PostgreSQL, through libpq's pipeline: what needs no answer is queued and goes with the next question,
// so that a case with all that belongs to it costs one way to the server and back.
//
// Belongs to one thread. The first fault sticks: what follows in the same transaction is refused without being sent, until
// `roll_back` or `forgive`. Nobody waits longer than `patience` for the server; then the connection counts as lost.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/store/errors.h"
#include "server/store/postgres/address.h"
#include "server/store/postgres/libpq.h"
#include "server/store/postgres/statement.h"
#include "shared/base/expected.h"

namespace tongban::store {

class PostgresConnection {
 public:
  /// Longer than any statement may take by the session's own settings.
  static constexpr std::chrono::seconds patience{15};

  /// Connects and signs in; nothing is set yet. Unavailable.
  static Expected<PostgresConnection> open(const PostgresAddress& address);

  // Until the pipeline begins, one after the other:
  /// Runs statements, parted by semicolons, in one transaction unless they say otherwise.
  Expected<void> run(const std::string& sql);
  /// The first row as text; empty when there is none.
  Expected<std::vector<std::optional<std::string>>> ask(const std::string& sql);
  Expected<void> begin_pipeline();

  // From then on:
  /// A statement that the server prepares once for each text; `?` stand for what is bound.
  PostgresStatement prepare(const char* sql);
  /// Queues BEGIN, SAVEPOINT and their like.
  void command(const char* sql);
  /// Sends what is queued, for the server to do while nobody waits.
  void post();
  /// Waits for all answers; the first fault.
  Expected<void> settle();
  /// Good only when the server has answered that it has committed.
  Expected<void> commit();
  /// Leaves nothing of an open transaction, and no fault; fails when the connection is lost.
  Expected<void> roll_back();
  /// The transaction goes on from a savepoint.
  void forgive() { fault_.reset(); }

  /// As of the last answer.
  bool in_transaction() const { return libpq().PQtransactionStatus(connection_.get()) != PQTRANS_IDLE; }
  const std::optional<Error>& fault() const { return fault_; }
  bool lost() const { return lost_; }
  /// The other end was closed meanwhile: asked before anything is sent, so that nothing is at stake.
  bool hung_up() const;
  /// Writes that were ever queued.
  std::uint64_t writes() const { return writes_; }

 private:
  friend class PostgresStatement;
  using Result = PostgresStatement::Result;
  enum class State { New, Sent, Ready };
  struct Prepared {
    std::string name, text;
    State state = State::New;
  };
  enum class Kind { Prepare, Run, Sync };
  struct Awaited {
    Kind kind;
    Prepared* statement;  ///< none for Sync
  };
  struct Finish {
    void operator()(PGconn* connection) const { libpq().PQfinish(connection); }
  };

  PostgresConnection() = default;
  Prepared& prepared(const char* sql);
  void queue(Prepared& statement, const PostgresParameters& parameters);
  void queue_write(Prepared& statement, const PostgresParameters& parameters);
  /// The last answer of all that are due; none after a fault.
  Result answers();
  Result answer(const Awaited& awaited);
  Result next_result();
  void take(const Awaited& awaited, const PGresult* result);
  bool flush();
  bool wait(short events);
  void lose(const char* why);

  std::unique_ptr<PGconn, Finish> connection_;
  std::map<const char*, Prepared> prepared_;
  std::deque<Awaited> awaited_;
  std::optional<Error> fault_;
  bool lost_ = false;
  std::uint64_t writes_ = 0;
};

}  // namespace tongban::store
