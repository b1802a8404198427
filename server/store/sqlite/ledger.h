// The ledger over SQLite: one thread with one connection does all the writing.
//
// A round: take everything that waits, BEGIN, each write in a savepoint, COMMIT (synced), then the reads, then
// the answers. Checkpoints happen between rounds, when nobody waits or the log has grown past its cap; the
// log's file is never truncated, since overwriting syncs twice as fast as appending. A failed sync ends the
// process: what the kernel has dropped can't be written by trying again.
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

namespace tongban::store {

class SqliteLedger final : public server::Ledger {
 public:
  /// Opens or makes the file and brings its schema up to date. `answers` runs the `done` functions. Beyond
  /// `largest_file` octets (0: the disk's own limit) writes fail with Full, and reads go on.
  static Expected<std::unique_ptr<SqliteLedger>> open(const std::filesystem::path& file, server::Lane& answers, std::uint64_t largest_file = 0);
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
  Expected<void> in_savepoint(const Work& work);
  void checkpoint(bool idle);

  Database db_;
  server::Lane& answers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Round queue_;
  std::atomic<std::size_t> waiting_{0};
  bool stopping_ = false;
  bool dirty_ = false;  ///< something was committed since the last checkpoint
  std::thread thread_;
};

}  // namespace tongban::store
