// Working days by the State Council's notices (国务院办公厅节假日安排), make-up workdays included.
#pragma once

#include "shared/catalogue/model.h"

namespace tongban::catalogue {

/// What kind of day it is. Provisional: beyond the last published notice (节假日安排未公布), where only
/// Monday to Friday is known.
struct DayOf {
  DayKind kind = DayKind::Workday;
  bool provisional = false;
  bool is_working() const { return kind == DayKind::Workday || kind == DayKind::MakeUpWorkday; }
};

DayOf day_of(const Calendar& calendar, Date date);

/// A day reckoned by the calendar. Provisional when any day on the way to it is.
struct ReckonedDay {
  Date date{};
  bool provisional = false;
  bool operator==(const ReckonedDay&) const = default;
};

/// The `count`-th working day after `from`; the day itself isn't counted (期间开始之日不计入).
/// With count 0: `from`, or the next working day when it is none.
ReckonedDay add_working_days(const Calendar& calendar, Date from, int count);

/// Working days after `from` up to and including `to`; 0 when `to` isn't later.
int working_days_between(const Calendar& calendar, Date from, Date to);

/// The deadline of an item whose guide gives one plain number; nothing when the limit is unknown.
std::optional<ReckonedDay> deadline_of(const Item& item, const Calendar& calendar, Date accepted);

}  // namespace tongban::catalogue
