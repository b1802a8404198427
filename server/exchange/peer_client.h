// Posts octets to other nodes over HTTP, and keeps the connection for the next one. Over TLS both sides show a
// certificate, and the peer's must name the node that is meant. A plain line never leaves this machine.
//
// Lives on the network thread. A request that gets no whole answer in time counts as not sent; whoever asked
// sends again, since everything between nodes may come twice. What is larger has more time: else a photograph never got
// over a line that a letter passes.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/tls/contexts.h"
#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/base/id.h"

namespace tongban::exchange {

namespace peer_errors {
inline constexpr ErrorCode BadAddress{"peer.bad_address", "对方节点的地址不对。", "The peer's address is wrong."};
inline constexpr ErrorCode NoCertificate{"peer.no_certificate", "本节点还没有对外交换用的证书。",
                                         "This node has no certificate of its own for the exchange."};
inline constexpr ErrorCode OtherNode{"peer.other_node", "应答的不是目录里的节点。", "It is not the node of the directory that answers there."};
inline constexpr ErrorCode Unreachable{"peer.unreachable", "对方节点连不上。", "The peer cannot be reached."};
inline constexpr ErrorCode Broken{"peer.broken", "对方节点没有答完。", "The peer did not answer whole."};
}  // namespace peer_errors

/// "http://host:port" or "https://host:port", taken apart.
struct PeerAddress {
  bool secure = false;
  std::string host, port;
  static Expected<PeerAddress> read(const std::string& text);
};

/// Whom to call, as the directory says.
struct Peer {
  NodeId node;
  std::string address;
  friend auto operator<=>(const Peer&, const Peer&) = default;
};

/// How long connecting, sending and the answer may take together: so long for any request, and its octets' own time.
struct Patience {
  std::chrono::milliseconds any{20'000};
  std::uint64_t octets_a_second = 32 * 1024;  ///< a line that brings less is as good as none; 10 MB have 340 seconds

  std::chrono::milliseconds with(std::size_t octets) const { return any + std::chrono::milliseconds(octets * 1'000 / octets_a_second); }
};

struct PeerAnswer {
  int status = 0;
  Bytes body;
};

class PeerConnection;

class PeerClient {
 public:
  using Done = std::function<void(Expected<PeerAnswer>)>;

  /// Well below the time after which a node closes a silent line itself (http::Limits::idle).
  static constexpr std::chrono::seconds usual_silence{30};

  /// Without a context only plain lines to this machine itself are possible. A line that has been silent for longer than
  /// `silence` is not used again.
  PeerClient(boost::asio::io_context& io, tls::Context tls, std::chrono::steady_clock::duration silence = usual_silence, Patience wait = {});
  ~PeerClient();

  /// For connections from now on: a renewed certificate.
  void renew(tls::Context tls);
  void post(const Peer& peer, const std::string& path, Bytes body, Done done);
  /// Ends every connection; what was under way ends as Broken.
  void close();
  /// Calls under way, and at most one for each that has failed since the last.
  std::size_t busy() const { return busy_.size(); }

 private:
  friend class PeerConnection;
  struct Idle {
    std::shared_ptr<PeerConnection> connection;
    std::chrono::steady_clock::time_point since;
  };

  void keep(std::shared_ptr<PeerConnection> connection);
  void forget_silent();
  void note_busy(const std::shared_ptr<PeerConnection>& connection);
  void post_anew(const Peer& peer, const std::string& path, Bytes body, Done done);

  boost::asio::io_context& io_;
  tls::Context tls_;
  std::chrono::steady_clock::duration silence_;
  Patience patience_;
  std::map<Peer, std::vector<Idle>> idle_;  ///< of each, the longest silent first
  std::vector<std::weak_ptr<PeerConnection>> busy_;
  bool closed_ = false;
};

}  // namespace tongban::exchange
