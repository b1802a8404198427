// Nodes whose rows are in a PostgreSQL: the story, an operator's commands, and both of them killed under load.
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>

#include "server/node/backup.h"
#include "tests/contract/shared_cluster.h"
#include "tests/server/program.h"
#include "tests/server/restored.h"

using namespace tongban;
using namespace tongban::tests;
using std::chrono::milliseconds;

namespace {

std::uint64_t lost_of(const std::vector<ResidentOf>& residents) {
  return static_cast<std::uint64_t>(
      std::count_if(residents.begin(), residents.end(), [](const ResidentOf& one) { return one.ask("GET").status != 200; }));
}

/// Once the store is back: the first to come may be told to come again.
bool takes_one(std::uint16_t port) {
  return eventually([&] { return ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(sealed())).status == 201; });
}

/// Copies whose submission or number is there twice in one hand, and events whose case is not as long as it says.
std::string doubled(const Cluster& cluster, const std::string& address) {
  return cluster.ask(address,
                     "SELECT (SELECT count(*) - count(DISTINCT (holder, submission)) FROM case_file) + (SELECT count(*) - count(DISTINCT (holder, number)) FROM case_file) "
                     "+ (SELECT count(*) FROM case_file WHERE event_count <> (SELECT count(*) FROM case_event WHERE case_id = case_file.id))");
}

}  // namespace

TEST_CASE("the story of a case is played by two nodes over two databases, and their logs verify") {
  auto& cluster = shared_cluster();
  TemporaryFolder folder;
  auto pair = two_nodes(folder.path());
  const std::string databases[] = {cluster.make_database(), cluster.make_database()};
  pair.a.database = parsed(databases[0]);
  pair.b.database = parsed(databases[1]);
  {
    LivingNode a(pair.a), b(pair.b);
    const Desk window(a.port(), "quyang-window", a.password_of("quyang-window")), reviewer(b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer"));
    play_story(a.port(), window, reviewer);
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() / "a" / "tongban.db"));
  for (const auto& database : databases) {
    const auto data = (folder.path() / (database == databases[0] ? "a" : "b")).string();
    CHECK(run_program({"log", "verify", "--data", data, "--directory", pair.a.directory.string(), "--database", database}) == 0);
    CHECK(run_program({"exchange", "status", "--data", data, "--database", database}) == 0);
  }
  CHECK(run_program({"staff", "lock", "quyang-window", "--database", databases[0]}) == 0);
  CHECK(cluster.ask(databases[0], "SELECT locked FROM staff_account WHERE account = 'quyang-window'") == "1");
  cluster.ask(databases[1], "UPDATE case_event SET bytes = bytes || '\\x00' WHERE seq = 1");
  CHECK(run_program({"log", "verify", "--data", (folder.path() / "b").string(), "--directory", pair.a.directory.string(), "--database", databases[1]}) == 1);
}

TEST_CASE("a backup of a node over PostgreSQL, made while it runs, starts over an empty database as the node it was") {
  auto& cluster = shared_cluster();
  ::setenv("PATH", (cluster.programs().string() + ':' + std::getenv("PATH")).c_str(), 1);
  TemporaryFolder folder;
  const auto backup = (folder.path() / "backup").string(), restored_data = (folder.path() / "restored").string();
  const auto database = cluster.make_database(), empty = cluster.make_database();
  auto options = city(folder.path() / "data");
  options.database = parsed(database);
  std::vector<ResidentOf> before;
  std::string password;
  {
    LivingNode node(options);
    password = node.password_of("quyang-window");
    const Desk window(node.port(), "quyang-window", password);
    before.push_back(submit_to(node.port(), sealed()));
    CHECK(run_program({"backup", backup, "--keys", "--data", options.data.string(), "--database", database}) == 0);
  }
  CHECK((std::filesystem::status(folder.path() / "backup" / "tongban.dump").permissions() & std::filesystem::perms(077)) == std::filesystem::perms::none);
  CHECK(run_program({"restore", backup, "--data", restored_data}) == 1);
  CHECK(run_program({"restore", backup, "--data", restored_data, "--database", database}) == 1);
  CHECK(run_program({"restore", backup, "--data", restored_data, "--database", empty}) == 0);
  CHECK(cluster.ask(empty, "SELECT count(*) FROM staff_session") == "0");
  auto restored = options;
  restored.data = restored_data;
  restored.database = parsed(empty);
  LivingNode node(restored);
  before.front().port = node.port();
  CHECK(before.front().ask("GET").status == 200);
  REQUIRE(eventually([&] { return is_healed(restored.data); }));
  const Desk window(node.port(), "quyang-window", password);
  CHECK(window.list("to_receive").size() == 1);
  CHECK(takes_one(node.port()));
}

TEST_CASE("killed again and again under load, node, backend and postmaster in turn, nothing acknowledged is lost and nothing is there twice") {
  const std::uint64_t kills = number_from("TONGBAN_KILLS", 9);
  Cluster cluster;
  const auto address = cluster.make_database();
  TemporaryFolder folder;
  const auto port = free_port();
  const auto start = [&] { return std::make_unique<Program>(folder.path(), port, std::vector<std::string>{"--database", address}); };
  auto program = start();
  std::uint64_t lost = 0;
  std::vector<ResidentOf> acknowledged;
  for (std::uint64_t round = 0; round < kills && lost == 0; ++round) {
    REQUIRE(program->answers());
    REQUIRE(takes_one(port));
    Crowd crowd(port);
    std::this_thread::sleep_for(milliseconds(150 + 37 * (round % 7)));
    if (round % 3 == 0) {
      program->kill(SIGKILL);
      program = start();
    } else if (round % 3 == 1) {
      ::kill(std::stoi(cluster.ask(address, "SELECT pid FROM pg_stat_activity WHERE application_name = 'tongban city'")), SIGKILL);
    } else {
      cluster.kill();
      cluster.start();
    }
    // Some hand in while it comes back.
    std::this_thread::sleep_for(milliseconds(200));
    const auto told = crowd.stop();
    REQUIRE(program->answers());
    REQUIRE(takes_one(port));
    lost = lost_of(told);
    acknowledged.insert(acknowledged.end(), told.begin(), told.end());
  }
  CHECK(lost == 0);
  CHECK(lost_of(acknowledged) == 0);
  CHECK(acknowledged.size() > 3 * kills);
  CHECK(doubled(cluster, address) == "0");
  MESSAGE(acknowledged.size(), " acknowledged over ", kills, " kills");
  leave_trace(ask(port, "GET", "/metrics").body);
}
