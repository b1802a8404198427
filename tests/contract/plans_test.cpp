// How SQLite finds what it is asked for. The ledger's one thread does nothing else meanwhile, so nothing may be looked for by going
// through a table that grows with every case.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

#include "server/store/sqlite/migrations.h"
#include "server/store/sqlite/transaction.h"
#include "tests/contract/rows.h"

using namespace tongban;
using namespace tongban::tests;
using store::Database;

namespace {

constexpr std::array<std::string_view, 9> growing_tables{"case_file", "case_event", "receipt", "lane", "outbox", "inbox", "claim", "exchange_log", "reading"};
/// They hold only what is open, or waits.
constexpr std::array<std::string_view, 4> short_indexes{"open_case", "outbox_waiting", "outbox_by_destination", "lane_with_gap"};

/// Every function that a store has, on a case that is there.
void ask_everything(server::Transaction& tx) {
  const auto row = case_row(1);
  const auto sent = letter(1, row.key, Instant{2001});
  auto settled = sent;
  settled.state = usecases::OutboxState::Taken;
  server::StaffAccount account;
  account.account = StaffId("quyang-window");
  server::StaffSession session;
  session.account = account.account;
  usecases::Batch batch = whole_case(1);
  usecases::InboxRow mail;
  mail.holder = a;
  mail.from = b;
  batch.inbox = {mail};
  batch.claims = {{row.key.submission, a, b, Instant{7}}};
  CHECK(tx.apply(batch));
  CHECK(tx.find_case(row.key));
  CHECK(tx.find_number(row.number));
  CHECK(tx.find_number(a, row.number));
  CHECK(tx.find_submission(row.key.submission));
  CHECK(tx.find_claim(row.key.submission));
  CHECK(tx.work_list(a, casework::WorkList::InHand, 9));
  CHECK(tx.work_list(a, casework::WorkList::Done, 9));
  CHECK(tx.find_inbox(a, mail.id));
  CHECK(tx.counts());
  CHECK(tx.due_letters(b, Instant{9000}, 9, {}));
  CHECK(tx.waiting_letters(Instant{9000}));
  CHECK(tx.count_letters());
  CHECK(tx.letters_by_addressee());
  CHECK(tx.note_attempt({sent.id, 1, Instant{9000}, {}}));
  CHECK(tx.hasten(b, Instant{9000}));
  CHECK(tx.waits_beyond(Instant{9000}));
  CHECK(tx.hasten_beyond(Instant{9000}, Instant{9000}));
  CHECK(tx.letters_waiting(9));
  CHECK(tx.gaps(9));
  CHECK(tx.late_letters(Instant{9000}));
  CHECK(tx.in_custody(9));
  CHECK(tx.hasten_letter(sent.id, Instant{9000}));
  usecases::Batch settling;
  settling.outbox = {settled};
  CHECK(tx.apply(settling));
  CHECK(tx.keep_answer(sent.id, Bytes{1}, Instant{9000}));
  CHECK(tx.find_letter(sent.id));
  CHECK(tx.exchange_log(1, 9));
  CHECK(tx.cases_since(Instant{0}, b, {}, {9, 9}));
  CHECK(tx.case_keys({}, 9));
  CHECK(tx.put_account(account));
  CHECK(tx.find_account(account.account));
  CHECK(tx.accounts());
  CHECK(tx.put_session(session));
  CHECK(tx.find_session(session.token));
  CHECK(tx.end_session(session.token));
  CHECK(tx.end_expired_sessions(Instant{0}));
  CHECK(tx.end_sessions(account.account, Instant{0}));
  CHECK(tx.append_reading(server::reading("quyang-window", "case", row.number.text(), Instant{8})));
  CHECK(tx.readings(1, 9));
}

std::vector<std::string> statements_of(const Database& db) {
  std::vector<std::string> statements;
  for (auto* one = sqlite3_next_stmt(db.handle(), nullptr); one; one = sqlite3_next_stmt(db.handle(), one)) statements.emplace_back(sqlite3_sql(one));
  return statements;
}

/// "SCAN case_file USING INDEX open_case", "SEARCH outbox USING …", "USE TEMP B-TREE FOR ORDER BY".
std::vector<std::string> plan_of(Database& db, const std::string& statement) {
  sqlite3_stmt* plan = nullptr;
  REQUIRE(sqlite3_prepare_v2(db.handle(), ("EXPLAIN QUERY PLAN " + statement).c_str(), -1, &plan, nullptr) == SQLITE_OK);
  std::vector<std::string> lines;
  while (sqlite3_step(plan) == SQLITE_ROW) lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(plan, 3)));
  sqlite3_finalize(plan);
  return lines;
}

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The last entry of a chain is the first row that is met.
bool ends_at_once(const std::string& statement, const std::vector<std::string>& plan) {
  return statement.ends_with("LIMIT 1") && plan.size() == 1;
}

bool goes_through_all(const std::string& line) {
  std::istringstream words(line);
  std::string what, table, index;
  words >> what >> table;
  while (words >> index) {
  }
  return what == "SCAN" && is_one_of(growing_tables, table) && !is_one_of(short_indexes, index);
}

/// How often the SQL of both engines prepares a statement.
std::size_t statements_in_the_source() {
  std::size_t count = 0;
  for (const char* name : {"exchange.h", "read_cases.h", "staff.h", "write_cases.h"}) {
    std::ifstream in(std::string(TONGBAN_SQL) + '/' + name);
    REQUIRE(in);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (auto at = text.find("db_.prepare("); at != std::string::npos; at = text.find("db_.prepare(", at + 1)) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("SQLite: no statement goes through a table that grows with every case") {
  TemporaryFile file;
  auto db = Database::open(file.path().string());
  REQUIRE(db);
  REQUIRE(store::migrate(*db));
  store::SqliteTransaction tx(*db);
  ask_everything(tx);
  std::size_t asked = 0;
  for (const auto& statement : statements_of(*db)) {
    if (statement.starts_with("PRAGMA")) continue;
    ++asked;
    const auto plan = plan_of(*db, statement);
    if (ends_at_once(statement, plan)) continue;
    for (const auto& line : plan) {
      INFO(statement, "\n", line);
      CHECK_FALSE(goes_through_all(line));
    }
  }
  CHECK(asked == statements_in_the_source());
}
