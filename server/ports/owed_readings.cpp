#include "server/ports/owed_readings.h"

namespace tongban::server {

bool OwedReadings::owe(const std::vector<Reading>& readings) {
  const std::lock_guard lock(mutex_);
  if (owed_.size() + readings.size() > most || !keep(readings)) return false;
  owed_.insert(owed_.end(), readings.begin(), readings.end());
  return true;
}

std::vector<Reading> OwedReadings::begin_paying() {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || paying_ > 0) return {};
  paying_ = owed_.size();
  return owed_;
}

void OwedReadings::ended_paying(bool written) {
  const std::lock_guard lock(mutex_);
  if (written) owed_.erase(owed_.begin(), owed_.begin() + static_cast<std::ptrdiff_t>(paying_));
  paying_ = 0;
  if (written && owed_.empty()) forget();
}

}  // namespace tongban::server
