#include "tests/journeys/play.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "tests/journeys/copies.h"

namespace tongban::journeys {
namespace {

std::size_t changes_in(const Town& town) {
  std::size_t changes = 0;
  for (const Office* office : town.offices()) changes += office->disk().changes();
  return changes;
}

std::string play_out(Town& town) {
  constexpr int moves = 300;
  std::size_t looked_at = 0;
  for (int move = 0; move < moves; ++move) {
    town.step();
    if (const std::size_t changes = changes_in(town); std::exchange(looked_at, changes) == changes) continue;
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
  played.story = town.world().log;
  if (played.broken.empty()) return played;
  for (std::string& line : histories(town)) played.story.push_back(std::move(line));
  return played;
}

PlayedMany play_many(std::uint64_t first, std::uint64_t count, std::uint64_t threads) {
  PlayedMany many;
  std::mutex mutex;
  std::atomic<std::uint64_t> next{first};
  std::vector<std::thread> players;
  for (std::uint64_t i = 0; i < threads; ++i) {
    players.emplace_back([&] {
      Practice practice;
      for (std::uint64_t seed = next++; seed < first + count; seed = next++) {
        Played played = play(seed, practice);
        const std::lock_guard lock(mutex);
        many.faults += played.faults;
        if (played.broken.empty()) {
          ++many.held;
        } else {
          many.broken.emplace(seed, std::move(played));
          next = first + count;
        }
      }
    });
  }
  for (std::thread& player : players) player.join();
  return many;
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace tongban::journeys
