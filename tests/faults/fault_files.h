// Files whose operations fail: the calls of this test's program, put through by the linker (-Wl,--wrap=…).
#pragma once

#include <cstddef>
#include <functional>

namespace tongban::faults {

enum class FileFault {
  Error,        ///< the operation does nothing and fails
  Short,        ///< half of what was asked for is read or written
  Interrupted,  ///< a signal came: nothing is done, and it can be asked for again
};

class FaultFiles {
 public:
  /// The n-th operation from now on, once; 0: none. `error` is what an Error leaves in errno.
  static void fail_at(std::size_t n, FileFault how, int error = 0);
  /// Likewise, of the syncs only.
  static void fail_at_sync(std::size_t n, int error);
  /// Called before each sync; nothing: none is.
  static void before_syncs(std::function<void()> look);
  /// Since then; an open, a read, a write, a cut, a sync and a new name are one each.
  static std::size_t operations();
};

}  // namespace tongban::faults
