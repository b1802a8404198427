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

/// A letter that came and was answered.
usecases::InboxRow earlier_mail() {
  usecases::InboxRow mail;
  mail.holder = b;
  mail.id.octets.fill(77);
  mail.from = a;
  mail.submission.octets.fill(1);
  mail.seq = 1;
  mail.at = Instant{6};
  mail.answer = {1, 2, 3};
  return mail;
}

constexpr const char* without_answer =
    "id, case_id, destination, seq, kind, attachments, events_known, request, created_at, state, settled_at, refusal, "
    "attempts, next_at, fault, bytes";

/// A store of three cases with the schema of that version, its rows taken from `now`.
void make_older(const TemporaryFile& file, const TemporaryFile& now, int version) {
  std::ifstream schema(TONGBAN_SCHEMAS "/schema_" + std::to_string(version) + ".sql");
  REQUIRE(schema);
  auto db = store::Database::open(file.path().string(), store::Pages::Plain);  // earlier programs left no room for checksums
  REQUIRE(db);
  REQUIRE(db->run(std::string(std::istreambuf_iterator<char>(schema), {})));
  REQUIRE(db->run("ATTACH '" + now.path().string() + "' AS now"));
  for (const std::string table : {"case_file", "case_event", "receipt", "lane", "inbox", "staff_account", "reading"})
    REQUIRE(db->run("INSERT INTO main." + table + " SELECT * FROM now." + table));
  // The first schema had letters without their answers, and no log of either.
  REQUIRE(db->run("INSERT INTO main.outbox SELECT " + std::string(version > 1 ? "*" : without_answer) + " FROM now.outbox"));
  if (version > 1) REQUIRE(db->run("INSERT INTO main.exchange_log SELECT * FROM now.exchange_log"));
}

/// Of each kind of row that a store keeps besides its cases, one.
void apply_the_rest(server::Transaction& tx) {
  usecases::Batch batch;
  batch.inbox.push_back(earlier_mail());
  CHECK(tx.apply(batch));
  server::StaffAccount account;
  account.account = StaffId("quyang-window");
  account.name = "演示窗口";
  CHECK(tx.put_account(account));
  CHECK(tx.append_reading(server::reading("quyang-window", "case", case_row(1).number.text(), Instant{7})));
}

void check_the_rest(server::Transaction& tx) {
  const auto mail = *tx.find_inbox(b, earlier_mail().id);
  CHECK((mail && mail->answer == earlier_mail().answer));
  const auto account = *tx.find_account(StaffId("quyang-window"));
  CHECK((account && account->name == "演示窗口"));
  CHECK_FALSE(tx.find_claim(case_row(1).key.submission)->has_value());
  CHECK(tx.append_reading(server::reading("quyang-window", "case", case_row(2).number.text(), Instant{8})));
  const auto readings = *tx.readings(1, 9);
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].digest == server::reading_digest(readings[0]));
  CHECK(readings[1].previous == readings[0].digest);
}

}  // namespace

TEST_CASE("SQLite: a store with an earlier schema is brought forward with all that it holds") {
  int version = 0;
  SUBCASE("the first") { version = 1; }
  SUBCASE("the second") { version = 2; }
  SUBCASE("the third") { version = 3; }
  SUBCASE("the fourth") { version = 4; }
  SUBCASE("the fifth") { version = 5; }
  SUBCASE("the sixth") { version = 6; }
  TemporaryFile now, older;
  std::vector<std::optional<CaseRecord>> before;
  {
    auto ledger = store::SqliteLedger::open(now.path(), here);
    REQUIRE(ledger);
    for (std::uint8_t n = 1; n <= 3; ++n) {
      auto batch = whole_case(n);
      if (n == 3) batch.cases[0].list = casework::WorkList::Done;
      in(**ledger, [&](server::Transaction& tx) { CHECK(tx.apply(batch)); });
    }
    in(**ledger, apply_the_rest);
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
    check_the_rest(tx);
    const auto counts = *tx.counts();
    CHECK(counts == std::vector<server::CentreCount>{{a, casework::WorkList::ToReceive, 3, Instant{1001}}, {a, casework::WorkList::Done, 1, Instant{1003}}});
    const auto sent = whole_case(4).outbox.front();
    CHECK(tx.keep_answer(sent.id, Bytes{4, 5}, Instant{10}));
    CHECK((*tx.find_letter(sent.id))->answer == Bytes{4, 5});
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
