// The node as handlers and courier see it: what they share, wired once by server/node and outliving them all.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "server/ports/attachments.h"
#include "server/ports/ledger.h"
#include "server/ports/threads.h"
#include "shared/catalogue/model.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/clock.h"
#include "shared/ports/random.h"

namespace tongban::server {

struct Node {
  NodeId id;
  std::string version;
  std::set<CentreId> centres;  ///< that it serves
  bool secure = false;         ///< its public side speaks TLS

  const ports::Clock& clock;
  ports::Random& random;
  Ledger& ledger;
  Attachments& attachments;
  Lane& network;
  Lane& slow;
  const ports::CentreKeys& keys;
  std::shared_ptr<const catalogue::Catalogue> catalogue;  ///< replaced as a whole, on the network thread

  std::function<void()> letters_wait = [] {};  ///< wakes the courier
};

}  // namespace tongban::server
