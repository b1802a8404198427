#include "server/node/lanes.h"

#include <sys/prctl.h>

namespace tongban::server {

SlowLane::SlowLane() : thread_([this] { loop(); }) {}

SlowLane::~SlowLane() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SlowLane::run(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

std::size_t SlowLane::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void SlowLane::loop() {
  ::prctl(PR_SET_NAME, "slow");
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

}  // namespace tongban::server
