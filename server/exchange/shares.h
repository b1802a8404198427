// How many letters may be under way to each centre, so that one that doesn't answer takes nothing from the others.
#pragma once

#include <cstddef>
#include <map>

#include "shared/base/id.h"

namespace tongban::exchange {

class Shares {
 public:
  static constexpr std::size_t to_one = 128;
  static constexpr std::size_t in_all = 512;  ///< beyond which each centre has one

  /// How many more may go to it now. One at a time after one that wasn't answered, until one is: each may hold its line
  /// for as long as a request lasts.
  std::size_t room(const CentreId& to) const;
  std::size_t under_way(const CentreId& to) const;
  void begun(const CentreId& to, std::size_t letters = 1);
  void ended(const CentreId& to);
  /// Whether a letter to it, or a file, got an answer of any kind.
  void heard(const CentreId& from, bool answered);

 private:
  struct Centre {
    std::size_t under_way = 0;
    bool silent = false;
  };
  std::map<CentreId, Centre> centres_;  ///< of which there is something to say
  std::size_t under_way_ = 0;
};

}  // namespace tongban::exchange
