// What the nodes' stores say once a drill is over: whether every case that was acknowledged is there, decided once, and told the
// same by the centre that took it in and the one that decided it.
#pragma once

#include "server/drill/play.h"
#include "server/node/log_check.h"

namespace tongban::drill {

struct Reckoning {
  std::size_t cases = 0;
  std::size_t lost = 0;       ///< acknowledged, and not in the store of the centre that took it in
  std::size_t doubled = 0;    ///< decided more than once, or a copy that nobody handed in
  std::size_t different = 0;  ///< the two centres' histories differ, or the decider has none
  std::uint64_t letters_waiting = 0;
  server::LogCheck log;       ///< of all nodes: chains, digests, signatures
  bool holds() const { return lost == 0 && doubled == 0 && different == 0 && log.faults.empty(); }
};

/// The nodes must rest. Errors of the stores.
Expected<Reckoning> reckon(const Town& town, const std::vector<Filed>& filed);

}  // namespace tongban::drill
