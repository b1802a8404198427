// The ledger over SQLite: one thread with one connection does all the writing.
//
// A round: take everything that waits (and, where many come, what follows at once), BEGIN, all writes, COMMIT (synced),
// then the reads, then the answers. Where a write fails after it has changed something, the round is played anew with
// each write in a savepoint. Between rounds the log comes into the database in small steps: as soon as nobody waits, or,
// where somebody always does, when a step's worth has gathered. A failed sync ends the process: what the kernel has
// dropped can't be written by trying again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "server/ports/ledger.h"
#include "server/ports/threads.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/log.h"

namespace tongban::store {

/// What a store may take of the disk, in octets.
struct Room {
  std::uint64_t file = 0;  ///< beyond it writes fail with Full, and reads go on; 0: the disk's own limit
  std::uint64_t log = 0;   ///< set aside at once for commits to come; for whoever goes on writing
};
/// A step's worth, and the longest round on top of it.
inline constexpr std::uint64_t usual_log = 8 * 1024 * 1024;

class SqliteLedger final : public server::Ledger {
 public:
  /// Opens or makes the file and brings its schema up to date. `answers` runs the `done` functions.
  static Expected<std::unique_ptr<SqliteLedger>> open(const std::filesystem::path& file, server::Lane& answers, Room room = {});
  /// Finishes what waits, makes a last checkpoint, closes.
  ~SqliteLedger() override;

  void write(Work work, Done done) override;
  void read(Work work, Done done) override;
  std::size_t waiting() const override { return waiting_; }

  Expected<void> write_now(const Work& work) override;

 private:
  struct Job {
    bool writes;
    Work work;
    Done done;
    bool answered_here = false;  ///< on the ledger's own thread, since the one that waits may be the lane's
  };
  using Round = std::deque<Job>;

  SqliteLedger(Database db, server::Lane& answers);
  void push(Job job);
  void loop();
  void play(Round round);
  Expected<void> play_writes(Round& round, std::vector<Expected<void>>& results);
  Expected<void> begin();
  Expected<bool> play_together(Round& round, std::vector<Expected<void>>& results);
  Expected<void> play_apart(Round& round, std::vector<Expected<void>>& results);
  Expected<void> in_savepoint(const Work& work, Expected<void>& result);
  bool is_open() const;
  Expected<void> still_open(const Expected<void>& result) const;
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void gather(std::unique_lock<std::mutex>& lock);
  void bring_log_over();

  Database db_;
  Log log_{db_};
  server::Lane& answers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Round queue_;
  std::atomic<std::size_t> waiting_{0};
  bool stopping_ = false;
  bool resting_ = false;        ///< the ledger's thread is to be woken when something comes
  std::size_t last_round_ = 0;  ///< how many pieces it had
  std::thread thread_;
};

}  // namespace tongban::store
