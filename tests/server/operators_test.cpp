// What operators see of the exchange, what they can do about it, and what the node can prove.
#include <doctest/doctest.h>

#include "server/node/log_check.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "server/store/sqlite/ledger.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

/// The store of a node, as a command opens it.
void with_ledger(const fs::path& file, const std::function<void(server::Ledger&)>& act) {
  server::HereLane lane;
  auto ledger = store::SqliteLedger::open(file, lane);
  REQUIRE(ledger);
  act(**ledger);
}

void with_store(const fs::path& file, const std::function<void(server::Transaction&)>& act) {
  with_ledger(file, [&](server::Ledger& ledger) {
    REQUIRE(ledger.write_now([&](server::Transaction& tx) -> Expected<void> {
      act(tx);
      return {};
    }));
  });
}

/// A store of which every look takes long: `meanwhile` happens before it ends.
class SlowlyRead final : public server::Ledger {
 public:
  SlowlyRead(server::Ledger& ledger, std::function<void()> meanwhile) : ledger_(ledger), meanwhile_(std::move(meanwhile)) {}
  void write(Work work, Done done) override { ledger_.write(std::move(work), std::move(done)); }
  void read(Work work, Done done) override { ledger_.read(std::move(work), std::move(done)); }
  Expected<void> write_now(const Work& work) override { return ledger_.write_now(work); }
  Expected<void> read_now(const Work& work) override {
    return ledger_.read_now([&](server::Transaction& tx) -> Expected<void> {
      TRY_VOID(work(tx));
      meanwhile_();
      return work(tx);
    });
  }
  std::size_t waiting() const override { return ledger_.waiting(); }

 private:
  server::Ledger& ledger_;
  std::function<void()> meanwhile_;
};

void plant(const fs::path& file, const std::string& sql) {
  auto database = store::Database::open(file.string());
  REQUIRE(database);
  REQUIRE(database->run("PRAGMA foreign_keys = OFF"));
  REQUIRE(database->run(sql));
  REQUIRE(database->changes() > 0);
}

}  // namespace

TEST_CASE("the log of a whole story is as it was written, and a change planted anywhere in it is found") {
  TemporaryFolder folder;
  {
    LivingNode node(city(folder.path()));
    const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
    const Desk reviewer(node.port(), "wujiaochang-reviewer", node.password_of("wujiaochang-reviewer"));
    play_story(node.port(), window, reviewer);
  }
  const server::DataPaths paths(folder.path());
  const auto trust = server::Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  const auto faults_after = [&](const std::string& sql) {
    const auto copy = folder.path() / "copy.db";
    fs::copy_file(paths.store, copy, fs::copy_options::overwrite_existing);
    if (!sql.empty()) plant(copy, sql);
    server::LogCheck check;
    with_ledger(copy, [&](server::Ledger& ledger) { check = *server::check_log(ledger, trust->directory); });
    CHECK(check.cases == 2);
    return check.faults;
  };
  const auto none = faults_after("");
  const std::string first = none.empty() ? "" : none.front();
  INFO(first);
  CHECK(none.empty());
  for (const char* planted : {
           "UPDATE reading SET actor = 'nobody' WHERE seq = 2",
           "DELETE FROM reading WHERE seq = 1",
           "UPDATE outbox SET bytes = zeroblob(length(bytes)) WHERE kind = 1",
           "DELETE FROM outbox WHERE kind = 1",
           "UPDATE outbox SET answer = x'00' WHERE kind = 2",
           "DELETE FROM inbox WHERE seq = 0",
           "UPDATE exchange_log SET at = at + 1 WHERE seq = 2",
           "DELETE FROM exchange_log WHERE seq = 1",
           "DELETE FROM case_event WHERE seq = (SELECT max(seq) FROM case_event)",
           "UPDATE case_event SET bytes = (SELECT bytes FROM case_event WHERE seq = 1 LIMIT 1) WHERE seq = 2",
           "UPDATE case_file SET custodian = '310109011'",
           "UPDATE receipt SET bytes = zeroblob(length(bytes)) WHERE kind = (SELECT max(kind) FROM receipt)",
       }) {
    INFO(planted);
    CHECK_FALSE(faults_after(planted).empty());
  }
}

TEST_CASE("while the log of a node is verified, the node takes in what comes, and the verifying takes none of it for a fault") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const auto resident = submit_to(node.port(), sealed());
  const server::DataPaths paths(folder.path());
  const auto trust = server::Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  int looks = 0;
  std::chrono::steady_clock::duration longest{};
  with_ledger(paths.store, [&](server::Ledger& ledger) {
    SlowlyRead slowly(ledger, [&] {
      const auto began = std::chrono::steady_clock::now();
      submit_to(node.port(), sealed());
      if (++looks == 3) window.act(resident.number, "receive");
      longest = std::max(longest, std::chrono::steady_clock::now() - began);
    });
    const auto check = server::check_log(slowly, trust->directory);
    REQUIRE(check);
    CHECK(check->faults.empty());
    CHECK(check->cases >= 3);
  });
  CHECK(looks >= 4);
  CHECK(longest < std::chrono::seconds(4));
}

