#include "server/exchange/peer_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <algorithm>
#include <optional>

namespace tongban::exchange {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t idle_connections = 128;  ///< as many as the courier has letters under way
constexpr std::uint64_t largest_answer = 1024 * 1024;  ///< it may list every file that a full case names

}  // namespace

Expected<PeerAddress> PeerAddress::read(const std::string& text) {
  PeerAddress address;
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    address.secure = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return Error(peer_errors::BadAddress, text);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto colon = rest.rfind(':');
  const bool has_port = colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos;
  address.host = rest.substr(0, has_port ? colon : std::string_view::npos);
  address.port = has_port ? std::string(rest.substr(colon + 1)) : address.secure ? "443" : "80";
  if (address.host.starts_with('[') && address.host.ends_with(']')) address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty() || address.port.empty() || address.host.find('/') != std::string::npos)
    return Error(peer_errors::BadAddress, text);
  return address;
}

/// One connection, one request at a time.
class PeerConnection : public std::enable_shared_from_this<PeerConnection> {
 public:
  PeerConnection(PeerClient& client, Peer peer, PeerAddress to)
      : client_(client), peer_(std::move(peer)), to_(std::move(to)), resolver_(client.io_), timer_(client.io_), socket_(client.io_) {
    if (to_.secure) tls_.emplace(socket_, *client.tls_);
  }
  const Peer& peer() const { return peer_; }

  void post(const std::string& path, Bytes body, PeerClient::Done done);
  void close() {
    error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    socket_.close(ignored);
  }

 private:
  void connect();
  void connected();
  void shake_hands();
  void recognise();
  void send();
  void receive();
  void ended(const ErrorCode* code, const error_code& why);
  /// It was a line of before, and nothing has come: the peer had left it, and may be there on a new one.
  bool was_left() const { return reused_ && !silent_ && !client_.closed_ && buffer_.size() == 0 && !(parser_ && parser_->got_some()); }
  template <typename Then>
  auto then(const ErrorCode& code, Then next) {
    return [self = shared_from_this(), &code, next](error_code failed, auto&&...) {
      if (failed) return self->ended(&code, failed);
      (self.get()->*next)();
    };
  }

  PeerClient& client_;
  Peer peer_;
  PeerAddress to_;
  tcp::resolver resolver_;
  asio::steady_timer timer_;
  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;  ///< nothing where the line is plain
  boost::beast::flat_buffer buffer_;
  http::request<http::vector_body<std::uint8_t>> request_;
  std::optional<http::response_parser<http::vector_body<std::uint8_t>>> parser_;
  PeerClient::Done done_;
  bool open_ = false, reused_ = false;
  bool silent_ = false;   ///< the peer had its time
};

void PeerConnection::post(const std::string& path, Bytes body, PeerClient::Done done) {
  done_ = std::move(done);
  request_ = {http::verb::post, path, 11};
  request_.set(http::field::host, to_.host + ':' + to_.port);
  request_.set(http::field::content_type, "application/octet-stream");
  request_.set(http::field::user_agent, "tongban");
  request_.body() = std::move(body);
  request_.prepare_payload();
  timer_.expires_after(client_.patience_.with(request_.body().size()));
  timer_.async_wait([weak = weak_from_this()](error_code stopped) {
    const auto self = weak.lock();
    if (!self || stopped) return;
    self->silent_ = true;
    self->close();
  });
  reused_ = open_;
  if (open_) return send();
  connect();
}

void PeerConnection::connect() {
  resolver_.async_resolve(to_.host, to_.port, [self = shared_from_this()](error_code failed, const tcp::resolver::results_type& found) {
    // A name that is being looked up can't be cancelled: its time may be over by then.
    if (self->silent_ || self->client_.closed_) failed = asio::error::timed_out;
    if (failed) return self->ended(&peer_errors::Unreachable, failed);
    const auto is_here = [](const auto& entry) { return entry.endpoint().address().is_loopback(); };
    if (!self->to_.secure && !std::all_of(found.begin(), found.end(), is_here)) return self->ended(&peer_errors::BadAddress, {});
    asio::async_connect(self->socket_, found, self->then(peer_errors::Unreachable, &PeerConnection::connected));
  });
}

void PeerConnection::connected() {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  open_ = true;
  if (to_.secure) return shake_hands();
  send();
}

void PeerConnection::shake_hands() {
  error_code no_number;
  asio::ip::make_address(to_.host, no_number);
  // RFC 6066, section 3: the name that a server is asked for is never an address.
  if (no_number) SSL_set_tlsext_host_name(tls_->native_handle(), to_.host.c_str());
  tls_->set_verify_callback(asio::ssl::host_name_verification(to_.host), no_number);
  tls_->async_handshake(asio::ssl::stream_base::client, then(peer_errors::Unreachable, &PeerConnection::recognise));
}

