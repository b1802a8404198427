// The program itself, ended in the middle by SIGKILL: what it has acknowledged is there afterwards, once.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>

#include <fstream>

#include "shared/wire/json/case_view.h"
#include "tests/fakes/figures.h"
#include "tests/server/program.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// From the start of the process to its first answer.
milliseconds time_to_answer(const Program& program, steady_clock::time_point started) {
  REQUIRE(program.answers());
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - started);
}

/// What had no answer before the kill, word for word, and once more: both times the receipt of one and the same case.
ResidentOf hand_in_again(std::uint16_t port, const usecases::Sealed& one, std::uint64_t& had_been_stored) {
  const auto hand_in = [&](int expected) {
    const auto answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
    INFO(answer.body);
    CHECK((answer.status == 200 || answer.status == expected));
    const auto read = wire::json::read_submission_answer(answer.body);
    REQUIRE(read);
    had_been_stored += expected == 201 && answer.status == 200 ? 1 : 0;
    return *read;
  };
  const auto first = hand_in(201), again = hand_in(200);
  CHECK(first.view.number == again.view.number);
  CHECK_FALSE(first.receipt.empty());
  CHECK(first.receipt == again.receipt);
  return {port, first.view.number, one.secret};
}

std::uint64_t cases_in(const std::filesystem::path& data) {
  std::uint64_t cases = 0;
  look_into(data, [&](server::Transaction& tx) -> Expected<void> {
    TRY(const auto counts, tx.counts());
    for (const auto& count : counts) cases += count.cases;
    return {};
  });
  return cases;
}

}  // namespace

TEST_CASE("killed again and again under load, the node loses nothing that it has acknowledged, and makes one case of what is handed in again") {
  const std::uint64_t kills = number_from("TONGBAN_KILLS", 20);
  TemporaryFolder folder;
  const auto port = free_port();
  std::uint64_t lost = 0, had_been_stored = 0;
  milliseconds slowest{0};
  std::vector<ResidentOf> of_last_round, acknowledged;
  std::vector<usecases::Sealed> unanswered;
  const auto count_lost = [](const std::vector<ResidentOf>& residents) {
    return static_cast<std::uint64_t>(
        std::count_if(residents.begin(), residents.end(), [](const ResidentOf& one) { return one.ask("GET").status != 200; }));
  };
  for (std::uint64_t round = 0; round <= kills; ++round) {
    const auto started = steady_clock::now();
    Program program(folder.path(), port);
    const auto recovered = time_to_answer(program, started);
    if (round > 0) slowest = std::max(slowest, recovered);  // the first start compiles the catalogue
    for (const auto& one : unanswered) of_last_round.push_back(hand_in_again(port, one, had_been_stored));
    acknowledged.insert(acknowledged.end(), of_last_round.begin(), of_last_round.end());
    lost = count_lost(round == kills ? acknowledged : of_last_round);
    if (round == kills) leave_trace(ask(port, "GET", "/metrics").body);
    if (lost > 0 || round == kills) break;
    Crowd crowd(port);
    std::this_thread::sleep_for(milliseconds(100 + 37 * (round % 7)));
    program.kill(SIGKILL);
    of_last_round = crowd.stop();
    unanswered = crowd.unanswered();
  }
  const auto cases = cases_in(folder.path());
  fakes::report_figures("kills", {{"faults.kills", kills},
                                  {"faults.lost", lost},
                                  {"faults.duplicated", cases - std::min<std::uint64_t>(cases, acknowledged.size())},
                                  {"faults.acknowledged", acknowledged.size()},
                                  {"faults.slowest_recovery_ms", static_cast<std::uint64_t>(slowest.count())}});
  CHECK(acknowledged.size() > 3 * kills);
  CHECK(had_been_stored > 0);
  CHECK(lost == 0);
  CHECK(cases == acknowledged.size());
}

TEST_CASE("killed at every 64 KB of an upload, the node goes on there, and the digest is equal") {
  constexpr std::size_t step = 64 * 1024;
  TemporaryFolder folder;
  const auto port = free_port();
  const Upload upload{port, photograph(5 * step + 4321)};
  for (std::size_t at = 0; at < 5 * step; at += step) {
    Program program(folder.path(), port);
    REQUIRE(program.answers());
    REQUIRE(upload.kept() == at);
    RawClient client(port);
    client.send(upload.head(at, upload.octets.size()) + upload.octets.substr(at, step + 99));
    REQUIRE(eventually([&] { return upload.kept() == at + step; }));
    program.kill(SIGKILL);
  }
  Program program(folder.path(), port);
  REQUIRE(program.answers());
  CHECK(upload.piece(5 * step, upload.octets.size()).status == 201);
  const auto hex = to_hex(crypto::digest(as_bytes(upload.octets)));
  std::ifstream stored(folder.path() / "materials" / hex.substr(0, 2) / hex, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(stored), {}) == upload.octets);
  CHECK(std::filesystem::is_empty(folder.path() / "materials" / "part"));
}

TEST_CASE("a restore that is killed at any moment has put back all of the database or none, and can be done again") {
  namespace fs = std::filesystem;
  TemporaryFolder folder;
  const auto port = free_port();
  const auto data = folder.path() / "data", backup = folder.path() / "backup", restored = folder.path() / "restored";
  std::vector<ResidentOf> people;
  {
    Program program(data, port);
    REQUIRE(program.answers());
    Crowd crowd(port);
    std::this_thread::sleep_for(milliseconds(700));
    people = crowd.stop();
  }
  REQUIRE(run_program({"backup", backup.string(), "--data", data.string(), "--keys"}) == 0);
  const std::vector<std::string> again{"restore", backup.string(), "--data", restored.string()};
  int killed = 0;
  for (int ms = 1; !fs::exists(restored / "tongban.db"); ms += 2, ++killed) {
    REQUIRE(ms < 20'000);
    run_program(again, milliseconds(ms));
    if (!fs::exists(restored / "tongban.db") && fs::exists(restored / "restored.from"))
      CHECK(run_program({"serve", "--data", restored.string(), "--port", std::to_string(port)}) == 1);
  }
  INFO("killed ", killed, " times");
  CHECK(killed > 0);
  Program program(restored, port);
  REQUIRE(program.answers());
  CHECK(people.size() > 10);
  CHECK(std::all_of(people.begin(), people.end(), [](const ResidentOf& one) { return one.ask("GET").status == 200; }));
}

TEST_CASE("asked to stop, the program ends cleanly") {
  TemporaryFolder folder;
  const auto port = free_port();
  Program program(folder.path(), port);
  REQUIRE(program.answers());
  RawClient idle(port);
  const int status = program.kill(SIGINT);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(idle.closed());
}
