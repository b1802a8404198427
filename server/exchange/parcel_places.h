// Files on their way out. Each is whole in memory, sealed, for as long as its line takes: so only a few are at once, and
// half of them at most to one centre, whose line may be slow. The others wait for their turn.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>

#include "shared/base/id.h"

namespace tongban::exchange {

class ParcelPlaces {
 public:
  explicit ParcelPlaces(std::size_t most) : most_(most) {}

  /// Calls `begin`, now or when it has its turn; whoever has begun calls `ended`.
  void wait(const CentreId& to, std::function<void()> begin);
  void ended(const CentreId& to);
  /// Nobody's turn comes any more.
  void forget() { waiting_.clear(); }

 private:
  struct Waiting {
    CentreId to;
    std::function<void()> begin;
  };
  bool room(const CentreId& to) const;

  std::size_t most_, under_way_ = 0;
  std::map<CentreId, std::size_t> of_centre_;
  std::list<Waiting> waiting_;
};

}  // namespace tongban::exchange
