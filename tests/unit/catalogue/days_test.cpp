#include <doctest/doctest.h>

#include "shared/catalogue/month_window.h"
#include "shared/catalogue/working_days.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {
const Calendar& calendar() { return real().catalogue.calendar; }
}  // namespace

TEST_CASE("the National Day week of 2026 has no working day, and the Saturdays around it that make up for it have") {
  CHECK(day_of(calendar(), day("2026-10-01")).kind == DayKind::Holiday);
  CHECK(day_of(calendar(), day("2026-10-10")).kind == DayKind::MakeUpWorkday);
  CHECK(day_of(calendar(), day("2026-10-17")).kind == DayKind::Weekend);
  CHECK(day_of(calendar(), day("2026-11-24")).kind == DayKind::Workday);
}

TEST_CASE("the day on which a limit begins isn't counted") {
  CHECK(add_working_days(calendar(), day("2026-11-24"), 1) == ReckonedDay{day("2026-11-25"), false});
  CHECK(add_working_days(calendar(), day("2026-11-20"), 1).date == day("2026-11-23"));  // Friday to Monday
}

TEST_CASE("a limit runs around holidays and over make-up workdays") {
  // 2026-09-30 is a Wednesday; 1–7 October are off, Saturday 10 is worked.
  CHECK(add_working_days(calendar(), day("2026-09-30"), 3).date == day("2026-10-10"));
  CHECK(working_days_between(calendar(), day("2026-09-30"), day("2026-10-10")) == 3);
  CHECK(working_days_between(calendar(), day("2026-10-10"), day("2026-09-30")) == 0);
}

TEST_CASE("beyond the last published year an answer is provisional, and so is one that reaches into it") {
  CHECK_FALSE(add_working_days(calendar(), day("2026-12-01"), 5).provisional);
  CHECK(add_working_days(calendar(), day("2026-12-29"), 5).provisional);
  CHECK(day_of(calendar(), day("2027-01-01")).provisional);
  CHECK(day_of(calendar(), day("2027-01-01")).kind == DayKind::Workday);  // only Monday to Friday is known
}

TEST_CASE("ten years of notices are there, and every make-up workday falls on a weekend") {
  int years[10] = {};
  for (const auto& [date, kind] : calendar().exceptions) {
    if (kind == DayKind::MakeUpWorkday) CHECK(iso_weekday(date) >= 6);
    else ++years[static_cast<int>(date.year()) - 2017];
  }
  for (int off : years) CHECK(off >= 20);
}

TEST_CASE("an item without a plain number of days has no deadline") {
  Item item;
  item.limit = "5个工作日发函；资金到账后5个工作日完成";
  CHECK_FALSE(deadline_of(item, calendar(), day("2026-11-24")));
  item.limit_working_days = 20;
  CHECK(deadline_of(item, calendar(), day("2026-11-24"))->date == day("2026-12-22"));
}

TEST_CASE("an item of the 5th to the 26th says when it will be taken") {
  Item item;
  CHECK(month_window(item, calendar(), day("2026-11-30")).taken_today);
  item.taken_on = MonthWindow{5, 26};
  CHECK(month_window(item, calendar(), day("2026-11-05")).taken_today);
  CHECK(month_window(item, calendar(), day("2026-11-26")).taken_today);
  const WindowState late = month_window(item, calendar(), day("2026-11-27"));
  CHECK_FALSE(late.taken_today);
  CHECK(late.next.date == day("2026-12-05"));
}

TEST_CASE("a holiday inside the days of the month isn't a day on which it is taken") {
  Item item;
  item.taken_on = MonthWindow{5, 26};
  const WindowState state = month_window(item, calendar(), day("2026-10-05"));
  CHECK_FALSE(state.taken_today);
  CHECK(state.next.date == day("2026-10-08"));
}

TEST_CASE("twenty-four items of 人社 are taken only from the 5th to the 26th") {
  int windows = 0;
  for (const Item& item : real().catalogue.items) {
    if (!item.taken_on) continue;
    ++windows;
    CHECK(item.taken_on == MonthWindow{5, 26});
    CHECK(item.line == "人社");
  }
  CHECK(windows == 24);
}
