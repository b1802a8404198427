// One seed, from its first move to rest.
#pragma once

#include <string>

#include "tests/journeys/invariants.h"

namespace tongban::journeys {

struct Played {
  std::string broken;          ///< empty when all held
  std::size_t faults = 0;      ///< how many were played
  crypto::Digest log{};        ///< digest of everything that happened
  std::vector<std::string> story;
};

Played play(std::uint64_t seed, Practice& practice);

/// A number from the environment, for running more, or one alone.
std::uint64_t number_from(const char* name, std::uint64_t otherwise);

}  // namespace tongban::journeys
