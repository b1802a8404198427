// What only a store in a PostgreSQL promises: its server may be set badly, be somebody else's already, or go away.
#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>

#include "server/store/postgres/ledger.h"
#include "server/store/postgres/migrations.h"
#include "tests/contract/hostile_line.h"
#include "tests/contract/rows.h"
#include "tests/contract/shared_cluster.h"

using namespace tongban;
using namespace tongban::tests;
using namespace tongban::usecases;
using store::PostgresLedger;
using store::Presence;
using std::chrono::steady_clock;

namespace {

HereLane here;

std::unique_ptr<PostgresLedger> open(const std::string& address, Presence presence = Presence::Alone) {
  auto ledger = PostgresLedger::open(parsed(address), presence, here);
  if (!ledger) FAIL(ledger.error().code->name, ' ', ledger.error().where, ' ', ledger.error().detail);
  return std::move(*ledger);
}

Expected<void> store_case(server::Ledger& ledger, std::uint8_t n) {
  return ledger.write_now([n](server::Transaction& tx) { return tx.apply(whole_case(n)); });
}

bool has_case(server::Ledger& ledger, std::uint8_t n) {
  bool found = false;
  in(ledger, [&](server::Transaction& tx) { found = tx.find_case(case_row(n).key)->has_value(); });
  return found;
}

/// Tries again until it is taken, for up to twenty seconds.
bool taken_at_last(server::Ledger& ledger, std::uint8_t n) {
  for (const auto last = steady_clock::now() + std::chrono::seconds(20); steady_clock::now() < last;) {
    if (store_case(ledger, n)) return true;
    ::usleep(20'000);
  }
  return false;
}

server::Reading a_reading(const std::string& actor) {
  server::Reading reading;
  reading.actor = actor;
  reading.what = "case";
  return reading;
}

}  // namespace

TEST_CASE("PostgreSQL: what was answered is there when the database is opened again") {
  const auto address = shared_cluster().make_database();
  CHECK(store_case(*open(address), 1));
  const auto ledger = open(address);
  in(*ledger, [&](server::Transaction& tx) { CHECK((*tx.find_case(case_row(1).key))->row == case_row(1)); });
}

TEST_CASE("PostgreSQL: a second node is kept out and told who is there, a command is let in") {
  const auto address = shared_cluster().make_database();
  const auto node = open(address + " application_name='tongban first'");
  CHECK(store_case(*node, 1));
  const auto second = store::open_session(parsed(address), Presence::Alone, std::chrono::milliseconds(0));
  REQUIRE_FALSE(second);
  CHECK(second.error().is(store::store_errors::Taken));
  CHECK(second.error().where.find("tongban first, process") == 0);
  const auto command = open(address, Presence::Beside);
  CHECK(has_case(*command, 1));
  CHECK(store_case(*command, 2));
  CHECK(has_case(*node, 2));
}

TEST_CASE("PostgreSQL: a command doesn't begin a database, and finds none in an empty one") {
  const auto address = shared_cluster().make_database();
  const auto command = PostgresLedger::open(parsed(address), Presence::Beside, here);
  REQUIRE_FALSE(command);
  CHECK(command.error().is(store::store_errors::Absent));
}

TEST_CASE("PostgreSQL: a database from a newer program is refused, not harmed") {
  const auto address = shared_cluster().make_database();
  open(address);
  shared_cluster().ask(address, "INSERT INTO tongban_schema (version) VALUES (1000)");
  for (const auto presence : {Presence::Alone, Presence::Beside}) {
    const auto ledger = PostgresLedger::open(parsed(address), presence, here);
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().is(store::store_errors::Newer));
  }
}