TEST_CASE("a letter that nobody takes is seen, with its age and what came in its way, and goes at once after a reminder") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a);
  auto b = std::make_unique<LivingNode>(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  b.reset();
  const auto resident = submit_to(a.port(), sealed());
  window.pass_on(resident);
  const auto store = options.a.data / "tongban.db";
  std::vector<server::LetterStatus> waiting;
  REQUIRE(eventually([&] {
    with_store(store, [&](server::Transaction& tx) { waiting = *tx.letters_waiting(9); });
    return waiting.size() == 1 && waiting[0].attempts >= 2;
  }));
  CHECK(waiting[0].number == resident.number);
  CHECK(waiting[0].to == CentreId("310110019"));
  CHECK(waiting[0].fault == "peer.unreachable");
  with_store(store, [&](server::Transaction& tx) {
    const auto rows = *tx.in_custody(9);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].custodian == CentreId("310109010"));
    CHECK(rows[0].passing_to == CentreId("310110019"));
    const auto now = platform::SystemClock{}.now();
    CHECK(tx.note_attempt({waiting[0].id, 40, now + std::chrono::hours(1), "peer.unreachable"}));
  });
  b = std::make_unique<LivingNode>(options.b);
  with_store(store, [&](server::Transaction& tx) { CHECK(*tx.hasten_letter(waiting[0].id, platform::SystemClock{}.now())); });
  CHECK(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
}

TEST_CASE("the sender's window reminds by hand: the letter goes at once, it is noted who did, and with nothing to remind of nothing is") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window")), office(a.port(), "city-office", a.password_of("city-office"));
  const auto resident = submit_to(a.port(), sealed());
  const auto at = "/api/v1/staff/cases/" + resident.number.text() + "/remind";
  CHECK(window.post(at, "{}").status == 409);
  window.pass_on(resident);
  const auto store = options.a.data / "tongban.db";
  REQUIRE(eventually([&] {
    bool tried = false;
    with_store(store, [&](server::Transaction& tx) {
      const auto waiting = *tx.letters_waiting(9);
      tried = waiting.size() == 1 && waiting[0].attempts >= 1;
      if (tried) CHECK(tx.note_attempt({waiting[0].id, 40, platform::SystemClock{}.now() + std::chrono::hours(1), "peer.unreachable"}));
    });
    return tried;
  }));
  LivingNode b(options.b);
  CHECK(office.post(at, "{}").status == 403);
  CHECK(window.post(at, "{}").status == 200);
  CHECK(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  CHECK(window.post(at, "{}").status == 409);
  std::size_t reminders = 0;
  with_store(store, [&](server::Transaction& tx) {
    const auto readings = *tx.readings(1, 1'000);
    for (const auto& one : readings) reminders += one.what == "reminder" && one.actor == "quyang-window" && one.record == resident.number.text() ? 1 : 0;
  });
  CHECK(reminders == 1);
}

TEST_CASE("the monitor sees how long commits take, how much each does at once, and what waits for which node") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto resident = submit_to(a.port(), sealed());
  window.pass_on(resident);
  const auto value = [&](const std::string& series) { return metric(a.port(), series); };
  CHECK(value("tongban_store_commit_seconds_count") >= 4);
  CHECK(value("tongban_store_commit_seconds_sum") > 0);
  CHECK(value("tongban_store_commit_seconds_bucket{le=\"+Inf\"}") == value("tongban_store_commit_seconds_count"));
  CHECK(value("tongban_store_round_pieces_sum") >= value("tongban_store_round_pieces_count"));
  CHECK(value("tongban_materials_damaged_total") == 0);
  CHECK(eventually([&] { return value("tongban_outbox_waiting_by_node{node=\"b\"}") == 1; }));
  CHECK(value("tongban_outbox_waiting") == 1);
  CHECK(eventually([&] { return value("tongban_store_checkpoint_seconds_count") >= 1; }));
}

TEST_CASE("a centre is retired in the running city: what is new goes to its successor, and a restart changes nothing about it") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  const CentreId ended("310110019"), successor("310110009");
  const auto now = platform::SystemClock{}.now();
  const auto retire = [&] {
    return server::retire_centre(paths.directory, paths.keys / "list.bin", paths.keys / "directory.key", ended, successor, now, now);
  };
  const auto transferred_to = [&](const LivingNode& node, const Desk& window) {
    const auto resident = submit_to(node.port(), sealed());
    window.pass_on(resident);
    REQUIRE(eventually([&] { return resident.view().custodian != CentreId("310109010"); }));
    return resident.view().custodian;
  };
  const auto trust = [&] { return *server::Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now()); };
  std::string password;
  {
    LivingNode node(city(folder.path()));
    password = node.password_of("quyang-window");
    const Desk window(node.port(), "quyang-window", password);
    CHECK(transferred_to(node, window) == ended);
    REQUIRE(retire());
    node.reload();
    REQUIRE(eventually([&] { return transferred_to(node, window) == successor; }));
  }
  const auto retired = trust().directory;
  CHECK(retired.route(ended, platform::SystemClock{}.now())->centre == successor);
  LivingNode again(city(folder.path()));
  CHECK(trust().directory == retired);
  CHECK(transferred_to(again, Desk(again.port(), "quyang-window", password)) == successor);
  CHECK_FALSE(server::retire_centre(paths.directory, paths.keys / "list.bin", paths.keys / "directory.key", successor, ended, now, now));
}
