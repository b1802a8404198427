#include "server/store/rounds.h"

#include <sys/prctl.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace tongban::store {
namespace {

constexpr std::size_t longest_round = 256;  ///< more than 64 rows a commit gain little, and the first waits longer
constexpr std::size_t enough = 16;            ///< pieces for which nobody is kept waiting; with 64 the two threads would take turns
constexpr std::chrono::microseconds moment{100};  ///< for the next ones to come
constexpr unsigned long timer_slack_ns = 1'000;    ///< the usual one would make each moment half as long again

}  // namespace

bool has(const Round& round, Kind kind) {
  return std::any_of(round.begin(), round.end(), [kind](const Job& job) { return job.kind == kind; });
}

void fail_writes(const Round& round, Results& results, const Error& error) {
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].kind == Kind::Write) results[i] = error;
}

Rounds::Rounds(Engine& engine, server::Lane& answers) : engine_(engine), answers_(answers), thread_([this] { loop(); }) {}

Rounds::~Rounds() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Rounds::push(Job job) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
    ++waiting_;
    if (!std::exchange(resting_, false)) return;
  }
  wake_.notify_one();
}

Expected<void> Rounds::play_now(Kind kind, const server::Ledger::Work& work) {
  std::mutex mutex;
  std::condition_variable ended;
  std::optional<Expected<void>> result;
  push({kind, work,
        [&](Expected<void> outcome) {
          const std::lock_guard lock(mutex);
          result = std::move(outcome);
          ended.notify_one();
        },
        true});
  std::unique_lock lock(mutex);
  ended.wait(lock, [&] { return result.has_value(); });
  return *result;
}

void Rounds::loop() {
  ::prctl(PR_SET_NAME, "ledger");
  ::prctl(PR_SET_TIMERSLACK, timer_slack_ns);
  std::unique_lock lock(mutex_);
  while (true) {
    wait_for_work(lock);
    if (queue_.empty()) break;
    gather(lock);
    Round round;
    while (!queue_.empty() && round.size() < longest_round) {
      round.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    lock.unlock();
    const auto size = last_round_ = round.size();
    play(std::move(round));
    engine_.after_round();
    waiting_ -= size;
    lock.lock();
  }
  lock.unlock();
  engine_.finish();
}

/// Until somebody waits, or the end; the engine's upkeep is done meanwhile.
void Rounds::wait_for_work(std::unique_lock<std::mutex>& lock) {
  resting_ = true;
  const auto called = [&] { return stopping_ || !queue_.empty(); };
  while (!called()) {
    const auto quiet = engine_.upkeep_after();
    if (!quiet) break;
    if (quiet->count() > 0 && wake_.wait_for(lock, *quiet, called)) return;
    lock.unlock();
    engine_.upkeep();
    lock.lock();
  }
  wake_.wait(lock, called);
  resting_ = false;
}

/// Where many came together last time, whoever was answered then is about to come again: a commit for each few of them
/// would cost all of them more than the moment that the first waits.
void Rounds::gather(std::unique_lock<std::mutex>& lock) {
  for (std::size_t seen = 0; last_round_ > 1 && seen < queue_.size() && queue_.size() < enough && !stopping_;) {
    seen = queue_.size();
    lock.unlock();
    std::this_thread::sleep_for(moment);
    lock.lock();
  }
}

void Rounds::play(Round round) {
  Results results(round.size());
  engine_.play(round, results);
  for (std::size_t i = 0; i < round.size(); ++i)
    if (round[i].answered_here) std::exchange(round[i].done, [](const Expected<void>&) {})(results[i]);
  answers_.run([round = std::make_shared<Round>(std::move(round)), results = std::move(results)] {
    for (std::size_t i = 0; i < results.size(); ++i) (*round)[i].done(results[i]);
  });
}

}  // namespace tongban::store
