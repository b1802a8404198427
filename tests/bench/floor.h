// The least that a transfer between two nodes can cost: three synced commits and the way over loopback and back.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <thread>

namespace tongban::bench {

class Floor {
 public:
  /// Two databases under `folder` (WAL, `synchronous=FULL`), the second behind a socket. Null when they can't be made.
  static std::unique_ptr<Floor> make(const std::filesystem::path& folder);
  ~Floor();

  /// A commit here, its octets there, a commit there, an answer back, a commit here: in milliseconds.
  double once();

 private:
  using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
  Floor(Database here, Database there, int near, int far);
  static void answer(sqlite3* there, int far);

  Database here_, there_;
  int near_;
  std::thread far_side_;
};

}  // namespace tongban::bench
