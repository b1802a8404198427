// The program with an allocation that fails, anywhere on a submission's way.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <optional>

#include "shared/wire/json/case_view.h"
#include "tests/fakes/figures.h"
#include "tests/server/program.h"
#include "tests/server/shortage.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

constexpr int without_memory = 71;

/// Somebody with an application that names a photograph, and what was promised for it.
struct Applicant {
  Upload photo;
  usecases::Sealed sealed;
  std::optional<ResidentOf> resident;
  Bytes receipt;
};

Applicant applicant(std::uint16_t port, std::size_t number) {
  Applicant one{{port, photograph(5'000 + number)}, {}, {}, {}};
  auto application = draft();
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{crypto::digest(as_bytes(one.photo.octets)), "image/jpeg", static_cast<std::uint32_t>(one.photo.octets.size())}};
  one.sealed = sealed(std::move(application));
  return one;
}

/// Brings the photograph, hands in, and looks: what a portal does. What is answered 201 or 200 is promised from then on; false
/// when there was another answer, or none.
bool hand_in(Applicant& one) {
  const auto brought = one.photo.piece(0, one.photo.octets.size()).status;
  if (brought != 201 && brought != 200) return false;
  const auto answer = ask(one.photo.port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one.sealed));
  if (answer.status != 201 && answer.status != 200) return false;
  const auto read = wire::json::read_submission_answer(answer.body);
  REQUIRE(read);
  if (one.resident) CHECK(read->receipt == one.receipt);
  one.resident = ResidentOf{one.photo.port, read->view.number, one.sealed.secret};
  one.receipt = read->receipt;
  return one.resident->ask("GET").status == 200;
}

bool is_shown(const Applicant& one) { return one.resident->ask("GET").status == 200; }

class Town {
 public:
  void start() {
    shortage_.fail_at(0);
    program_ = std::make_unique<Program>(folder_.path(), port_, std::vector<std::string>{}, "tongban_short");
    REQUIRE(program_->answers());
  }
  Applicant newcomer() { return applicant(port_, ++people_); }
  Shortage& shortage() { return shortage_; }
  const std::filesystem::path& data() const { return folder_.path(); }
  std::uint16_t port() const { return port_; }

  /// Whether the program has ended for want of memory; then it is started again.
  bool recovers() {
    if (!program_->has_ended()) return false;
    const int status = program_->wait();
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == without_memory);
    start();
    return true;
  }
  void stop() { CHECK(program_->kill(SIGTERM) == 0); }

 private:
  Shortage shortage_;
  TemporaryFolder folder_;
  const std::uint16_t port_ = free_port();
  std::size_t people_ = 0;
  std::unique_ptr<Program> program_;
};

}  // namespace

TEST_CASE("whichever allocation on a submission's way fails, what was acknowledged is there, and the next start takes what was not") {
  Town town;
  town.start();
  auto first = town.newcomer();
  REQUIRE(hand_in(first));  // what is only allocated once
  std::vector<Applicant> promised{first};
  auto counted = town.newcomer();
  town.shortage().fail_at(0);
  REQUIRE(hand_in(counted));
  const std::uint64_t allocations = town.shortage().allocations();
  CHECK(allocations > 200);
  const std::uint64_t tries = std::min(allocations, number_from("TONGBAN_ALLOCATIONS", 60));
  std::uint64_t ended = 0;
  for (std::uint64_t i = 0; i < tries; ++i) {
    auto one = town.newcomer();
    const auto at = 1 + i * allocations / tries;
    INFO("allocation ", at);
    town.shortage().fail_at(at);
    const bool answered = hand_in(one);
    if (!answered) REQUIRE(eventually([&] { return town.recovers(); }));
    else if (!town.recovers()) continue;  // the way was shorter this time
    ++ended;
    CHECK(hand_in(one));
    promised.push_back(one);
  }
  town.shortage().fail_at(0);
  CHECK(ended > tries / 2);
  CHECK(std::all_of(promised.begin(), promised.end(), is_shown));
  leave_trace(ask(town.port(), "GET", "/metrics").body);
  town.stop();
  CHECK(run_program({"log", "verify", "--data", town.data().string()}) == 0);
  fakes::report_figures("failed_allocations", {{"faults.failed_operator_new", ended}});
}
