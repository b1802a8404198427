// Who runs what: the network thread answers, the ledger's thread writes, and one slow lane does what takes
// long (hashing a password, syncing a photograph), so that nobody waits behind it.
#pragma once

#include <functional>

namespace tongban::server {

using Task = std::function<void()>;

/// Runs tasks on some other thread, in order.
class Lane {
 public:
  virtual ~Lane() = default;
  virtual void run(Task task) = 0;
};

}  // namespace tongban::server
