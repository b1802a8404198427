#include "server/store/postgres/session.h"

#include <string>
#include <thread>

#include "server/store/postgres/migrations.h"

namespace tongban::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What a round may wait for; the connection's own patience is longer, so that the server gives up first.
constexpr const char* needed =
    "SET client_min_messages = error; SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET bytea_output = 'hex'";

// Better with these, good without: an engine that only speaks the protocol may not know them.
// Plans by index from the first row on: one made while a table was small would read all of it later, and a
// serialisable transaction that reads a whole table is in everybody's way. A connection whose other end is gone lets go of
// its locks soon.
constexpr const char* wished[] = {
    "SET plan_cache_mode = force_generic_plan", "SET enable_seqscan = off",
    "SET jit = off",                            "SET idle_in_transaction_session_timeout = '60s'",
    "SET client_connection_check_interval = '5s'",
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3"};

/// "tongban" in ASCII: the lock that a node holds on its database as long as it is connected.
constexpr std::int64_t lock_key = 0x746f'6e67'6261'6e;

constexpr milliseconds lock_step{100};

Expected<std::string> setting(PostgresConnection& db, const std::string& name) {
  TRY(const auto row, db.ask("SELECT current_setting('" + name + "', true)"));
  return row.empty() ? std::string() : row.front().value_or("");
}

/// A commit that is answered before it is on the disk is a promise that a power cut breaks. What the server doesn't know,
/// it can't be asked.
Expected<void> check_promises(PostgresConnection& db) {
  for (const char* name : {"fsync", "full_page_writes"}) {
    TRY(const auto value, setting(db, name));
    if (value == "off") return Error(store_errors::Unsafe, name, "is off");
  }
  TRY(const auto encoding, setting(db, "server_encoding"));
  if (!encoding.empty() && encoding != "UTF8") return Error(store_errors::Unsafe, "server_encoding", "must be UTF8, is " + encoding);
  TRY(const auto commit, setting(db, "synchronous_commit"));
  // remote_apply promises still more.
  return commit == "remote_apply" ? Expected<void>() : db.run("SET synchronous_commit = on");
}

/// Who has the lock, for the operator.
std::string holder(PostgresConnection& db) {
  const auto key = std::to_string(lock_key);
  const auto row = db.ask(
      "SELECT a.application_name || ', process ' || a.pid || coalesce(' from ' || host(a.client_addr), '') || ', since ' || a.backend_start::timestamptz(0) "
      "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid JOIN pg_database d ON d.oid = l.database "
      "WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database() AND (l.classid::bigint << 32 | l.objid::bigint) = " + key);
  return row && !row->empty() ? row->front().value_or("") : "";
}

Expected<void> take_lock(PostgresConnection& db, milliseconds patience) {
  const auto last = steady_clock::now() + patience;
  while (true) {
    TRY(const auto taken, db.ask("SELECT pg_try_advisory_lock(" + std::to_string(lock_key) + ")"));
    if (!taken.empty() && taken.front() == "t") return {};
    if (steady_clock::now() >= last) return Error(store_errors::Taken, holder(db));
    std::this_thread::sleep_for(lock_step);
  }
}

}  // namespace

Expected<PostgresConnection> open_session(const PostgresAddress& address, Presence presence, milliseconds patience) {
  TRY(auto db, PostgresConnection::open(address));
  TRY_VOID(db.run(needed));
  for (const char* wish : wished) [[maybe_unused]] const auto granted = db.run(wish);
  TRY_VOID(check_promises(db));
  if (presence == Presence::Alone) {
    TRY_VOID(take_lock(db, patience));
    TRY_VOID(migrate(db));
  } else {
    TRY_VOID(check_schema(db));
  }
  TRY_VOID(db.begin_pipeline());
  return db;
}

}  // namespace tongban::store
