// The door of the node: accepts connections, with or without TLS, and keeps their time.
//
// Owns the sessions' common parts (`Service`). All of it lives on the thread that runs `io`; a reply that is
// ready on another thread is posted there by whoever made it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "server/http/limits.h"
#include "server/http/metrics.h"
#include "server/http/rate.h"
#include "server/http/router.h"
#include "server/http/session.h"
#include "server/tls/contexts.h"

namespace tongban::http {

/// A connection, as the sweeper and the shutdown see it.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Called when its deadline has passed: closes, or answers 408 where a request was under way.
  virtual void expire() = 0;
  /// Ends the connection, after the answer that is under way, if there is one.
  virtual void wind_down() = 0;
  /// Ends it at once.
  virtual void end() = 0;
  std::int64_t deadline_ms = 0;  ///< of the steady clock
};

/// What every session needs; outlives them all.
struct Service {
  Router router;
  Limits limits;
  Metrics metrics;
  std::function<Instant()> now;
  TokenBuckets usual{50, 400}, submissions{1, 120};
  TokenBuckets materials{0, 0};  ///< of octets
  std::unordered_set<Connection*> connections;
  OpenConnections addresses;
  bool secure = false;
  bool winding_down = false;
  /// Tells the operator that something was answered 500: "GET /api/v1/cases/{}", "store.failed".
  std::function<void(std::string_view route, std::string_view code)> failed = [](std::string_view, std::string_view) {};
  /// Too much waits for the store, or for the files: whatever needs it is answered 429, before it collapses.
  std::function<bool(Needs)> crowded = [](Needs) { return false; };
  bool read_only = false;  ///< changes by residents and staff are answered 503: the node is being restored
};

class Listener {
 public:
  Listener(boost::asio::io_context& io, Service& service);
  ~Listener();

  /// Binds and begins to accept; port 0 takes a free one. Without a context it speaks plain HTTP.
  Expected<void> open(const std::string& address, std::uint16_t port, tls::Context tls);
  /// For whoever connects from now on: a renewed certificate.
  void renew(tls::Context tls) { tls_ = std::move(tls); }
  std::uint16_t port() const { return port_; }
  /// Stops accepting, lets answers under way finish, then closes what is left.
  void close();

 private:
  void accept();
  void accepted(Socket socket);
  void sweep();
  void finish();
  void for_each_open(const std::function<void(Connection&)>& act);

  boost::asio::io_context& io_;
  Service& service_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer sweeper_;
  tls::Context tls_;
  std::uint16_t port_ = 0;
  std::int64_t last_call_ms_ = 0;
};

/// Fills the buckets' rates from the limits; called once before the listener opens.
void apply_limits(Service& service);
std::int64_t steady_ms();
/// No connection can be accepted until something else ends: asked again at once, the kernel says the same.
bool is_shortage(boost::system::error_code failed);

}  // namespace tongban::http
