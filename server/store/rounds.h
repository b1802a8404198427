// The pieces of work that wait for a store, and the thread that plays them round by round.
//
// What is the same whichever database keeps the rows: take everything that waits (and, where many come, what follows at
// once), have the engine play it, let the answers go. The thread is the engine's only one; it ends with this object,
// after what still waits.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "server/ports/ledger.h"
#include "server/ports/threads.h"

namespace tongban::store {

enum class Kind : bool { Read, Write };

struct Job {
  Kind kind;
  server::Ledger::Work work;
  server::Ledger::Done done;
  bool answered_here = false;  ///< on the round's own thread, since the one that waits may be the lane's
};
using Round = std::deque<Job>;
using Results = std::vector<Expected<void>>;

bool has(const Round& round, Kind kind);
/// Nothing of the round is kept.
void fail_writes(const Round& round, Results& results, const Error& error);

/// A database as the rounds see it; called on their thread only.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Runs every piece, and puts how it ended into the result of the same place: a write's is good once it is durable.
  virtual void play(Round& round, Results& results) = 0;
  /// After each round, while others may wait.
  virtual void after_round() {}
  /// For how long nobody must have come before `upkeep`; nothing: there is none to do.
  virtual std::optional<std::chrono::milliseconds> upkeep_after() const { return std::nullopt; }
  virtual void upkeep() {}
  /// Nobody will come any more.
  virtual void finish() {}
};

class Rounds {
 public:
  /// `engine` outlives this; `answers` runs the `done` functions.
  Rounds(Engine& engine, server::Lane& answers);
  ~Rounds();
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

  /// From any thread.
  void push(Job job);
  /// Plays it and waits.
  Expected<void> play_now(Kind kind, const server::Ledger::Work& work);
  std::size_t waiting() const { return waiting_; }

 private:
  void loop();
  void play(Round round);
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void gather(std::unique_lock<std::mutex>& lock);

  Engine& engine_;
  server::Lane& answers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Round queue_;
  std::atomic<std::size_t> waiting_{0};
  bool stopping_ = false;
  bool resting_ = false;        ///< the thread is to be woken when something comes
  std::size_t last_round_ = 0;  ///< how many pieces it had
  std::thread thread_;
};

}  // namespace tongban::store
