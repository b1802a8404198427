#include "server/exchange/alarm.h"

#include <algorithm>

#include "shared/catalogue/opening.h"

namespace tongban::exchange {

bool is_late(std::optional<Instant> oldest, Instant now, const catalogue::Calendar& calendar) {
  if (!oldest) return false;
  catalogue::Centre city;
  city.hours = catalogue::citywide_hours();
  const auto local = shanghai_time(now);
  for (const auto& span : catalogue::hours_of(city, calendar, local.date).spans) {
    if (local.minute < span.open || local.minute >= span.close) continue;
    const Instant opened = from_shanghai(local.date, span.open);
    return now - std::max(opened, *oldest) >= patience;
  }
  return false;
}

}  // namespace tongban::exchange
