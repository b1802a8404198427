#include "tests/journeys/play.h"

#include <cstdlib>

namespace tongban::journeys {
namespace {

std::string play_out(Town& town) {
  constexpr int moves = 300;
  for (int move = 0; move < moves; ++move) {
    town.step();
    if (auto broken = broken_now(town); !broken.empty()) return broken;
  }
  if (!town.finish()) return "it doesn't come to rest when faults stop";
  if (auto broken = broken_now(town); !broken.empty()) return broken;
  return broken_at_rest(town);
}

}  // namespace

Played play(std::uint64_t seed, Practice& practice) {
  Town town(seed, practice);
  Played played;
  played.broken = play_out(town);
  played.faults = town.faults_played();
  played.log = town.world().digest_of_log();
  if (!played.broken.empty()) played.story = town.world().log;
  return played;
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace tongban::journeys
