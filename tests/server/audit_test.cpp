// Whoever sees or could see a person's record leaves a row in the chain; and nobody sees more than the role needs.
#include <doctest/doctest.h>

#include "server/node/prepare.h"
#include "server/store/sqlite/ledger.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/staff.h"
#include "tests/server/program.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

/// "actor what record" of every row of a node's chain, beside the running node.
std::vector<std::string> chain_of(const fs::path& data) {
  std::vector<std::string> rows;
  server::HereLane here;
  const auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, here);
  REQUIRE(ledger);
  REQUIRE((*ledger)->read_now([&](server::Transaction& tx) -> Expected<void> {
    TRY(const auto readings, tx.readings(1, 10'000));
    for (const auto& one : readings) rows.push_back(one.actor + '|' + one.what + '|' + one.record);
    return {};
  }));
  return rows;
}

struct Office {
  TemporaryFolder folder;
  LivingNode node{city(folder.path())};
  std::size_t seen = 0;

  Desk desk(const std::string& account) { return Desk(node.port(), account, node.password_of(account)); }
  /// The rows since the last look.
  std::vector<std::string> fresh() {
    auto rows = chain_of(folder.path());
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(seen));
    seen += rows.size();
    return rows;
  }
};

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Office, "sign-ins, those that were refused, and sign-outs stand in the chain, what was typed does not") {
  CHECK(fresh().size() == 6);
  const auto window = desk("quyang-window");
  CHECK(fresh() == Rows{"quyang-window|sign_in|"});
  for (const char* account : {"quyang-window", "secret-in-the-wrong-field"})
    CHECK(ask(node.port(), "POST", "/api/v1/staff/session", "Content-Type: application/json\r\n", wire::json::write_sign_in({account, "wrong"})).status == 401);
  CHECK(fresh() == Rows{"|sign_in_refused|", "|sign_in_refused|"});
  CHECK(ask(node.port(), "DELETE", "/api/v1/staff/session", "Cookie: " + window.cookie() + "\r\nTongban-Csrf: " + window.csrf() + "\r\n").status == 204);
  CHECK(fresh() == Rows{"quyang-window|sign_out|"});
}

TEST_CASE_FIXTURE(Office, "a list is noted by its name and a digest of its numbers, which tells them to whoever knows them only") {
  const auto window = desk("quyang-window");
  const auto resident = submit_to(node.port(), sealed());
  fresh();
  window.list("to_receive");
  const auto digest = to_hex(crypto::digest(as_bytes(resident.number.text() + '\n')));
  CHECK(fresh() == Rows{"quyang-window|list|to_receive 1 " + digest});
  CHECK(window.get("/api/v1/staff/cases").status == 200);
  CHECK(fresh() == Rows{"quyang-window|list|all 1 " + digest});
  window.list("done");
  CHECK(fresh().empty());
}

TEST_CASE_FIXTURE(Office, "a new secret, a case begun twice and a step done twice are noted, like any look at the case") {
  const auto window = desk("quyang-window");
  const auto one = sealed(draft("演示乙"));
  fresh();
  const auto begun = window.post("/api/v1/staff/cases", body_of(one));
  REQUIRE(begun.status == 201);
  const auto number = wire::json::read_submission_answer(begun.body)->view.number.text();
  CHECK(fresh().empty());
  CHECK(window.post("/api/v1/staff/cases", body_of(one)).status == 200);
  CHECK(fresh() == Rows{"quyang-window|case|" + number});
  CHECK(window.post("/api/v1/staff/cases/" + number + "/renew_access", "{}").status == 200);
  CHECK(fresh() == Rows{"quyang-window|access|" + number});
  const auto two = sealed();
  const auto resident = submit_to(node.port(), two);
  CHECK(fresh().empty());
  CHECK(ask(node.port(), "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(two)).status == 200);
  CHECK(fresh() == Rows{"resident|case|" + resident.number.text()});
}

TEST_CASE_FIXTURE(Office, "a change of the accounts stands in the chain") {
  const auto data = folder.path().string();
  fresh();
  CHECK(run_program({"staff", "add", "demo-window", "--data", data, "--name", "演示", "--role", "window", "--centre", "310109010"}) == 0);
  CHECK(run_program({"staff", "passwd", "demo-window", "--data", data}) == 0);
  CHECK(run_program({"staff", "lock", "demo-window", "--data", data}) == 0);
  CHECK(run_program({"staff", "unlock", "demo-window", "--data", data}) == 0);
  CHECK(fresh() == Rows{"operator|account_added|demo-window", "operator|account_password|demo-window", "operator|account_locked|demo-window",
                        "operator|account_unlocked|demo-window"});
}
