// Moments and days. Shanghai is UTC+8 all year round since 1991, so no time-zone table is needed.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongban {

/// A moment: milliseconds since 1970-01-01T00:00:00Z. Always passed in, never asked for, in shared code.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
  Instant operator+(std::chrono::milliseconds d) const { return {ms + d.count()}; }
  std::chrono::milliseconds operator-(Instant other) const { return std::chrono::milliseconds(ms - other.ms); }
};

/// A day of the civil calendar.
using Date = std::chrono::year_month_day;

/// A local moment at the centres: the day and the minute of that day (0…1439).
struct LocalTime {
  Date date{};
  int minute = 0;
};

LocalTime shanghai_time(Instant at);
Instant from_shanghai(Date date, int minute);

/// "2026-11-24"; nothing when it is not a real day written so.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);

/// RFC 3339 in UTC, to the millisecond: "2026-11-24T05:06:07.089Z".
std::string to_rfc3339(Instant at);
std::optional<Instant> parse_rfc3339(std::string_view text);

/// "11月24日", as tokens.json has dates: without spaces.
std::string chinese_day(Date date);
/// "8:30"
std::string clock_text(int minute);

Date add_days(Date date, int days);
/// Days from `from` to `to`; negative when `to` is earlier.
int days_between(Date from, Date to);
/// 1 = Monday … 7 = Sunday.
int iso_weekday(Date date);

}  // namespace tongban
