// An office's disk: what has been written, and how much of it a power cut leaves.
#pragma once

#include "tests/fakes/memory_store.h"

namespace tongban::journeys {

class Disk {
 public:
  /// Seen by the next piece of work, but not safe yet. False, and nothing written, when a row that may only be
  /// inserted is there already.
  bool write(const usecases::Batch& batch);
  void sync() { synced_ = journal_.size(); }
  bool is_synced() const { return synced_ == journal_.size(); }
  /// So many writes are safe.
  std::size_t synced() const { return synced_; }
  /// A power cut, or a commit that fails: whatever was not synced has never been.
  void lose_unsynced() { cut_to(synced_); }
  /// Another disk takes its place, with a backup made after so many writes.
  void restore(std::size_t writes) { cut_to(writes); }

  const fakes::MemoryStore& rows() const { return rows_; }
  /// Every write in its order.
  const std::vector<usecases::Batch>& journal() const { return journal_; }
  /// Rises with everything that happens to the rows.
  std::size_t changes() const { return changes_; }
  /// How often a step has tried to write what was there: a fault of the step.
  std::size_t clashes() const { return clashes_; }

 private:
  /// Back to the state after so many writes.
  void cut_to(std::size_t writes);

  std::vector<usecases::Batch> journal_;
  std::size_t synced_ = 0, clashes_ = 0, changes_ = 0;
  fakes::MemoryStore rows_;
};

}  // namespace tongban::journeys
