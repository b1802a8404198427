// A disk in memory, under SQLite as its default VFS while it lives. It knows what has been synced, and can lose, tear and
// reorder the rest; it fails at a chosen operation, or in the middle of a chosen write; it fills up; its octets can be turned.
//
// Used by one ledger at a time; its functions may be called from any thread.
#pragma once

#include <sqlite3.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "tests/fakes/seeded_random.h"

namespace tongban::faults {

/// How a disk behaves; operations are counted from 1.
struct DiskFaults {
  std::size_t power_goes_at = 0;  ///< before this write, truncation or sync
  std::uint64_t seed = 1;         ///< of what a power cut leaves
  bool syncs = true;              ///< false: a sync only says that it has
  std::size_t fails_at = 0;       ///< this operation, once; reads count, too
  std::size_t breaks_off_at = 0;  ///< this write, once: some of its octets are written, and then it fails
  bool sync_fails = false;        ///< from now on; what was to be synced may be lost, and is still read
  std::size_t quota = 0;          ///< octets in all files; 0: no limit
};

class FaultDisk {
 public:
  FaultDisk();
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  void set(DiskFaults faults);
  /// After a power cut: what has survived is all there is.
  void start_again();
  /// The process has ended, and the machine goes on: what was written is read, whether the disk has it or not.
  void end_process();
  /// Writes so far; with truncations and syncs; and with all else that can fail.
  std::size_t writes() const { return writes_; }
  std::size_t changes() const { return changes_; }
  std::size_t operations() const { return operations_; }
  bool is_dead() const { return dead_; }
  /// Whether an operation has failed since the faults were set.
  bool has_failed() const { return has_failed_; }
  std::size_t octets() const;

  Bytes& octets_of(const std::string& name) { return files_.at(name)->now; }
  std::vector<std::string> names() const;

 private:
  friend struct Calls;
  friend struct OpenFile;

  struct Change {
    std::size_t offset = 0;
    Bytes octets;
    bool truncates = false;
  };
  struct File {
    Bytes now, synced;
    std::vector<Change> unsynced;
    std::vector<std::unique_ptr<std::uint8_t[]>> shared;  ///< the log's index: memory, gone with the power
  };

  /// SQLITE_OK, or what the operation fails with.
  int begin(bool change, int otherwise);
  Bytes survivors_of(const File& file);
  void lose_unsynced(File& file);
  static void apply(Bytes& octets, const Change& change);
  static void take(File& file, Change change);

  sqlite3_vfs vfs_{};
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<File>> files_;
  DiskFaults faults_;
  fakes::SeededRandom random_{1};
  std::size_t writes_ = 0, changes_ = 0, operations_ = 0;
  bool dead_ = false, has_failed_ = false;
};

}  // namespace tongban::faults
