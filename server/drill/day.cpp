#include "server/drill/day.h"

namespace tongban::drill {
namespace {

constexpr double rush_begins = 0.4, rush_length = 0.01;

}  // namespace

std::chrono::milliseconds arrival(const Day& day, std::size_t n) {
  const double share = (static_cast<double>(n) + 0.5) / static_cast<double>(day.cases);
  const double usual = (1 - day.peak * rush_length) / (1 - rush_length);
  const double before = usual * rush_begins, in_rush = day.peak * rush_length;
  double at = 0;
  if (share < before) at = share / usual;
  else if (share < before + in_rush) at = rush_begins + (share - before) / day.peak;
  else at = rush_begins + rush_length + (share - before - in_rush) / usual;
  return std::chrono::milliseconds(static_cast<std::int64_t>(at * static_cast<double>(day.length.count())));
}

}  // namespace tongban::drill
