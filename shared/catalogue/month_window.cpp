#include "shared/catalogue/month_window.h"

namespace tongban::catalogue {

// G1 (人社): 线下受理时间：每月5日–26日（法定节假日除外）. Weekends inside the window are the centre's hours' business.
WindowState month_window(const Item& item, const Calendar& calendar, Date today) {
  WindowState state{true, {today, false}};
  if (!item.taken_on) return state;
  // Two months hold a window whatever the month's length; a holiday never fills one.
  for (int ahead = 0; ahead <= 62; ++ahead) {
    const Date date = add_days(today, ahead);
    const unsigned day = static_cast<unsigned>(date.day());
    const DayOf of = day_of(calendar, date);
    state.next = {date, of.provisional};
    if (day >= item.taken_on->from && day <= item.taken_on->until && of.kind != DayKind::Holiday) return state;
    state.taken_today = false;
  }
  return state;
}

}  // namespace tongban::catalogue
