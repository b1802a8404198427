// The threads of a node besides the ledger's: the network's, which runs everything that answers, and the slow one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "server/ports/threads.h"

namespace tongban::server {

class NetworkLane final : public Lane {
 public:
  explicit NetworkLane(boost::asio::io_context& io) : io_(io) {}
  void run(Task task) override { boost::asio::post(io_, std::move(task)); }

 private:
  boost::asio::io_context& io_;
};

/// One thread: two password hashes at once would take twice 64 MB.
class SlowLane final : public Lane {
 public:
  SlowLane();
  /// Finishes what waits.
  ~SlowLane() override;
  void run(Task task) override;
  std::size_t waiting() const;

 private:
  void loop();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tongban::server
