// After a restore from a backup: asking all other nodes for what has happened since, and answering when another asks.
//
// Both sides live on the network thread. The one that was restored keeps its public door closed to changes meanwhile:
// what it wrote on the old state would contradict what is still on its way to it.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <set>

#include "server/exchange/peer_client.h"
#include "server/ports/node.h"

namespace tongban::exchange {

/// Writes a Recollection of every case that is shared with the asking centre and has changed since. The answer, once
/// they are durable, is how many (u32). Stranger, and what wire::read_recall can find.
void take_recall(server::Node& node, server::Caller caller, Bytes recall, std::function<void(Expected<Bytes>)> done);

class Recall {
 public:
  /// Nodes in `without` are not asked: they will not come back, or have nothing.
  Recall(boost::asio::io_context& io, server::Node& node, PeerClient& peers, Instant since, std::set<NodeId> without);

  /// Asks, again and again; `done` is called once, when everybody has answered and all that they promised has come.
  void start(std::function<void()> done);
  void stop();

 private:
  struct Question {
    Peer peer;
    CentreId from;
  };

  void ask_next();
  void answered(const Question& question, const Expected<PeerAnswer>& answer);
  void came();
  void finish_if_all_came();

  server::Node& node_;
  PeerClient& peers_;
  boost::asio::steady_timer timer_;
  Instant since_;
  std::deque<Question> questions_;
  std::uint64_t promised_ = 0, came_ = 0;
  std::function<void()> done_;
};

}  // namespace tongban::exchange
