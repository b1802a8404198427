// The days of a month on which an item is taken at the window (many 社保 items: 每月5日–26日，法定节假日除外).
#pragma once

#include "shared/catalogue/working_days.h"

namespace tongban::catalogue {

struct WindowState {
  bool taken_today = true;
  ReckonedDay next;  ///< today when it is taken today, else the first day on which it will be
};

/// Always taken when the item has no such window.
WindowState month_window(const Item& item, const Calendar& calendar, Date today);

}  // namespace tongban::catalogue
