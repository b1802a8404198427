#include "server/exchange/shares.h"

#include <algorithm>

namespace tongban::exchange {

std::size_t Shares::room(const CentreId& to) const {
  const auto found = centres_.find(to);
  const Centre centre = found == centres_.end() ? Centre{} : found->second;
  const std::size_t share = centre.silent ? 1 : to_one;
  if (centre.under_way >= share) return 0;
  const std::size_t left = in_all > under_way_ ? in_all - under_way_ : 0;
  const std::size_t at_least = centre.under_way == 0 ? 1 : 0;
  return std::min(share - centre.under_way, std::max(left, at_least));
}

std::size_t Shares::under_way(const CentreId& to) const {
  const auto found = centres_.find(to);
  return found == centres_.end() ? 0 : found->second.under_way;
}

void Shares::begun(const CentreId& to, std::size_t letters) {
  if (letters == 0) return;
  centres_[to].under_way += letters;
  under_way_ += letters;
}

void Shares::ended(const CentreId& to) {
  const auto found = centres_.find(to);
  if (found == centres_.end() || found->second.under_way == 0) return;
  --under_way_;
  if (--found->second.under_way == 0 && !found->second.silent) centres_.erase(found);
}

void Shares::heard(const CentreId& from, bool answered) {
  const auto found = centres_.find(from);
  if (found != centres_.end()) found->second.silent = !answered;
}

}  // namespace tongban::exchange
