// Takes away materials that no case names: anybody may bring one, and what is never handed in would fill the disk for all.
//
// Once a day, in small steps. Which files are old is read shelf by shelf on the slow lane; then every copy of a case is gone
// through, some at a time between other people's pieces of work, and whatever its rows mention in any form is kept: all 32
// octets of a digest, wherever they stand, so that neither an older nor a newer format can hide one. A row that is written
// meanwhile is no danger: its step has asked for its files (server::OldMaterials). When anything can't be read, nothing is taken.
#pragma once

#include <boost/asio/io_context.hpp>
#include <bitset>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>

#include "server/ports/node.h"

namespace tongban::server {

/// Old materials, until something mentions them.
class Unnamed {
 public:
  void add(const crypto::Digest& digest);
  /// Whatever stands anywhere in these octets is named.
  void strike_mentioned(ByteView octets);
  bool empty() const { return old_.empty(); }
  std::size_t size() const { return old_.size(); }
  std::vector<crypto::Digest> take();

 private:
  std::unordered_multimap<std::uint64_t, crypto::Digest> old_;  ///< by the first eight octets
  std::bitset<65'536> begun_;                                   ///< which two octets one of them begins with
};

/// Lives on the network thread.
class MaterialSweep {
 public:
  /// `kept` for so long after they came. `done` hears how many were taken away, each time.
  /// `most`: old materials that are looked for at once, about 70 octets of memory each; the next sweep goes on behind them.
  MaterialSweep(boost::asio::io_context& io, Node& node, OldMaterials& materials, std::chrono::hours kept, std::function<void(std::size_t)> done,
                std::size_t most = 400'000);

  /// From now on, once a day.
  void start();
  /// One sweep now, unless one is under way.
  void sweep();
  void stop();

 private:
  struct Round;
  using Step = void (MaterialSweep::*)(std::shared_ptr<Round>);
  void wait_to_sweep(std::chrono::minutes time);
  void look_for_old(std::shared_ptr<Round> round);
  void look_at_cases(std::shared_ptr<Round> round);
  void looked_at(std::shared_ptr<Round> round, const std::optional<usecases::CaseKey>& last);
  void discard_next(std::shared_ptr<Round> round);
  void after_pause(Step step, std::shared_ptr<Round> round);
  void end(std::size_t discarded);

  Node& node_;
  OldMaterials& materials_;
  std::chrono::hours kept_;
  std::function<void(std::size_t)> done_;
  boost::asio::steady_timer daily_, pause_;
  std::size_t most_;
  std::size_t next_shelf_ = 0;  ///< where the next sweep begins
  bool under_way_ = false, stopped_ = false;
};

}  // namespace tongban::server
