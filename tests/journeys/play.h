// One seed, from its first move to rest.
#pragma once

#include <map>
#include <string>

#include "tests/journeys/invariants.h"

namespace tongban::journeys {

struct Played {
  std::string broken;          ///< empty when all held
  std::size_t faults = 0;      ///< how many were played
  crypto::Digest log{};        ///< digest of everything that happened
  std::vector<std::string> story;  ///< the same, to be read
};

Played play(std::uint64_t seed, Practice& practice);

struct PlayedMany {
  std::uint64_t held = 0, faults = 0;
  std::map<std::uint64_t, Played> broken;  ///< by seed; playing ends soon after the first
};

/// Seeds from `first` on, on so many threads, as the production code does things.
PlayedMany play_many(std::uint64_t first, std::uint64_t count, std::uint64_t threads);

/// A number from the environment, for running more, or one alone.
std::uint64_t number_from(const char* name, std::uint64_t otherwise);

}  // namespace tongban::journeys
