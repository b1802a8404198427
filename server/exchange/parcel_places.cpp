#include "server/exchange/parcel_places.h"

#include <algorithm>

namespace tongban::exchange {

bool ParcelPlaces::room(const CentreId& to) const {
  const auto found = of_centre_.find(to);
  const std::size_t its_own = found == of_centre_.end() ? 0 : found->second;
  return under_way_ < most_ && its_own < (most_ + 1) / 2;
}

void ParcelPlaces::wait(const CentreId& to, std::function<void()> begin) {
  if (!room(to)) return waiting_.push_back({to, std::move(begin)});
  ++under_way_;
  ++of_centre_[to];
  begin();
}

void ParcelPlaces::ended(const CentreId& to) {
  --under_way_;
  if (--of_centre_[to] == 0) of_centre_.erase(to);
  const auto next = std::find_if(waiting_.begin(), waiting_.end(), [this](const Waiting& one) { return room(one.to); });
  if (next == waiting_.end()) return;
  auto turn = std::move(*next);
  waiting_.erase(next);
  wait(turn.to, std::move(turn.begin));
}

}  // namespace tongban::exchange
