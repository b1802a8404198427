// A node for whose store too much waits.
#include <doctest/doctest.h>

#include <csignal>
#include <map>
#include <set>

#include "server/node/prepare.h"
#include "server/store/sqlite/database.h"
#include "shared/wire/json/problem.h"
#include "tests/server/description.h"
#include "tests/server/program.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

/// Another writer, for whom everybody at the store waits (five seconds at most).
class OtherWriter {
 public:
  explicit OtherWriter(const std::filesystem::path& data) : database_(store::Database::open(server::DataPaths(data).store.string())) {
    REQUIRE(database_);
    REQUIRE(database_->run("BEGIN IMMEDIATE"));
  }

 private:
  Expected<store::Database> database_;
};

const std::set<std::string> need_no_store{
    "GET /healthz", "GET /readyz", "GET /metrics", "GET /api/v1/node", "GET /api/v1/openapi.yaml",
    "GET /catalogue/current.snap", "GET /catalogue/pinyin.bin", "GET /catalogue/keys.json", "GET /catalogue/delta/{}",
    "PUT /api/v1/materials/{}", "PATCH /api/v1/materials/{}", "HEAD /api/v1/materials/{}"};

/// How often which status is the answer, when so many ask at once, as far as the node can tell.
std::map<int, int> asked_at_once(const Program& program, std::uint16_t port, const std::vector<std::string>& requests) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    REQUIRE(clients.back()->send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").receive().status == 200);
  }
  program.signal(SIGSTOP);
  for (std::size_t i = 0; i < requests.size(); ++i) clients[i]->send(requests[i]);
  program.signal(SIGCONT);
  std::map<int, int> answers;
  for (auto& one : clients) ++answers[one->receive().status];
  return answers;
}

}  // namespace

TEST_CASE("while more than so much waits for the store, every route that needs it puts off whoever comes, and no other does") {
  TemporaryFolder folder;
  auto options = city(folder.path());
  options.limits.waiting_requests = 2;
  LivingNode node(options);
  const auto operations = operations_of(ask(node.port(), "GET", "/api/v1/openapi.yaml").body);
  std::vector<std::unique_ptr<RawClient>> waiting;
  {
    const OtherWriter writes(folder.path());
    for (int i = 0; i < 3; ++i) {
      waiting.push_back(std::make_unique<RawClient>(node.port()));
      waiting.back()->send("GET /api/v1/cases/TB261124-7K3QF9WH HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    REQUIRE(eventually([&] { return ask(node.port(), "GET", "/readyz").status == 503; }));
    for (const auto& operation : operations) {
      const auto route = route_of(operation);
      CAPTURE(route);
      const auto answer = ask(node.port(), operation.method, operation.path, "Content-Type: application/json\r\n", operation.method == "POST" ? "{}" : "");
      CHECK((answer.status != 429) == need_no_store.contains(route));
      if (answer.status != 429) continue;
      CHECK(operation.statuses.contains(429));
      CHECK(answer.headers.at("retry-after") == "1");
      CHECK(wire::json::read_problem(answer.body)->code == "http.too_many");
    }
  }
  for (auto& one : waiting) CHECK(one->receive().status == 404);
  CHECK(eventually([&] { return ask(node.port(), "GET", "/readyz").status == 200; }));
}

TEST_CASE("letters whose signatures are still to be looked at count among what waits") {
  TemporaryFolder folder;
  const auto port = free_port();
  const Program program(folder.path(), port, {"--max-waiting", "5"});
  REQUIRE(program.answers());
  const std::string letter = "POST /exchange/v1/envelopes HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nnothing!";
  auto answers = asked_at_once(program, port, std::vector<std::string>(40, letter));
  CHECK(answers[400] >= 6);
  CHECK(answers[429] >= 1);
  CHECK(answers[400] + answers[429] == 40);
}

TEST_CASE("while more than so many materials wait to be synced, who brings one is put off, and can bring it later") {
  TemporaryFolder folder;
  const auto port = free_port();
  const Program program(folder.path(), port, {"--max-waiting-files", "2"});
  REQUIRE(program.answers());
  std::vector<Upload> photographs;
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < 40; ++i) {
    const auto& one = photographs.emplace_back(Upload{port, photograph(200 + i)});
    requests.push_back("PUT " + one.path() + " HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(one.octets.size()) +
                       "\r\n\r\n" + one.octets);
  }
  auto answers = asked_at_once(program, port, requests);
  CHECK(answers[201] >= 3);
  CHECK(answers[429] >= 1);
  CHECK(answers[201] + answers[429] == 40);
  for (const Upload& one : photographs) {
    CHECK(ask(port, "PUT", one.path(), "Content-Type: image/jpeg\r\n", one.octets).status < 300);
    CHECK(one.kept() == one.octets.size());
  }
}
