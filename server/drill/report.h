// What a drill has shown, for people and for programs.
#pragma once

#include <string>

#include "server/drill/reckoning.h"

namespace tongban::drill {

struct Outcome {
  const Town& town;
  const Plan& plan;
  const Played& played;
  const Reckoning& reckoning;
  bool good() const { return reckoning.holds() && played.unfinished == 0; }
};

/// One line while it runs.
std::string line_of(const Progress& progress);
std::string text_of(const Outcome& outcome);
std::string json_of(const Outcome& outcome);

}  // namespace tongban::drill
