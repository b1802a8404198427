#include "shared/base/time.h"

#include <doctest/doctest.h>

using namespace tongban;

TEST_CASE("a moment just before midnight UTC is the next day in Shanghai") {
  const auto at = parse_rfc3339("2026-11-23T23:30:00Z");
  REQUIRE(at);
  const LocalTime local = shanghai_time(*at);
  CHECK(to_text(local.date) == "2026-11-24");
  CHECK(local.minute == 7 * 60 + 30);
  CHECK(from_shanghai(local.date, local.minute) == *at);
}

TEST_CASE("RFC 3339 is read with fractions and offsets and written in UTC") {
  CHECK(to_rfc3339(*parse_rfc3339("2026-11-24T08:00:00.5+08:00")) == "2026-11-24T00:00:00.500Z");
  CHECK_FALSE(parse_rfc3339("2026-11-24 08:00:00"));
  CHECK_FALSE(parse_rfc3339("2026-02-30T08:00:00Z"));
  CHECK_FALSE(parse_rfc3339("2026-11-24T08:00:00"));
  CHECK_FALSE(parse_rfc3339("2026-11-24T08:00:00+0800"));
}

TEST_CASE("a date is only a date when the day exists") {
  CHECK(parse_date("2024-02-29"));
  CHECK_FALSE(parse_date("2026-02-29"));
  CHECK_FALSE(parse_date("2026-2-9"));
}

TEST_CASE("days are written as residents read them") {
  CHECK(chinese_day(*parse_date("2026-11-04")) == "11月4日");
  CHECK(clock_text(510) == "8:30");
  CHECK(iso_weekday(*parse_date("2026-11-24")) == 2);
  CHECK(days_between(*parse_date("2026-12-31"), *parse_date("2027-01-02")) == 2);
}
