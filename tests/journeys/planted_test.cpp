#include <doctest/doctest.h>

#include <iostream>

#include "tests/fakes/figures.h"
#include "tests/journeys/planted/bugs.h"
#include "tests/journeys/play.h"

using namespace tongban;
using namespace tongban::journeys;

namespace {

constexpr std::uint64_t most_seeds = 3000;

std::vector<PlantedBug> all_bugs() {
  std::vector<PlantedBug> all;
  for (const auto& some : {bugs_of_intake(), bugs_of_the_ledger(), bugs_of_sending(), bugs_of_receiving(), bugs_of_healing()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace

// A bug that isn't caught means that an invariant is missing.
TEST_CASE("every planted bug is caught") {
  std::size_t caught = 0, seeds = 0;
  for (const PlantedBug& bug : all_bugs()) {
    const auto practice = bug.plant();
    std::uint64_t seed = 0;
    Played played;
    while (played.broken.empty() && seed < most_seeds) played = play(++seed, *practice);
    seeds += seed;
    caught += played.broken.empty() ? 0 : 1;
    std::cout << "  " << bug.says << ": " << (played.broken.empty() ? "NOT CAUGHT" : played.broken) << ", seed " << seed << '\n';
    CHECK_MESSAGE(!played.broken.empty(), std::string(bug.says));
  }
  std::cout << all_bugs().size() << " planted bugs, " << caught << " caught, after " << seeds << " seeds in all\n";
  fakes::report_figures("planted", {{"sim.mutants", all_bugs().size()}, {"sim.mutants_caught", caught}});
}
