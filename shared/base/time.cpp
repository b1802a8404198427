#include "shared/base/time.h"

#include <string>

namespace tongban {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t shanghai_offset_ms = 8 * 3'600'000;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

Date date_of_day_number(std::int64_t number) { return Date(sys_days(days(static_cast<int>(number)))); }
std::int64_t day_number(Date date) { return sys_days(date).time_since_epoch().count(); }

/// Reads exactly `count` digits at `at`; nothing when one is not a digit.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// With zeros in front up to `width`.
std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

LocalTime shanghai_time(Instant at) {
  const std::int64_t local = at.ms + shanghai_offset_ms;
  const std::int64_t day = floor_divide(local, ms_per_day);
  return {date_of_day_number(day), static_cast<int>((local - day * ms_per_day) / 60'000)};
}

Instant from_shanghai(Date date, int minute) {
  return {day_number(date) * ms_per_day + minute * 60'000LL - shanghai_offset_ms};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string to_text(Date date) {
  return padded(static_cast<int>(date.year()), 4) + '-' + padded(static_cast<unsigned>(date.month()), 2) + '-' +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::string to_rfc3339(Instant at) {
  const std::int64_t day = floor_divide(at.ms, ms_per_day), in_day = at.ms - day * ms_per_day;
  return to_text(date_of_day_number(day)) + 'T' + padded(in_day / 3'600'000, 2) + ':' + padded(in_day / 60'000 % 60, 2) + ':' +
         padded(in_day / 1000 % 60, 2) + '.' + padded(in_day % 1000, 3) + 'Z';
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!date || !hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  std::size_t at = 19;
  int ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) ms += (text[at] - '0') * scale;
  }
  int offset_minutes = 0;
  if (at >= text.size()) return std::nullopt;
  if (text[at] == 'Z' || text[at] == 'z') {
    ++at;
  } else if (text[at] == '+' || text[at] == '-') {
    const auto h = digits(text, at + 1, 2), m = digits(text, at + 4, 2);
    if (!h || !m || text[at + 3] != ':') return std::nullopt;
    offset_minutes = (*h * 60 + *m) * (text[at] == '-' ? -1 : 1);
    at += 6;
  }
  if (at != text.size()) return std::nullopt;
  const std::int64_t in_day = ((*hour * 60 + *minute - offset_minutes) * 60LL + *second) * 1000 + ms;
  return Instant{day_number(*date) * ms_per_day + in_day};
}

std::string chinese_day(Date date) {
  return std::to_string(static_cast<unsigned>(date.month())) + "月" + std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string clock_text(int minute) { return std::to_string(minute / 60) + ':' + padded(minute % 60, 2); }

Date add_days(Date date, int count) { return Date(sys_days(date) + days(count)); }

int days_between(Date from, Date to) { return static_cast<int>(day_number(to) - day_number(from)); }

int iso_weekday(Date date) { return static_cast<int>(std::chrono::weekday(sys_days(date)).iso_encoding()); }

}  // namespace tongban
