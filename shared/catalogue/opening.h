// When a centre is open: now, next, and over the coming days.
//
// Hours are data of each centre; where it publishes none, the citywide rule of 2018 stands in and
// `Hours::is_default` says so. No source says what holds on a make-up workday: it is taken for a workday, and
// `assumed` says so.
#pragma once

#include <optional>
#include <vector>

#include "shared/catalogue/working_days.h"

namespace tongban::catalogue {

struct DayHours {
  Date date{};
  DayKind kind = DayKind::Workday;
  std::vector<Span> spans;    ///< empty: closed all day
  bool assumed = false;       ///< a make-up workday
  bool provisional = false;   ///< holidays of that year not published yet
};

struct OpeningState {
  bool open = false;
  std::uint16_t until = 0;             ///< minute of the day at which the present span closes; when open
  std::optional<DayHours> next_day;    ///< when closed: the day of the next opening
  std::uint16_t next_open = 0;         ///< and its minute
  DayHours today;
};

DayHours hours_of(const Centre& centre, const Calendar& calendar, Date date);

/// Looks 30 days ahead for the next opening.
OpeningState opening_at(const Centre& centre, const Calendar& calendar, Instant now);

/// Today first.
std::vector<DayHours> coming_days(const Centre& centre, const Calendar& calendar, Instant now, int days = 7);

/// The citywide rule of 2018: Mon–Fri 8:30–16:30 without a noon break, weekends and national holidays 8:30–11:30.
Hours citywide_hours();

}  // namespace tongban::catalogue
