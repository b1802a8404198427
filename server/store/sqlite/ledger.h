// The ledger over SQLite: one thread with one connection does all the writing.
//
// A round: BEGIN, all writes, COMMIT (synced), then the reads, as of one moment. Where a write fails after it has changed something, the
// round is played anew with each write in a savepoint. Between rounds the log comes into the database in small steps: as
// soon as nobody waits, or, where many come, in a lull or when a step's worth has gathered. A failed sync ends the process:
// what the kernel has dropped can't be written by trying again.
#pragma once

#include <filesystem>
#include <memory>

#include "server/store/rounds.h"
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
/// What somebody who reads for long has made it longer by is cut off when it begins again: the next start writes all of it anew.
inline constexpr std::uint64_t longest_log = 4 * usual_log;

class SqliteLedger final : public server::Ledger, private Engine {
 public:
  /// Opens or makes the file and brings its schema up to date. `answers` runs the `done` functions.
  /// At its end it finishes what waits, makes a last checkpoint, closes.
  static Expected<std::unique_ptr<SqliteLedger>> open(const std::filesystem::path& file, server::Lane& answers, Room room = {});

  void write(Work work, Done done) override { rounds_.push({Kind::Write, std::move(work), std::move(done)}); }
  void read(Work work, Done done) override { rounds_.push({Kind::Read, std::move(work), std::move(done)}); }
  std::size_t waiting() const override { return rounds_.waiting(); }
  Expected<void> write_now(const Work& work) override { return rounds_.play_now(Kind::Write, work); }
  Expected<void> read_now(const Work& work) override { return rounds_.play_now(Kind::Read, work); }

 private:
  SqliteLedger(Database db, server::Lane& answers) : db_(std::move(db)), rounds_(*this, answers) {}
  void play(Round& round, Results& results) override;
  void after_round() override;
  std::optional<std::chrono::milliseconds> upkeep_after() const override;
  void upkeep() override;
  void finish() override;

  Expected<void> play_writes(Round& round, Results& results);
  void play_reads(Round& round, Results& results);
  Expected<void> begin(const char* how);
  Expected<bool> play_together(Round& round, Results& results);
  Expected<void> play_apart(Round& round, Results& results);
  Expected<void> in_savepoint(const Work& work, Expected<void>& result);
  bool is_open() const;
  Expected<void> still_open(const Expected<void>& result) const;

  Database db_;
  Log log_{db_};
  std::size_t last_round_ = 0;  ///< how many pieces it had
  Rounds rounds_;  ///< last: its thread uses all the others
};

}  // namespace tongban::store
