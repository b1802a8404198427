// After a restore from a backup: asking all other nodes for what has happened since, and answering when another asks.
//
// Both sides live on the network thread. The one that was restored keeps its public door closed to changes meanwhile:
// what it wrote on the old state would contradict what is still on its way to it.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <map>
#include <set>

#include "server/exchange/peer_client.h"
#include "server/ports/node.h"
#include "shared/usecases/healing.h"

namespace tongban::exchange {

/// Writes a Recollection of each case of one page that is shared with the asking centre and has changed since. The answer, once
/// they are durable, is a wire::RecallPage. Stranger, and what wire::read_recall can find.
void take_recall(server::Node& node, server::Caller caller, Bytes recall, std::function<void(Expected<Bytes>)> done);

class Recall {
 public:
  /// Nodes in `without` are not asked: they will not come back, or have nothing.
  Recall(boost::asio::io_context& io, server::Node& node, PeerClient& peers, Instant since, const std::set<NodeId>& without);

  /// Asks, again and again; `done` is called once, when everybody has answered, all the letters that they named have come, and
  /// every case has gone on from there: with how many files, counted case by case, that no disk has any more.
  void start(std::function<void(std::size_t lost_files)> done);
  void stop();

 private:
  void ask_next();
  void answered(Expected<wire::RecallPage> page);
  void look_for(std::vector<EnvelopeId> announced);
  void ask_whoever_put_it_off();
  void ask_later();
  void after(std::chrono::seconds pause, std::function<void()> step);
  void came(const EnvelopeId& letter);
  void wait_for_the_rest();
  void resume(const usecases::CaseKey& after_key);
  void finish();

  server::Node& node_;
  PeerClient& peers_;
  boost::asio::steady_timer timer_;
  Instant since_;
  std::map<NodeId, Peer> others_;
  usecases::Healing healing_;
  std::chrono::steady_clock::time_point last_came_ = std::chrono::steady_clock::now();
  std::size_t lost_files_ = 0;
  bool resuming_ = false;
  std::function<void(std::size_t lost_files)> done_;
};

}  // namespace tongban::exchange
