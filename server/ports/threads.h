// Who runs what: the network thread answers, the ledger's thread writes, and one slow lane does what takes
// long (hashing a password, syncing a photograph), so that nobody waits behind it.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

namespace tongban::server {

using Task = std::function<void()>;

/// Runs tasks on some other thread, in order.
class Lane {
 public:
  virtual ~Lane() = default;
  virtual void run(Task task) = 0;
};

/// For commands, drills and tests, which take an answer on whatever thread has it: runs a task where it is handed over.
class HereLane final : public Lane {
 public:
  void run(Task task) override { task(); }
};

/// What takes a while and belongs on the network thread all the same: one piece each turn of its loop, so that whatever else
/// is ready there, answers above all, goes out in between. In order, and at once where none has gone before in this turn.
/// On the network thread only.
class Turns {
 public:
  explicit Turns(Lane& network) : network_(network) {}
  void run(Task task) {
    if (taken_) return tasks_.push_back(std::move(task));
    take(task);
  }
  std::size_t waiting() const { return tasks_.size(); }

 private:
  void take(const Task& task) {
    taken_ = true;
    network_.run([this] { next(); });
    task();
  }
  void next() {
    taken_ = false;
    if (tasks_.empty()) return;
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    take(task);
  }

  Lane& network_;
  std::deque<Task> tasks_;
  bool taken_ = false;
};

}  // namespace tongban::server
