#include "server/http/listener.h"

#include <csignal>

namespace tongban::http {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr ErrorCode CannotListen{"node.cannot_listen", "端口打不开。", "The port cannot be opened."};
constexpr std::chrono::milliseconds last_call{10'000};  ///< for answers under way when the node is stopped

}  // namespace

bool is_shortage(boost::system::error_code failed) {
  namespace errc = boost::system::errc;
  return failed == errc::too_many_files_open || failed == errc::too_many_files_open_in_system || failed == errc::no_buffer_space || failed == errc::not_enough_memory;
}

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void apply_limits(Service& service) {
  const auto& limits = service.limits;
  service.usual = TokenBuckets(limits.requests_per_second, limits.requests_burst);
  service.submissions = TokenBuckets(limits.submissions_per_minute / 60.0, limits.submissions_burst);
  const auto a_day = static_cast<double>(limits.materials_a_day);
  service.materials = TokenBuckets(a_day / (24 * 3600), a_day);
}

Listener::Listener(asio::io_context& io, Service& service)
    : io_(io), service_(service), acceptor_(io), sweeper_(io) {}

Listener::~Listener() = default;

Expected<void> Listener::open(const std::string& address, std::uint16_t port, tls::Context tls) {
  // sendfile has no MSG_NOSIGNAL, and a browser that goes away must not end the node.
  std::signal(SIGPIPE, SIG_IGN);
  tls_ = std::move(tls);
  service_.secure = tls_ != nullptr;
  boost::system::error_code failed;
  const auto ip = asio::ip::make_address(address, failed);
  if (failed) return Error(CannotListen, address, failed.message());
  const tcp::endpoint endpoint(ip, port);
  acceptor_.open(endpoint.protocol(), failed);
  if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(1024, failed);
  if (failed) return Error(CannotListen, address + ':' + std::to_string(port), failed.message());
  port_ = acceptor_.local_endpoint().port();
  accept();
  sweep();
  return {};
}

void Listener::accept() {
  acceptor_.async_accept(io_, [this](boost::system::error_code failed, Socket socket) {
    if (failed == asio::error::operation_aborted || service_.winding_down) return;
    if (!failed) accepted(std::move(socket));
    if (is_shortage(failed)) {
      // The waiting client stays in the kernel's queue until some connection ends.
      auto pause = std::make_shared<asio::steady_timer>(io_, std::chrono::milliseconds(100));
      pause->async_wait([this, pause](boost::system::error_code stopped) {
        if (!stopped && !service_.winding_down) accept();
      });
      return;
    }
    accept();
  });
}

void Listener::accepted(Socket socket) {
  boost::system::error_code gone, ignored;
  auto peer = counted_as(socket.remote_endpoint(gone).address());
  if (gone) return;
  // Too many: the newest is closed at once, so that those who are being served stay served.
  const auto& limits = service_.limits;
  if (service_.connections.size() >= limits.connections) return;
  if (limits.connections_per_address > 0 && service_.addresses.open(peer) >= limits.connections_per_address) return;
  socket.set_option(tcp::no_delay(true), ignored);
  if (tls_) start_tls_session(std::move(socket), std::move(peer), *tls_, service_);
  else start_session(std::move(socket), std::move(peer), service_);
}

void Listener::sweep() {
  sweeper_.expires_after(std::chrono::seconds(1));
  sweeper_.async_wait([this](boost::system::error_code stopped) {
    // A timer that was due already when it was cancelled says that it wasn't.
    if (stopped || service_.winding_down) return;
    const auto now = steady_ms();
    for_each_open([now](Connection& connection) {
      if (connection.deadline_ms <= now) connection.expire();
    });
    sweep();
  });
}

void Listener::close() {
  service_.winding_down = true;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  for_each_open([](Connection& connection) { connection.wind_down(); });
  last_call_ms_ = steady_ms() + last_call.count();
  finish();
}

// The timer also keeps the thread running while an answer is still with the ledger and nothing else is under way.
void Listener::finish() {
  if (service_.connections.empty()) return sweeper_.cancel(), void();
  if (steady_ms() > last_call_ms_) return for_each_open([](Connection& connection) { connection.end(); });
  sweeper_.expires_after(std::chrono::milliseconds(20));
  sweeper_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) finish();
  });
}

void Listener::for_each_open(const std::function<void(Connection&)>& act) {
  const std::vector<Connection*> open(service_.connections.begin(), service_.connections.end());
  for (auto* connection : open)
    if (service_.connections.contains(connection)) act(*connection);
}

}  // namespace tongban::http
