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

/// What a restored node could not be told.
struct Healed {
  std::size_t lost_files = 0;   ///< counted case by case: no disk has them any more
  std::size_t left_copies = 0;  ///< that could not go on from what was told, and are left as they are
};

class Recall {
 public:
  /// Nodes in `without` are not asked: they will not come back, or have nothing.
  Recall(boost::asio::io_context& io, server::Node& node, PeerClient& peers, Instant since, const std::set<NodeId>& without);

  /// Asks, again and again; `done` is called once, when everybody has answered, all the letters that they named have come, and
  /// every case has gone on from there.
  void start(std::function<void(const Healed&)> done);
  void stop();
  std::size_t open_questions() const { return healing_.open_questions(); }
  std::size_t expected_letters() const { return healing_.expected().size(); }

 private:
  void ask_next();
  void answered(const NodeId& asked, Expected<wire::RecallPage> page);
  void look_for(std::vector<EnvelopeId> announced);
  void ask_whoever_put_it_off();
  void ask_later(const NodeId& asked, const Error& why);
  void complain(const NodeId& asked, const Error& why);
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
  /// The operator is told once of each, and again after a while.
  struct Complaint {
    const ErrorCode* code = nullptr;
    std::chrono::steady_clock::time_point made_at;
  };
  std::map<NodeId, Complaint> complaints_;
  Healed healed_;
  bool asking_ = false, resuming_ = false;
  std::function<void(const Healed&)> done_;
};

}  // namespace tongban::exchange