TEST_CASE("PostgreSQL: a step of the schema is taken whole or not at all, and only once") {
  const auto address = shared_cluster().make_database();
  CHECK(store_case(*open(address), 1));
  auto db = store::PostgresConnection::open(parsed(address));
  REQUIRE(db);
  std::vector<const char*> steps(store::schema_steps().begin(), store::schema_steps().end());
  steps.push_back("ALTER TABLE case_file ADD COLUMN mood BIGINT NOT NULL DEFAULT 3; SELECT 1/0");
  CHECK_FALSE(store::migrate(*db, steps));
  CHECK(shared_cluster().ask(address, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'mood'") == "0");
  steps.back() = "ALTER TABLE case_file ADD COLUMN mood BIGINT NOT NULL DEFAULT 3";
  CHECK(store::migrate(*db, steps));
  CHECK(store::migrate(*db, steps));
  CHECK(shared_cluster().ask(address, "SELECT mood || ' ' || event_count FROM case_file") == "3 1");
  CHECK(shared_cluster().ask(address, "SELECT max(version) || ' ' || count(*) FROM tongban_schema") == std::to_string(steps.size()) + ' ' + std::to_string(steps.size()));
}

TEST_CASE("PostgreSQL: a database with the first schema is brought forward with the letters that wait in it") {
  const auto address = shared_cluster().make_database();
  {
    const auto ledger = open(address);
    CHECK(store_case(*ledger, 1));
    auto done = whole_case(2);
    done.cases[0].list = casework::WorkList::Done;
    in(*ledger, [&](server::Transaction& tx) { CHECK(tx.apply(done)); });
  }
  shared_cluster().ask(address, "DROP TRIGGER case_comes_done ON case_file; DROP TRIGGER case_is_done ON case_file; DROP FUNCTION count_done; DROP TABLE done_count; "
                                "DROP INDEX open_case, inbox_by_sender; DROP INDEX lane_with_gap; DROP INDEX outbox_by_destination; CREATE INDEX outbox_due ON outbox (next_at, created_at) WHERE state = 0; "
                                "DROP TABLE claim; DROP INDEX case_by_number, passed_on_by_number; CREATE UNIQUE INDEX case_by_number ON case_file (number, holder); DELETE FROM tongban_schema WHERE version > 1");
  const auto ledger = open(address);
  in(*ledger, [](server::Transaction& tx) {
    CHECK(tx.waiting_letters(Instant{9000})->due == std::vector{b});
    CHECK(tx.due_letters(b, Instant{9000}, 9, {})->size() == 2);
    CHECK(tx.counts()->back() == server::CentreCount{a, casework::WorkList::Done, 1, Instant{1002}});
  });
  CHECK(shared_cluster().ask(address, "SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'outbox'") ==
        "outbox_by_case outbox_by_destination outbox_pkey outbox_waiting");
}

TEST_CASE("PostgreSQL: a server that doesn't sync is refused, by the name of the setting") {
  auto& cluster = shared_cluster();
  const auto address = cluster.make_database();
  for (const std::string setting : {"fsync", "full_page_writes"}) {
    cluster.ask(address, "ALTER SYSTEM SET " + setting + " = off");
    cluster.ask(address, "SELECT pg_reload_conf()");
    while (cluster.ask(address, "SHOW " + setting) == "on") ::usleep(10'000);
    const auto ledger = PostgresLedger::open(parsed(address), Presence::Alone, here);
    cluster.ask(address, "ALTER SYSTEM RESET " + setting);
    cluster.ask(address, "SELECT pg_reload_conf()");
    while (cluster.ask(address, "SHOW " + setting) == "off") ::usleep(10'000);
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().is(store::store_errors::Unsafe));
    CHECK(ledger.error().where == setting);
  }
}

TEST_CASE("PostgreSQL: commits wait for the disk, also where the server's own setting doesn't") {
  const auto address = shared_cluster().make_database();
  const auto lazy = address + " options='-c synchronous_commit=off'";
  auto db = store::open_session(parsed(lazy), Presence::Alone, std::chrono::milliseconds(0));
  REQUIRE(db);
  auto row = db->prepare("SHOW synchronous_commit");
  REQUIRE(row.next());
  CHECK(row.text() == "on");
}

TEST_CASE("PostgreSQL: what others write meanwhile has the round played anew, and the chain has no fork") {
  const auto address = shared_cluster().make_database();
  const auto node = open(address), command = open(address, Presence::Beside);
  int runs = 0;
  const auto done = node->write_now([&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(tx.readings(1, 9));
    if (++runs == 1) CHECK(command->write_now([](server::Transaction& other) { return other.append_reading(a_reading("command")); }));
    return tx.append_reading(a_reading("node"));
  });
  CHECK(done);
  CHECK(runs == 2);
  in(*node, [&](server::Transaction& tx) {
    const auto readings = *tx.readings(1, 9);
    REQUIRE(readings.size() == 2);
    CHECK(readings[0].actor == "command");
    CHECK(readings[1].actor == "node");
    CHECK(readings[1].previous == readings[0].digest);
  });
}

TEST_CASE("PostgreSQL: two writers at once lose nothing and double nothing") {
  const auto address = shared_cluster().make_database();
  const auto node = open(address), command = open(address, Presence::Beside);
  constexpr int each = 100;
  std::atomic<int> kept{0};
  for (int i = 0; i < each; ++i)
    for (auto* ledger : {node.get(), command.get()})
      ledger->write([](server::Transaction& tx) { return tx.append_reading(a_reading("somebody")); }, [&](const Expected<void>& done) { kept += done ? 1 : 0; });
  in(*node, [](server::Transaction&) {});
  in(*command, [](server::Transaction&) {});
  // Whoever meets the other time and again is refused in the end, and may come again.
  CHECK(kept.load() > each);
  in(*node, [&](server::Transaction& tx) {
    const auto readings = *tx.readings(1, 1'000);
    REQUIRE(readings.size() == static_cast<std::size_t>(kept.load()));
    for (std::size_t i = 1; i < readings.size(); ++i) CHECK(readings[i].previous == readings[i - 1].digest);
  });
}

TEST_CASE("PostgreSQL: faults of the server are told apart") {
  auto& cluster = shared_cluster();
  const auto address = cluster.make_database();
  const auto ledger = open(address);
  CHECK(store_case(*ledger, 1));
  const auto refuse_with = [&](const std::string& state) {
    cluster.ask(address, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                         "$$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '" + state + "'; END $$");
    cluster.ask(address, "CREATE OR REPLACE TRIGGER refuses BEFORE INSERT ON case_event FOR EACH ROW EXECUTE FUNCTION refuse()");
  };
  const auto refusal = [&](const std::string& state) {
    refuse_with(state);
    const auto done = store_case(*ledger, 2);
    REQUIRE_FALSE(done);
    return std::string(done.error().code->name);
  };
  CHECK(refusal("53100") == store::store_errors::Full.name);
  CHECK(refusal("40001") == store::store_errors::Conflict.name);
  CHECK(refusal("40P01") == store::store_errors::Conflict.name);
  CHECK(refusal("57014") == store::store_errors::Slow.name);
  CHECK(refusal("XX000") == store::store_errors::Failed.name);
  CHECK(refusal("53200") == store::store_errors::Unavailable.name);
  CHECK(has_case(*ledger, 1));
  CHECK_FALSE(has_case(*ledger, 2));
  cluster.ask(address, "DROP TRIGGER refuses ON case_event");
  CHECK(store_case(*ledger, 2));
}

TEST_CASE("PostgreSQL: a fault says which rule was broken, never with what") {
  const auto address = shared_cluster().make_database();
  const auto ledger = open(address);
  CHECK(store_case(*ledger, 1));
  auto taken = case_row(2);
  taken.number = case_row(1).number;
  Batch batch;
  batch.cases = {taken};
  const auto done = ledger->write_now([&](server::Transaction& tx) { return tx.apply(batch); });
  REQUIRE_FALSE(done);
  CHECK(done.error().detail == "23505 case_by_number");
}

TEST_CASE("PostgreSQL: a reader may not write") {
  const auto address = shared_cluster().make_database();
  const auto ledger = open(address);
  CHECK_FALSE(look(*ledger, [](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(tx.append_reading(a_reading("reader")));
    TRY_VOID(tx.readings(1, 9));
    return {};
  }));
  in(*ledger, [](server::Transaction& tx) { CHECK(tx.readings(1, 9)->empty()); });
}

TEST_CASE("PostgreSQL: a connection that was lost at rest is made anew, and nobody notices") {
  auto& cluster = shared_cluster();
  const auto address = cluster.make_database();
  const auto ledger = open(address);
  CHECK(store_case(*ledger, 1));
  const std::string hang_up = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
  CHECK(cluster.ask(address, hang_up) == "1");
  CHECK(store_case(*ledger, 2));
  CHECK(cluster.ask(address, hang_up) == "1");
  bool found = false;
  CHECK(look(*ledger, [&](server::Transaction& tx) -> Expected<void> {
    TRY(const auto record, tx.find_case(case_row(2).key));
    found = record.has_value();
    return {};
  }));
  CHECK(found);
}

TEST_CASE("PostgreSQL: a round whose connection is lost before COMMIT was sent is played over another") {
  auto& cluster = shared_cluster();
  const auto address = cluster.make_database();
  const auto ledger = open(address);
  int runs = 0;
  const auto done = ledger->write_now([&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(tx.readings(1, 9));
    if (++runs == 1) cluster.ask(address, "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    return tx.append_reading(a_reading("node"));
  });
  // The fault may show only at the COMMIT that goes with the last piece: then nobody knows, and it is said so.
  if (!done) CHECK(done.error().is(store::store_errors::Unavailable));
  in(*ledger, [&](server::Transaction& tx) { CHECK(tx.readings(1, 9)->size() == (done ? 1 : 0)); });
}

TEST_CASE("PostgreSQL: a COMMIT whose answer never comes is told as unknown, never as done, and not played again") {
  for (const auto when : {HostileLine::Cut::AfterCommit, HostileLine::Cut::BeforeCommit}) {
    HostileLine line(shared_cluster().sockets());
    const auto address = shared_cluster().make_database();
    const auto ledger = open("host=" + line.sockets().string() + address.substr(address.find(' ')));
    int runs = 0;
    line.cut(when);
    const auto done = ledger->write_now([&](server::Transaction& tx) {
      ++runs;
      return tx.apply(whole_case(1));
    });
    REQUIRE_FALSE(done);
    CHECK(done.error().is(store::store_errors::Unavailable));
    CHECK(line.has_cut());
    CHECK(runs == 1);
    // Who asks again over the next connection learns what became of it.
    CHECK(has_case(*ledger, 1) == (when == HostileLine::Cut::AfterCommit));
  }
}

TEST_CASE("PostgreSQL: while the server is away everybody is told so at once, and it is found again though nobody asks") {
  Cluster cluster;
  const auto address = cluster.make_database();
  const auto ledger = open(address);
  CHECK(store_case(*ledger, 1));
  cluster.stop();
  const auto before = steady_clock::now();
  for (int i = 0; i < 50; ++i) {
    const auto done = store_case(*ledger, 2);
    REQUIRE_FALSE(done);
    CHECK(done.error().is(store::store_errors::Unavailable));
  }
  CHECK(steady_clock::now() - before < std::chrono::seconds(5));
  CHECK_FALSE(ledger->reachable());
  cluster.start();
  for (int tries = 0; tries < 1'000 && !ledger->reachable(); ++tries) ::usleep(20'000);
  CHECK(ledger->reachable());
  CHECK(taken_at_last(*ledger, 2));
  CHECK(has_case(*ledger, 1));
}

TEST_CASE("PostgreSQL: a password on the command line is refused, in a file of one's own it is taken") {
  for (const std::string shown : {"postgresql://tongban:secret@localhost/tongban", "host=localhost password=secret"}) {
    const auto address = store::postgres_address(shown);
    REQUIRE_FALSE(address);
    CHECK(address.error().is(store::address_errors::PasswordShown));
    CHECK(address.error().detail.empty());
  }
  TemporaryFile file;
  std::ofstream(file.path()) << "postgresql://tongban:secret@localhost/tongban\n";
  std::filesystem::permissions(file.path(), std::filesystem::perms(0640));
  CHECK(store::postgres_address_in(file.path()).error().is(store::address_errors::FileUnsafe));
  std::filesystem::permissions(file.path(), std::filesystem::perms(0600));
  CHECK(store::postgres_address_in(file.path())->parameters.at("password") == "secret");
  CHECK(store::postgres_address_in("/nowhere").error().is(store::address_errors::FileUnsafe));
  CHECK(store::postgres_address("postgresql://[").error().is(store::address_errors::Malformed));
}

TEST_CASE("PostgreSQL: on the way to another machine the server must show who it is") {
  CHECK(store::postgres_address("postgresql://db.example/tongban")->parameters.at("sslmode") == "verify-full");
  CHECK(store::postgres_address("postgresql://db.example/tongban?sslmode=require")->parameters.at("sslmode") == "require");
  CHECK_FALSE(store::postgres_address("postgresql://localhost/tongban")->parameters.contains("sslmode"));
  CHECK_FALSE(store::postgres_address("host=/run/postgresql")->parameters.contains("sslmode"));
}
