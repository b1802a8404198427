// The store of a node: work is queued, run on the ledger's own thread, and answered only after it is durable.
//
// All work that waits is committed in one transaction (group commit); a piece that fails leaves nothing behind and
// disturbs no other. For that the pieces may be run once more: what one does outside the transaction must bear it, and
// only its last run counts. `done` is called through the lane given to the engine (the network thread), and for a write
// only after the commit has been synced.
#pragma once

#include <functional>
#include <memory>
#include <chrono>
#include <utility>

#include "server/ports/measures.h"
#include "server/ports/transaction.h"

namespace tongban::server {

class Ledger {
 public:
  using Work = std::function<Expected<void>(Transaction&)>;
  using Done = std::function<void(Expected<void>)>;

  virtual ~Ledger() = default;
  /// May be called from any thread.
  virtual void write(Work work, Done done) = 0;
  /// Sees only what is committed; may not write.
  virtual void read(Work work, Done done) = 0;
  /// Writes and waits; for the start and for commands, never from a lane that answers.
  virtual Expected<void> write_now(const Work& work) = 0;
  /// Reads and waits; for commands. All of it is seen as of one moment, and keeps no writer waiting.
  virtual Expected<void> read_now(const Work& work) = 0;
  /// How many pieces of work wait, for the limit before collapse.
  virtual std::size_t waiting() const = 0;
  /// False while the database is known to be away: what comes is refused until it is found again. From any thread.
  virtual bool reachable() const { return true; }
  /// From any thread.
  const StoreMeasures& measures() const { return measures_; }

 protected:
  StoreMeasures measures_;
};

namespace detail {

template <typename Result, typename Run, typename Step, typename Then>
void with_result(Run run, Step step, Then then) {
  auto result = std::make_shared<std::optional<Result>>();
  run(
      [result, step = std::move(step)](Transaction& tx) mutable -> Expected<void> {
        TRY(*result, step(tx));
        return {};
      },
      [result, then = std::move(then)](Expected<void> ended) mutable {
        if (!ended) then(Expected<Result>(ended.error()));
        else then(Expected<Result>(std::move(**result)));
      });
}

}  // namespace detail

/// `step` gives an Expected<Result>; `then` gets it, or the error of the step or of the commit.
template <typename Result, typename Step, typename Then>
void write(Ledger& ledger, Step step, Then then) {
  detail::with_result<Result>([&](auto work, auto done) { ledger.write(std::move(work), std::move(done)); },
                              std::move(step), std::move(then));
}

template <typename Result, typename Step, typename Then>
void read(Ledger& ledger, Step step, Then then) {
  detail::with_result<Result>([&](auto work, auto done) { ledger.read(std::move(work), std::move(done)); },
                              std::move(step), std::move(then));
}

}  // namespace tongban::server
