// The operator's log: whoever writes it never waits for whoever reads it.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

#include "server/node/prepare.h"
#include "server/platform/log.h"
#include "tests/server/standard_error.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using platform::Level;

namespace {

/// Turns a bit of the page in which the text stands.
void damage_page_with(const std::string& text, const std::filesystem::path& database) {
  std::fstream file(database, std::ios::binary | std::ios::in | std::ios::out);
  const std::string all(std::istreambuf_iterator<char>(file), {});
  const auto at = all.find(text);
  REQUIRE(at != std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(text.front() ^ 1));
}

}  // namespace

TEST_CASE("what the store could not do is logged by its route and its code, and by nothing that was asked for") {
  TemporaryFolder folder;
  auto application = draft();
  application.statement = "演示申请，与众不同";
  auto resident = [&] {
    LivingNode node(city(folder.path()));
    return submit_to(node.port(), sealed(application));
  }();
  damage_page_with(application.statement, server::DataPaths(folder.path()).store);
  LivingNode node(city(folder.path()));
  resident.port = node.port();
  StandardError error;
  CHECK(resident.ask("GET").status == 500);
  CHECK(ask(node.port(), "GET", "/api/v1/cases/TB000000-0000000").status == 404);
  CHECK(error.said().find(" fault GET /api/v1/cases/{} was answered 500: store.failed\n") != std::string::npos);
  CHECK(std::count(error.said().begin(), error.said().end(), '\n') == 1);
  CHECK(error.said().find(resident.number.text()) == std::string::npos);
}

TEST_CASE("a log that nobody takes keeps nobody waiting, and says later how many lines are missing") {
  Pipe pipe;
  platform::LogLines log(pipe.ends[1]);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 4'000; ++i) log.put(Level::Info, "line " + std::to_string(i) + std::string(100, '.'));
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  const auto taken = pipe.read_all();
  const auto kept = std::count(taken.begin(), taken.end(), '\n');
  CHECK(kept > 50);
  CHECK(kept < 3'000);
  log.put(Level::Warn, "the next");
  const auto later = pipe.read_all();
  CHECK(later.find(std::to_string(4'000 - kept) + " lines of this log were dropped") != std::string::npos);
  CHECK(later.find("the next") != std::string::npos);
  log.put(Level::Warn, "one more");
  CHECK(pipe.read_all().find("dropped") == std::string::npos);
}

TEST_CASE("a line is cut where a pipe would take it in two") {
  Pipe pipe;
  platform::LogLines log(pipe.ends[1]);
  log.put(Level::Info, std::string(10'000, 'x'));
  const auto line = pipe.read_all();
  CHECK(line.size() == 4'000);
  CHECK(line.ends_with("x\n"));
}
