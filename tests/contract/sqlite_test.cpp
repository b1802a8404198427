// What only a store in a file promises.
#include <doctest/doctest.h>

#include <filesystem>

#include "server/store/sqlite/copy.h"
#include "server/store/sqlite/ledger.h"
#include "tests/contract/rows.h"

using namespace tongban;
using namespace tongban::tests;
using namespace tongban::usecases;
using casework::WorkList;

namespace {

HereLane here;

/// Some 40 KB each, in a commit of its own.
void write_large_cases(server::Ledger& ledger, int from, int to) {
  for (int i = from; i < to; ++i)
    in(ledger, [i](server::Transaction& tx) {
      Batch batch;
      batch.cases = {case_row(1)};
      batch.cases[0].key.submission.octets = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 256)};
      batch.cases[0].number = CaseNumber("TB261124-" + std::to_string(1'000'000 + i));
      batch.cases[0].application = Bytes(40'000, 7);
      CHECK(tx.apply(batch));
    });
}

std::uintmax_t log_of(const TemporaryFile& file) { return std::filesystem::file_size(file.path().string() + "-wal"); }

}  // namespace

TEST_CASE("SQLite: what was answered is there when the file is opened again") {
  TemporaryFile file;
  {
    auto ledger = store::SqliteLedger::open(file.path(), here);
    REQUIRE(ledger);
    in(**ledger, [&](server::Transaction& tx) { CHECK(tx.apply(whole_case(1))); });
  }
  auto ledger = store::SqliteLedger::open(file.path(), here);
  REQUIRE(ledger);
  in(**ledger, [&](server::Transaction& tx) { CHECK((*tx.find_case(case_row(1).key))->row == case_row(1)); });
}

TEST_CASE("SQLite: a file from a newer program is refused, not harmed") {
  TemporaryFile file;
  {
    auto db = store::Database::open(file.path().string());
    REQUIRE(db);
    CHECK(db->run("PRAGMA user_version = 1000"));
  }
  const auto ledger = store::SqliteLedger::open(file.path(), here);
  REQUIRE_FALSE(ledger);
  CHECK(ledger.error().is(store::store_errors::Newer));
}

TEST_CASE("SQLite: the log has its size from the start, and is overwritten however much is written") {
  TemporaryFile file;
  auto ledger = store::SqliteLedger::open(file.path(), here, {.log = store::usual_log});
  REQUIRE(ledger);
  CHECK(log_of(file) == store::usual_log);
  // Twice the log's size.
  write_large_cases(**ledger, 0, 400);
  CHECK(log_of(file) == store::usual_log);
}

TEST_CASE("SQLite: what somebody who reads for long makes the log longer by is cut off afterwards") {
  TemporaryFile file;
  auto ledger = store::SqliteLedger::open(file.path(), here, {.log = store::usual_log});
  REQUIRE(ledger);
  write_large_cases(**ledger, 0, 1);
  {
    auto reader = store::Database::open(file.path().string());
    REQUIRE(reader->run("BEGIN; SELECT count(*) FROM case_file"));
    write_large_cases(**ledger, 1, 1'000);
    CHECK(log_of(file) > store::longest_log);
    REQUIRE(reader->run("COMMIT"));
  }
  write_large_cases(**ledger, 1'000, 1'010);
  CHECK(log_of(file) == store::longest_log);
}

TEST_CASE("SQLite: a copy is of one moment however much is written meanwhile, and leaves no long log behind") {
  TemporaryFile file, copied;
  auto ledger = store::SqliteLedger::open(file.path(), here, {.log = store::usual_log});
  REQUIRE(ledger);
  write_large_cases(**ledger, 0, 800);
  int at = 800;
  REQUIRE(store::copy_database(file.path(), copied.path(), {.after_step = [&] {
    write_large_cases(**ledger, at, at + 400);
    at += 400;
  }}));
  CHECK(log_of(file) > store::longest_log);
  write_large_cases(**ledger, at, at + 10);
  CHECK(log_of(file) <= store::longest_log);
  auto copy = store::SqliteLedger::open(copied.path(), here);
  REQUIRE(copy);
  in(**copy, [](server::Transaction& tx) { CHECK(tx.counts()->front().cases == 800); });
}

TEST_CASE("SQLite: a copy is given up before the log that it holds up would keep the next start waiting") {
  TemporaryFile file, copied, another;
  auto ledger = store::SqliteLedger::open(file.path(), here, {.log = store::usual_log});
  REQUIRE(ledger);
  write_large_cases(**ledger, 0, 800);
  int at = 800;
  store::Copying how;
  how.longest_log = store::usual_log;
  how.after_step = [&] {
    write_large_cases(**ledger, at, at + 250);
    at += 250;
  };
  const auto given_up = store::copy_database(file.path(), copied.path(), how);
  REQUIRE_FALSE(given_up);
  CHECK(given_up.error().is(store::store_errors::Overtaken));
  CHECK(at == 1'050);
  CHECK(store::copy_database(file.path(), another.path()));
}

TEST_CASE("SQLite: the log comes over in steps of the same size, however often it has begun again at its start") {
  TemporaryFile file;
  auto opened = store::Database::open(file.path().string());
  REQUIRE(opened);
  REQUIRE(opened->run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (x BLOB)"));
  store::Log log(*opened);
  for (int turn = 0; turn < 5; ++turn) {
    while (log.behind() < 64) REQUIRE(opened->run("INSERT INTO t VALUES (zeroblob(20000))"));
    CHECK(log.behind() < 64 + 16);
    REQUIRE(log.bring_over());
    CHECK(log.behind() == 0);
    CHECK(std::filesystem::file_size(file.path().string() + "-wal") < (64 + 16) * 4'200);
  }
}

TEST_CASE("SQLite: a full store refuses writes, leaves nothing half, and reads go on") {
  TemporaryFile file;
  auto opened = store::SqliteLedger::open(file.path(), here, {.file = 600 * 1024});
  REQUIRE(opened);
  auto& ledger = **opened;
  std::size_t stored = 0;
  Expected<void> last;
  for (std::uint8_t n = 1; n < 250 && last; ++n) {
    last = ledger.write_now([n](server::Transaction& tx) {
      auto batch = whole_case(n);
      batch.cases[0].application = Bytes(20'000, n);
      return tx.apply(batch);
    });
    stored += last ? 1 : 0;
  }
  REQUIRE_FALSE(last);
  CHECK(last.error().is(store::store_errors::Full));
  CHECK(stored > 5);
  std::size_t listed = 0, letters = 0;
  CHECK(look(ledger, [&](server::Transaction& tx) -> Expected<void> {
    listed = tx.work_list(a, WorkList::ToReceive, 1000)->size();
    letters = *tx.count_letters();
    return {};
  }));
  in(ledger, [](server::Transaction& tx) { CHECK(tx.counts()->size() == 1); });
  CHECK(listed == stored);
  CHECK(letters == stored);
}
