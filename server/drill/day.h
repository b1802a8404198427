// How many people come in a day of the city, and when.
//
// 10 million cases a year in some 250 working days (mission.md) are 40,000 a day. When in the day they come no source says: here
// evenly, but for one hundredth of the day in which `peak` times as many come as on average.
#pragma once

#include <chrono>
#include <cstddef>

namespace tongban::drill {

struct Day {
  std::size_t cases = 0;
  std::chrono::milliseconds length{0};
  double peak = 20;  ///< 1 to 99
};

/// When the n-th of them comes (from 0), counted from the day's beginning; no earlier than the one before.
std::chrono::milliseconds arrival(const Day& day, std::size_t n);

}  // namespace tongban::drill
