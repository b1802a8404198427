#include "shared/catalogue/opening.h"

namespace tongban::catalogue {
namespace {

constexpr Span span(int open, int close) { return {static_cast<std::uint16_t>(open), static_cast<std::uint16_t>(close)}; }

}  // namespace

// 上海市政府通知（2018-02）: 周一至周五 8:30–16:30（中午不间断）；双休日、国定假日 8:30–11:30，下午由各中心自定.
Hours citywide_hours() {
  Hours hours;
  hours.workday = {span(8 * 60 + 30, 16 * 60 + 30)};
  hours.weekend = hours.holiday = {span(8 * 60 + 30, 11 * 60 + 30)};
  return hours;
}

DayHours hours_of(const Centre& centre, const Calendar& calendar, Date date) {
  const DayOf of = day_of(calendar, date);
  DayHours day{date, of.kind, {}, of.kind == DayKind::MakeUpWorkday, of.provisional};
  switch (of.kind) {
    case DayKind::Workday:
    case DayKind::MakeUpWorkday: day.spans = centre.hours.workday; break;
    case DayKind::Weekend: day.spans = centre.hours.weekend; break;
    case DayKind::Holiday: day.spans = centre.hours.holiday; break;
  }
  return day;
}

OpeningState opening_at(const Centre& centre, const Calendar& calendar, Instant now) {
  const LocalTime local = shanghai_time(now);
  OpeningState state;
  state.today = hours_of(centre, calendar, local.date);
  for (const Span& s : state.today.spans) {
    if (local.minute >= s.open && local.minute < s.close) {
      state.open = true;
      state.until = s.close;
      return state;
    }
  }
  for (int ahead = 0; ahead <= 30; ++ahead) {
    const DayHours day = ahead == 0 ? state.today : hours_of(centre, calendar, add_days(local.date, ahead));
    for (const Span& s : day.spans) {
      if (ahead == 0 && s.open <= local.minute) continue;
      state.next_day = day;
      state.next_open = s.open;
      return state;
    }
  }
  return state;
}

std::vector<DayHours> coming_days(const Centre& centre, const Calendar& calendar, Instant now, int days) {
  const Date today = shanghai_time(now).date;
  std::vector<DayHours> list;
  for (int ahead = 0; ahead < days; ++ahead) list.push_back(hours_of(centre, calendar, add_days(today, ahead)));
  return list;
}

}  // namespace tongban::catalogue
