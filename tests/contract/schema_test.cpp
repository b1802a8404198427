// Stores that an earlier program has made.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "server/store/sqlite/checked_pages.h"
#include "server/store/sqlite/copy.h"
#include "server/store/sqlite/ledger.h"
#include "tests/contract/rows.h"

using namespace tongban;
using namespace tongban::tests;
using usecases::CaseRecord;

namespace {

HereLane here;

std::vector<std::optional<CaseRecord>> three(server::Transaction& tx) {
  std::vector<std::optional<CaseRecord>> found;
  for (std::uint8_t n = 1; n <= 3; ++n) found.push_back(*tx.find_case(case_row(n).key));
  return found;
}

bool same(const std::optional<CaseRecord>& x, const std::optional<CaseRecord>& y) {
  return x && y && x->row == y->row && x->events == y->events && x->receipts == y->receipts && x->lanes == y->lanes && x->outbox == y->outbox;
}

/// A store of three cases with the schema of that version, its rows taken from `now`.
void make_older(const TemporaryFile& file, const TemporaryFile& now, int version) {
  std::ifstream schema(TONGBAN_SCHEMAS "/schema_" + std::to_string(version) + ".sql");
  REQUIRE(schema);
  auto db = store::Database::open(file.path().string(), store::Pages::Plain);  // earlier programs left no room for checksums
  REQUIRE(db);
  REQUIRE(db->run(std::string(std::istreambuf_iterator<char>(schema), {})));
  REQUIRE(db->run("ATTACH '" + now.path().string() + "' AS now"));
  for (const std::string table : {"case_file", "case_event", "receipt", "lane", "outbox", "exchange_log"})
    REQUIRE(db->run("INSERT INTO main." + table + " SELECT * FROM now." + table));
}

}  // namespace

TEST_CASE("SQLite: a store with an earlier schema is brought forward with all that it holds") {
  int version = 0;
  SUBCASE("the second") { version = 2; }
  SUBCASE("the third") { version = 3; }
  SUBCASE("the fourth") { version = 4; }
  TemporaryFile now, older;
  std::vector<std::optional<CaseRecord>> before;
  {
    auto ledger = store::SqliteLedger::open(now.path(), here);
    REQUIRE(ledger);
    for (std::uint8_t n = 1; n <= 3; ++n) in(**ledger, [&](server::Transaction& tx) { CHECK(tx.apply(whole_case(n))); });
    in(**ledger, [&](server::Transaction& tx) { before = three(tx); });
  }
  make_older(older, now, version);
  auto ledger = store::SqliteLedger::open(older.path(), here);
  REQUIRE(ledger);
  in(**ledger, [&](server::Transaction& tx) {
    const auto after = three(tx);
    CHECK(std::equal(before.begin(), before.end(), after.begin(), after.end(), same));
    CHECK((*tx.find_number(case_row(2).number))->submission == case_row(2).key.submission);
    CHECK(tx.apply(whole_case(4)));
    CHECK(tx.due_letters(b, Instant{9000}, 9, {})->size() == 4);
  });
}

TEST_CASE("SQLite: a store is copied whole, whether its pages have room for checksums or not") {
  auto pages = store::Pages::Checked;
  SUBCASE("with room") {}
  SUBCASE("without") { pages = store::Pages::Plain; }
  TemporaryFile file, copied;
  REQUIRE(store::Database::open(file.path().string(), pages)->run("CREATE TABLE t (x BLOB)"));
  {
    auto ledger = store::SqliteLedger::open(file.path(), here);
    REQUIRE(ledger);
    for (std::uint8_t n = 1; n <= 3; ++n) in(**ledger, [&](server::Transaction& tx) { CHECK(tx.apply(whole_case(n))); });
    std::filesystem::remove(copied.path());
    REQUIRE(store::copy_database(file.path(), copied.path()));
  }
  auto opened = store::Database::open(copied.path().string());
  REQUIRE(opened);
  CHECK(opened->run("SELECT * FROM case_file"));
  CHECK(store::are_pages_checked(opened->handle()) == (pages == store::Pages::Checked));
  auto ledger = store::SqliteLedger::open(copied.path(), here);
  REQUIRE(ledger);
  in(**ledger, [&](server::Transaction& tx) {
    for (const auto& found : three(tx)) CHECK(found);
  });
}
