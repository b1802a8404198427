#include <doctest/doctest.h>

#include <iostream>

#include "tests/fakes/figures.h"
#include "tests/journeys/play.h"

using namespace tongban;
using namespace tongban::journeys;

namespace {

// A story is read from its end: what was broken, and the moves before it.
void tell(std::uint64_t seed, const Played& played) {
  const std::size_t last_moves = number_from("TONGBAN_LINES", 60);
  const std::size_t from = played.story.size() > last_moves ? played.story.size() - last_moves : 0;
  if (from > 0) std::cerr << "  … " << from << " earlier lines\n";
  for (std::size_t i = from; i < played.story.size(); ++i) std::cerr << "  " << played.story[i] << '\n';
  std::cerr << "seed " << seed << ": " << played.broken << "; again with TONGBAN_SEED=" << seed << '\n';
}

}  // namespace

TEST_CASE("whatever lines, power and disks do, no case is lost, decided twice or in two hands, and all timelines agree in the end") {
  const std::uint64_t only = number_from("TONGBAN_SEED", 0);
  const std::uint64_t count = only ? 1 : number_from("TONGBAN_SEEDS", 400);
  const PlayedMany many = play_many(only ? only : number_from("TONGBAN_FIRST", 1), count, number_from("TONGBAN_THREADS", 1));
  for (const auto& [seed, played] : many.broken) {
    tell(seed, played);
    FAIL_CHECK("seed " << seed << ": " << played.broken);
  }
  fakes::report_figures("simulation", {{"sim.seeds", many.held}, {"sim.faults", many.faults}});
}

// A simulation that no longer comes where cases were lost proves nothing.
TEST_CASE("the seeds come to every fault and every story") {
  const std::vector<std::string> wanted{
      "disk is lost", "disk has damaged a file", "beside those of 2", "beside those of 3", "B has been told everything", "A>B recollection", "later exchange.healing", "http.restoring",
      "power cut before the sync", "power cut after the sync", "the disk says no", "clock jumps", "A=B breaks", "B-A breaks",
      ": lost", "(again)", "(late)", "(garbled)", ": held", ": lacking", ": duplicate", "later verb.passing",
      "exchange.not_custodian", "not_ours", "B>A give-back", "A>C transfer", "A>B request",
      "the same papers are carried to D", "D>A enquiry 0: taken", "D>A enquiry 0: duplicate", "submission: submission.elsewhere", "D accept: case.asking",
      "D>A claim 0: taken", "a lost secret is replaced", "another device submits other words", "submission.content_differs",
      "a forged withdrawal", "a forged refusal", "an answer to something else", "the resident withdraws", "envelope.signature"};
  std::vector<std::string> lines;
  Practice practice;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Played played = play(seed, practice);
    lines.insert(lines.end(), played.story.begin(), played.story.end());
  }
  for (const std::string& phrase : wanted) {
    const bool reached = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(phrase) != std::string::npos; });
    CHECK_MESSAGE(reached, phrase);
  }
}

TEST_CASE("a seed plays the same story to the last octet each time") {
  Practice practice;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) CHECK(play(seed, practice).log == play(seed, practice).log);
  CHECK(play(1, practice).log != play(2, practice).log);
}
