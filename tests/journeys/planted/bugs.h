// Single faults of the kind that lose cases, each planted by overriding one function of Practice. A bug that no
// invariant catches means that an invariant is missing.
#pragma once

#include <memory>

#include "tests/journeys/practice.h"

namespace tongban::journeys {

struct PlantedBug {
  const char* says;  ///< what is done wrongly
  std::unique_ptr<Practice> (*plant)();
};

std::vector<PlantedBug> bugs_of_intake();
std::vector<PlantedBug> bugs_of_the_ledger();
std::vector<PlantedBug> bugs_of_sending();
std::vector<PlantedBug> bugs_of_receiving();
std::vector<PlantedBug> bugs_of_healing();

template <typename Bug>
PlantedBug planted(const char* says) {
  return {says, [] { return std::unique_ptr<Practice>(std::make_unique<Bug>()); }};
}

}  // namespace tongban::journeys