void PeerConnection::recognise() {
  if (tls::node_of(tls_->native_handle()) != peer_.node.text()) return ended(&peer_errors::OtherNode, {});
  send();
}

void PeerConnection::send() {
  auto next = then(peer_errors::Broken, &PeerConnection::receive);
  if (tls_) http::async_write(*tls_, request_, std::move(next));
  else http::async_write(socket_, request_, std::move(next));
}

void PeerConnection::receive() {
  parser_.emplace();
  parser_->body_limit(largest_answer);
  auto finished = [self = shared_from_this()](error_code failed, std::size_t) { self->ended(failed ? &peer_errors::Broken : nullptr, failed); };
  if (tls_) http::async_read(*tls_, buffer_, *parser_, std::move(finished));
  else http::async_read(socket_, buffer_, *parser_, std::move(finished));
}

void PeerConnection::ended(const ErrorCode* code, const error_code& why) {
  timer_.cancel();
  auto done = std::exchange(done_, nullptr);
  if (!done) return;
  if (code) {
    close();
    if (was_left()) return client_.post_anew(peer_, std::string(request_.target()), std::move(request_.body()), std::move(done));
    return done(Error(*code, peer_.address, why ? why.message() : std::string()));
  }
  PeerAnswer answer{parser_->get().result_int() > 0 ? static_cast<int>(parser_->get().result_int()) : 0, std::move(parser_->get().body())};
  const bool keep = parser_->get().keep_alive();
  parser_.reset();
  if (keep) client_.keep(shared_from_this());
  done(std::move(answer));
}

PeerClient::PeerClient(asio::io_context& io, tls::Context tls, std::chrono::steady_clock::duration silence, Patience patience)
    : io_(io), tls_(std::move(tls)), silence_(silence), patience_(patience) {}

PeerClient::~PeerClient() = default;

void PeerClient::renew(tls::Context tls) {
  tls_ = std::move(tls);
  idle_.clear();
}

void PeerClient::post(const Peer& peer, const std::string& path, Bytes body, Done done) {
  forget_silent();
  const auto waiting = idle_.find(peer);
  if (waiting == idle_.end()) return post_anew(peer, path, std::move(body), std::move(done));
  const auto connection = std::move(waiting->second.back().connection);
  waiting->second.pop_back();
  if (waiting->second.empty()) idle_.erase(waiting);
  note_busy(connection);
  connection->post(path, std::move(body), std::move(done));
}

/// On a new line: there was none, or it turned out to have been left; then the others have been, too.
void PeerClient::post_anew(const Peer& peer, const std::string& path, Bytes body, Done done) {
  idle_.erase(peer);
  auto to = PeerAddress::read(peer.address);
  if (!to || closed_) return done(to ? Error(peer_errors::Unreachable, peer.address) : to.error());
  if (to->secure && !tls_) return done(Error(peer_errors::NoCertificate, peer.address));
  auto connection = std::make_shared<PeerConnection>(*this, peer, std::move(*to));
  note_busy(connection);
  connection->post(path, std::move(body), std::move(done));
}

/// Those whose call has failed are gone, and would else keep their memory for ever.
void PeerClient::note_busy(const std::shared_ptr<PeerConnection>& connection) {
  std::erase_if(busy_, [](const auto& weak) { return weak.expired(); });
  busy_.push_back(connection);
}

void PeerClient::forget_silent() {
  const auto since = std::chrono::steady_clock::now() - silence_;
  for (auto of_peer = idle_.begin(); of_peer != idle_.end();) {
    auto& waiting = of_peer->second;
    waiting.erase(waiting.begin(), std::find_if(waiting.begin(), waiting.end(), [&](const Idle& idle) { return idle.since > since; }));
    of_peer = waiting.empty() ? idle_.erase(of_peer) : std::next(of_peer);
  }
}

void PeerClient::keep(std::shared_ptr<PeerConnection> connection) {
  std::erase_if(busy_, [&](const auto& weak) { return weak.expired() || weak.lock() == connection; });
  if (closed_) return;
  auto& waiting = idle_[connection->peer()];
  if (waiting.size() < idle_connections) waiting.push_back({std::move(connection), std::chrono::steady_clock::now()});
}

void PeerClient::close() {
  closed_ = true;
  idle_.clear();
  for (const auto& weak : busy_)
    if (const auto connection = weak.lock()) connection->close();
  busy_.clear();
}

}  // namespace tongban::exchange
