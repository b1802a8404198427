// Posts octets to other nodes over HTTP, and keeps the connection for the next one.
//
// Lives on the network thread. A request that gets no whole answer in time counts as not sent; whoever asked
// sends again, since everything between nodes may come twice.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::exchange {

namespace peer_errors {
inline constexpr ErrorCode BadAddress{"peer.bad_address", "对方节点的地址不对。", "The peer's address is wrong."};
inline constexpr ErrorCode Unreachable{"peer.unreachable", "对方节点连不上。", "The peer cannot be reached."};
inline constexpr ErrorCode Broken{"peer.broken", "对方节点没有答完。", "The peer did not answer whole."};
}  // namespace peer_errors

/// "http://host:port" or "https://host:port", taken apart.
struct PeerAddress {
  bool secure = false;
  std::string host, port;
  static Expected<PeerAddress> read(const std::string& text);
};

struct PeerAnswer {
  int status = 0;
  Bytes body;
};

class PeerConnection;

class PeerClient {
 public:
  using Done = std::function<void(Expected<PeerAnswer>)>;

  /// `authority`: PEM file of who vouches for peers' certificates; empty: the system's.
  PeerClient(boost::asio::io_context& io, const std::string& authority);
  ~PeerClient();

  void post(const std::string& address, const std::string& path, Bytes body, Done done);
  /// Ends every connection; what was under way ends as Broken.
  void close();

 private:
  friend class PeerConnection;
  void keep(const std::string& address, std::shared_ptr<PeerConnection> connection);

  boost::asio::io_context& io_;
  boost::asio::ssl::context tls_;
  std::map<std::string, std::vector<std::shared_ptr<PeerConnection>>> idle_;
  std::vector<std::weak_ptr<PeerConnection>> busy_;
  bool closed_ = false;
};

}  // namespace tongban::exchange
