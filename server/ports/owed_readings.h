// Readings that the store has no room for, until it has: on a full disk people go on looking at their cases, and every look
// is written down all the same, with the next thing that is. One of a node, for residents and staff alike.
//
// This one keeps them in memory; store/owed_file.h keeps them in room that was set aside on the disk, so that they outlive the
// process. From any thread.
#pragma once

#include <mutex>
#include <vector>

#include "server/ports/staff.h"

namespace tongban::server {

class OwedReadings {
 public:
  static constexpr std::size_t most = 10'000;

  virtual ~OwedReadings() = default;
  /// False: there is no room for them here either, and nothing that they tell of may be shown. Waits for the disk: never on the
  /// network thread.
  bool owe(const std::vector<Reading>& readings);
  /// What is owed, for one piece of work at a time: nothing while another is at it. Keeps nobody waiting.
  std::vector<Reading> begin_paying();
  /// Whether the work that began has written them. Waits for the disk.
  void ended_paying(bool written);

 protected:
  /// Durable when this returns true.
  virtual bool keep(const std::vector<Reading>&) { return true; }
  /// Nothing is owed any more.
  virtual void forget() {}

  std::vector<Reading> owed_;

 private:
  std::mutex mutex_;
  std::size_t paying_ = 0;  ///< so many of the first
};

}  // namespace tongban::server
