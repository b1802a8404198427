// Whether our node answers. The browser knows only whether the device has some network; a request that came to nothing
// knows better, and the next one that is answered ends it.
//
// Nothing is asked by the clock: a portal at rest stays so. The node is asked again when somebody does something, and
// when the page is looked at again.
#pragma once

#include <chrono>

#include "client/app/model.h"
#include "client/app/outlet.h"

namespace tongban::app {

class LineWatch {
 public:
  LineWatch(Model& model, Outlet& outlet) : model_(model), outlet_(outlet) {}

  /// The device has a network or none, or the page is looked at again. True when the network has come back.
  bool browser_says(bool online);
  /// A request has ended, with status 0 if nothing was heard. True when the node answers after it had not.
  bool heard(int status);
  /// Somebody is there: asks the node if it is worth it.
  void look();

 private:
  static constexpr std::chrono::seconds pause{5};

  Model& model_;
  Outlet& outlet_;
  Instant asked_{};
};

}  // namespace tongban::app
