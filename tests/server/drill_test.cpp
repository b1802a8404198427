// A day of the city in a few seconds, and that what has gone wrong in it is not called good.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "server/drill/report.h"
#include "shared/crypto/start.h"
#include "tests/server/program.h"

using namespace tongban;
using namespace tongban::tests;
using namespace std::chrono_literals;
using drill::Day;

namespace {

std::string text_in(const std::filesystem::path& file) {
  std::ifstream from(file);
  return {std::istreambuf_iterator<char>(from), {}};
}

/// What the two nodes of a drill have logged, for tests/server/watched.mjs.
void leave_logs(const std::filesystem::path& folder) {
  for (const auto* node : {"n1", "n2"}) {
    const auto log = text_in(folder / node / "log.txt");
    CHECK_FALSE(log.empty());
    leave_trace(log);
  }
}

std::size_t coming_between(const Day& day, double from, double to) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < day.cases; ++i) {
    const double at = static_cast<double>(drill::arrival(day, i).count()) / static_cast<double>(day.length.count());
    count += at >= from && at < to ? 1 : 0;
  }
  return count;
}

/// A drill of this test's own, that has been played and rests.
struct PlayedDrill {
  TemporaryFolder folder;
  platform::SystemRandom random;
  Instant now = platform::SystemClock{}.now();
  drill::Plan plan{.day = {60, 2s, 20}, .kills = 1};
  std::unique_ptr<drill::Town> town;
  drill::Played played;

  PlayedDrill() {
    crypto::start();
    const std::filesystem::path program = std::filesystem::path(std::getenv("TONGBAN_BINARY_DIR")) / "tongban";
    auto made = drill::Town::make(program, folder.path(), 2, std::filesystem::path(std::getenv("TONGBAN_SOURCE_DIR")) / "assets/catalogue", random, now);
    REQUIRE(made);
    town = std::move(*made);
    REQUIRE(town->start());
    drill::People people(town->catalogue(), random, plan.seed, 1, now);
    auto ended = drill::play(*town, people, plan, [](const drill::Progress&) {});
    REQUIRE(ended);
    played = std::move(*ended);
    for (std::size_t node = 0; node < town->size(); ++node) leave_trace(ask(town->port(node), "GET", "/metrics").body);
    town->stop();
    leave_logs(folder.path());
  }

  drill::Reckoning reckoned(const std::vector<drill::Filed>& filed) const {
    auto reckoning = drill::reckon(*town, filed);
    REQUIRE(reckoning);
    return std::move(*reckoning);
  }
};

}  // namespace

TEST_CASE("people come in order, from the beginning of the day to its end, and twenty times as many in one hundredth of it") {
  const Day day{10'000, 100s, 20};
  std::vector<std::chrono::milliseconds> arrivals;
  for (std::size_t i = 0; i < day.cases; ++i) arrivals.push_back(drill::arrival(day, i));
  CHECK(std::is_sorted(arrivals.begin(), arrivals.end()));
  CHECK(arrivals.front() < 100ms);
  CHECK(arrivals.back() > day.length - 100ms);
  CHECK(arrivals.back() < day.length);
  CHECK(coming_between(day, 0.4, 0.41) == doctest::Approx(2000).epsilon(0.01));
  CHECK(coming_between(day, 0.1, 0.11) == doctest::Approx(81).epsilon(0.05));
  CHECK(coming_between({1000, 100s, 1}, 0.4, 0.41) == doctest::Approx(10).epsilon(0.11));
}

TEST_CASE("what is lost, done twice or told differently is found, and the drill is not good") {
  PlayedDrill drill;
  REQUIRE(drill.played.filed.size() == 60);
  CHECK(drill.played.unfinished == 0);
  CHECK(drill.played.recoveries.size() == 1);
  CHECK(drill.reckoned(drill.played.filed).holds());

  auto with_one_more = drill.played.filed;
  with_one_more.push_back(with_one_more.front());
  with_one_more.back().submission = ports::fresh<SubmissionId>(drill.random);
  const auto lost = drill.reckoned(with_one_more);
  CHECK(lost.lost == 1);
  CHECK_FALSE(lost.holds());
  CHECK_FALSE(drill::Outcome{*drill.town, drill.plan, drill.played, lost}.good());

  auto decided_elsewhere = drill.played.filed;
  const auto passed_on = std::find_if(decided_elsewhere.begin(), decided_elsewhere.end(), [](const drill::Filed& one) { return one.decided_by != one.received_by; });
  REQUIRE(passed_on != decided_elsewhere.end());
  passed_on->decided_by = CentreId("310109010") == passed_on->received_by ? CentreId("310110019") : CentreId("310109010");
  const auto strange = drill.reckoned(decided_elsewhere);
  CHECK(strange.doubled == 1);
  CHECK(strange.different == 1);
  CHECK_FALSE(strange.holds());
}

TEST_CASE("the command plays a day with a node that is killed and one that hangs, and reports for people and for programs") {
  TemporaryFolder folder;
  const auto report = folder.path() / "report.json", nodes = folder.path() / "nodes";
  CHECK(run_program({"drill", "--cases", "80", "--day", "3", "--kills", "1", "--stalls", "1", "--stall-time", "0.5", "--json", report.string(),
                     "--folder", nodes.string()}, 5min) == 0);
  leave_logs(nodes);
  const auto text = text_in(report);
  CHECK(text.find("\"acknowledged\":80,") != std::string::npos);
  CHECK(text.find("\"lost\":0,\"doubled\":0,\"different\":0") != std::string::npos);
  CHECK(text.find("\"good\":true") != std::string::npos);
}

TEST_CASE("a drill doesn't play where something lies already") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "notes.txt") << "of somebody's";
  CHECK(run_program({"drill", "--folder", folder.path().string()}) == 1);
  CHECK(text_in(folder.path() / "notes.txt") == "of somebody's");
}
