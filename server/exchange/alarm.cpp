#include "server/exchange/alarm.h"

#include "shared/catalogue/opening.h"

namespace tongban::exchange {

namespace {

/// What clocks are put back by, now and then.
constexpr std::chrono::minutes doubt{1};

}  // namespace

std::optional<Instant> late_before(Instant now, const catalogue::Calendar& calendar) {
  catalogue::Centre city;
  city.hours = catalogue::citywide_hours();
  const auto local = shanghai_time(now);
  for (const auto& span : catalogue::hours_of(city, calendar, local.date).spans) {
    if (local.minute < span.open || local.minute >= span.close) continue;
    return now - from_shanghai(local.date, span.open) >= patience ? std::optional(now + -patience) : std::nullopt;
  }
  return std::nullopt;
}

bool is_late(std::optional<Instant> oldest, Instant now, const catalogue::Calendar& calendar) {
  const auto before = late_before(now, calendar);
  // What a clock that was ahead has dated has an age that nobody knows.
  return oldest && before && (*oldest <= *before || *oldest > now + doubt);
}

}  // namespace tongban::exchange
