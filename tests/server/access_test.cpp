// Who gets in, how often one may guess, and that the description says all that there is.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "server/platform/clock.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/staff.h"
#include "tests/server/description.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

std::string code_of(const Answer& answer) {
  const auto problem = wire::json::read_problem(answer.body);
  return problem ? problem->code : std::string();
}

Answer sign_in(std::uint16_t port, const std::string& account, const std::string& password) {
  return ask(port, "POST", "/api/v1/staff/session", "Content-Type: application/json\r\n", wire::json::write_sign_in({account, password}));
}

int sign_in_from(std::uint8_t from, std::uint16_t port, const std::string& account, const std::string& password) {
  const auto body = wire::json::write_sign_in({account, password});
  RawClient client(port, from);
  return client.send("POST /api/v1/staff/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body).receive().status;
}

}  // namespace

TEST_CASE("wrong passwords have to wait longer and longer, and then the right one, too") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  int refused = 0;
  while (refused < 20 && sign_in(node.port(), "quyang-window", "wrong").status == 401) ++refused;
  CHECK(refused >= 3);
  CHECK(refused < 20);
  const auto waits = sign_in(node.port(), "quyang-window", node.password_of("quyang-window"));
  CHECK(waits.status == 429);
  CHECK(code_of(waits) == "staff.sign_in_wait");
  CHECK(std::stoi(waits.headers.at("retry-after")) >= 1);
}

TEST_CASE("guesses that come at once are tried one after the other, an account at a time, and few wait in all") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto at_once = [&](std::size_t many, const std::function<std::string(std::size_t)>& account) {
    std::vector<int> statuses(many);
    std::vector<std::thread> guessing;
    for (std::size_t i = 0; i < many; ++i) guessing.emplace_back([&, i] { statuses[i] = sign_in(node.port(), account(i), "wrong").status; });
    for (auto& one : guessing) one.join();
    return [statuses](int status) { return std::count(statuses.begin(), statuses.end(), status); };
  };
  SUBCASE("at one account") {
    const auto with = at_once(40, [](std::size_t) { return "quyang-window"; });
    CHECK(with(401) <= 5);
    CHECK(with(401) + with(429) == 40);
  }
  SUBCASE("at many, from one address") {
    const auto with = at_once(60, [](std::size_t i) { return "nobody-" + std::to_string(i); });
    CHECK(with(401) <= 8);
    CHECK(with(401) + with(429) == 60);
  }
}

TEST_CASE("guesses from many addresses are few at once in all, and one address cannot take the turn of the others") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto guess_from = [&](std::uint8_t from, const std::string& account, const std::string& password) {
    return sign_in_from(from, node.port(), account, password);
  };
  std::vector<std::thread> guessing;
  std::vector<int> statuses(40);
  SUBCASE("one address") {
    for (std::size_t i = 0; i < statuses.size(); ++i) guessing.emplace_back([&, i] { statuses[i] = guess_from(2, "nobody-" + std::to_string(i), "wrong"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    CHECK(guess_from(3, "quyang-window", node.password_of("quyang-window")) == 200);
    for (auto& one : guessing) one.join();
    CHECK(std::count(statuses.begin(), statuses.end(), 503) == 0);
  }
  SUBCASE("many addresses") {
    for (std::size_t i = 0; i < statuses.size(); ++i) guessing.emplace_back([&, i] { statuses[i] = guess_from(static_cast<std::uint8_t>(10 + i), "nobody-" + std::to_string(i), "wrong"); });
    for (auto& one : guessing) one.join();
    CHECK(std::count(statuses.begin(), statuses.end(), 503) > 0);
  }
}

TEST_CASE("strangers who guess at an account keep nobody out of it who has signed in from the same address before") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto password = node.password_of("quyang-window");
  CHECK(sign_in_from(2, node.port(), "quyang-window", password) == 200);
  int tries = 0;
  for (std::uint8_t from = 10; from < 20; ++from) tries += sign_in_from(from, node.port(), "quyang-window", "wrong") == 401 ? 1 : 0;
  CHECK(tries >= 3);
  CHECK(tries < 10);
  CHECK(sign_in_from(3, node.port(), "quyang-window", password) == 429);
  CHECK(sign_in_from(2, node.port(), "quyang-window", password) == 200);
}

TEST_CASE("whoever signs in has the sign-ins forgotten that have expired") {
  TemporaryFolder folder;
  const auto options = city(folder.path());
  std::string password;
  {
    LivingNode node(options);
    password = node.password_of("quyang-window");
  }
  const auto now = platform::SystemClock{}.now();
  const server::StaffSession expired{crypto::digest(as_bytes("an old one")), StaffId("quyang-reviewer"), "token", {}, now};
  const server::StaffSession lasting{crypto::digest(as_bytes("another")), StaffId("quyang-reviewer"), "token", now, now + std::chrono::hours(1)};
  look_into(folder.path(), [&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(tx.put_session(expired));
    return tx.put_session(lasting);
  });
  {
    LivingNode node(options);
    CHECK(sign_in(node.port(), "quyang-window", password).status == 200);
  }
  look_into(folder.path(), [&](server::Transaction& tx) -> Expected<void> {
    CHECK_FALSE(tx.find_session(expired.token)->has_value());
    CHECK(tx.find_session(lasting.token)->has_value());
    return {};
  });
}

TEST_CASE("every route of the node stands in its description, and every operation of the description has a route") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  std::set<std::string> operations;
  for (const auto& one : operations_of(ask(node.port(), "GET", "/api/v1/openapi.yaml").body)) operations.insert(route_of(one));
  const auto routes = node.routes();
  CHECK(operations.size() >= 25);
  for (const auto& route : routes) {
    INFO("not described: ", route);
    CHECK(operations.contains(route));
  }
  for (const auto& operation : operations) {
    INFO("not served: ", operation);
    CHECK(routes.contains(operation));
  }
}

TEST_CASE("an item that is no longer in force, or not yet, is refused, and nothing of it is stored") {
  TemporaryFolder folder;
  const auto source = folder.path() / "catalogue";
  auto options = city(folder.path() / "data");
  fs::copy(options.catalogue_source, source, fs::copy_options::recursive);
  options.catalogue_source = source;
  std::string code;
  SUBCASE("ended") {
    std::ofstream(source / "items" / "i109.yaml", std::ios::app) << "终止日期: 2026-01-31\n";
    code = "item.no_longer_in_force";
  }
  SUBCASE("to come") {
    std::ofstream(source / "items" / "i109.yaml", std::ios::app) << "生效日期: 2099-01-01\n";
    code = "item.not_yet_in_force";
  }
  LivingNode node(options);
  const auto answer = ask(node.port(), "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(sealed()));
  INFO(answer.body);
  CHECK(answer.status == 422);
  CHECK(code_of(answer) == code);
  CHECK(Desk(node.port(), "quyang-window", node.password_of("quyang-window")).list("to_receive").empty());
}

TEST_CASE("a supervisor and the city office see counts, and no list, case or name") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto resident = submit_to(node.port(), sealed());
  for (const char* account : {"quyang-supervisor", "city-office"}) {
    INFO(std::string(account));
    const Desk desk(node.port(), account, node.password_of(account));
    CHECK(desk.get("/api/v1/staff/cases?list=to_receive").status == 403);
    CHECK(desk.get("/api/v1/staff/cases").status == 403);
    CHECK(desk.get("/api/v1/staff/cases/" + resident.number.text()).status == 403);
    const auto counts = desk.get("/api/v1/staff/counts");
    CHECK(counts.status == 200);
    CHECK(counts.body.find("310109010") != std::string::npos);
  }
}
