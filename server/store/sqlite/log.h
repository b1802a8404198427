// The write-ahead log of a store: its room on the disk, and the steps by which it comes into the database file.
//
// The log keeps its size while the store is open: once all of it has come into the database, SQLite begins again at
// its start. Only what goes beyond `longest_log` is cut off then. Overwriting octets that the disk has already syncs about twice as fast as appending, since nothing but the
// octets themselves has to be written; so the file gets its size beforehand. Belongs to the thread of its connection.
#pragma once

#include <cstdint>

#include "server/store/sqlite/database.h"

namespace tongban::store {

class Log {
 public:
  /// Counts from now on; `db` outlives it.
  explicit Log(Database& db);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// Before the first commit of a process: what an earlier one has left is on the disk then, and the file is so large at least.
  /// Only speed is lost where the disk has no room for that. store.failed, Unsynced.
  Expected<void> reserve(std::uint64_t octets);

  /// Pages that were committed and have not come into the database yet.
  int behind() const { return pages_ - moved_; }
  /// Something was committed since the last step.
  bool has_grown() const { return grown_; }
  /// One step: brings over what is behind. A full disk is no error, since the log keeps what it has. Unsynced.
  Expected<void> bring_over();

 private:
  Expected<void> write_anew(std::uint64_t octets);

  Database& db_;
  int pages_ = 0, moved_ = 0;
  bool grown_ = false;
};

}  // namespace tongban::store
