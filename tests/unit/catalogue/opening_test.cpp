#include "shared/catalogue/opening.h"

#include <doctest/doctest.h>

#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {

const Calendar& calendar() { return real().catalogue.calendar; }
const Centre& centre(const char* id) { return *real().catalogue.find(CentreId(id)); }
Instant at(const char* date, int hour, int minute) { return from_shanghai(day(date), hour * 60 + minute); }

}  // namespace

TEST_CASE("a centre that publishes no hours follows the citywide rule, and says so") {
  const Centre& quyang = centre("310109010");
  CHECK(quyang.hours.is_default);
  const OpeningState open = opening_at(quyang, calendar(), at("2026-11-24", 9, 0));  // Tuesday
  CHECK(open.open);
  CHECK(open.until == 16 * 60 + 30);
  CHECK(opening_at(quyang, calendar(), at("2026-11-28", 9, 0)).until == 11 * 60 + 30);  // Saturday
  CHECK(opening_at(quyang, calendar(), at("2026-10-01", 9, 0)).open);                   // National Day, in the morning
}

TEST_CASE("a centre opens on the minute and is closed on the closing minute") {
  const Centre& quyang = centre("310109010");
  CHECK_FALSE(opening_at(quyang, calendar(), at("2026-11-24", 8, 29)).open);
  CHECK(opening_at(quyang, calendar(), at("2026-11-24", 8, 30)).open);
  CHECK(opening_at(quyang, calendar(), at("2026-11-24", 16, 29)).open);
  CHECK_FALSE(opening_at(quyang, calendar(), at("2026-11-24", 16, 30)).open);
}

TEST_CASE("when closed, it says the next opening: later today, tomorrow, or after the holidays") {
  const Centre& quyang = centre("310109010");
  const OpeningState early = opening_at(quyang, calendar(), at("2026-11-24", 7, 0));
  CHECK(early.next_day->date == day("2026-11-24"));
  CHECK(early.next_open == 510);
  CHECK(opening_at(quyang, calendar(), at("2026-11-24", 20, 0)).next_day->date == day("2026-11-25"));
  const Centre& huaihai = centre("310101022");  // closed on statutory holidays, with a noon break
  const OpeningState holiday = opening_at(huaihai, calendar(), at("2026-10-01", 9, 0));
  CHECK_FALSE(holiday.open);
  CHECK(holiday.next_day->date == day("2026-10-08"));
  const OpeningState noon = opening_at(huaihai, calendar(), at("2026-11-24", 12, 0));
  CHECK_FALSE(noon.open);
  CHECK(noon.next_open == 13 * 60);
}

TEST_CASE("a make-up workday has the hours of a workday, and is said to be assumed") {
  const DayHours made_up = hours_of(centre("310109010"), calendar(), day("2026-10-10"));
  CHECK(made_up.kind == DayKind::MakeUpWorkday);
  CHECK(made_up.assumed);
  CHECK(made_up.spans[0].close == 16 * 60 + 30);
  CHECK_FALSE(hours_of(centre("310109010"), calendar(), day("2026-10-17")).assumed);
}

TEST_CASE("the coming week begins today, in Shanghai, and is provisional beyond the published year") {
  // 2026-12-31T17:00Z is the morning of New Year's Day in Shanghai.
  const auto week = coming_days(centre("310109010"), calendar(), *parse_rfc3339("2026-12-31T17:00:00Z"));
  CHECK(week.size() == 7);
  CHECK(week[0].date == day("2027-01-01"));
  CHECK(week[0].provisional);
}

TEST_CASE("a centre that never opens has no next opening") {
  Centre closed = centre("310109010");
  closed.hours = {};
  const OpeningState state = opening_at(closed, calendar(), at("2026-11-24", 9, 0));
  CHECK_FALSE(state.open);
  CHECK_FALSE(state.next_day);
}
