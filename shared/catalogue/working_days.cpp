#include "shared/catalogue/working_days.h"

namespace tongban::catalogue {

DayOf day_of(const Calendar& calendar, Date date) {
  const auto at = calendar.exceptions.find(date);
  const bool provisional = !calendar.last_published.ok() || std::chrono::sys_days(date) > std::chrono::sys_days(calendar.last_published);
  if (at != calendar.exceptions.end()) return {at->second, provisional};
  return {iso_weekday(date) <= 5 ? DayKind::Workday : DayKind::Weekend, provisional};
}

ReckonedDay add_working_days(const Calendar& calendar, Date from, int count) {
  ReckonedDay day{from, false};
  const auto look = [&] {
    const DayOf of = day_of(calendar, day.date);
    day.provisional = day.provisional || of.provisional;
    return of.is_working();
  };
  if (count <= 0) {
    while (!look()) day.date = add_days(day.date, 1);
    return day;
  }
  while (count > 0) {
    day.date = add_days(day.date, 1);
    if (look()) --count;
  }
  return day;
}

int working_days_between(const Calendar& calendar, Date from, Date to) {
  int count = 0;
  for (int i = 1, days = days_between(from, to); i <= days; ++i)
    if (day_of(calendar, add_days(from, i)).is_working()) ++count;
  return count;
}

std::optional<ReckonedDay> deadline_of(const Item& item, const Calendar& calendar, Date accepted) {
  if (!item.limit_working_days) return std::nullopt;
  return add_working_days(calendar, accepted, *item.limit_working_days);
}

}  // namespace tongban::catalogue
