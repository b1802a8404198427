#include "server/http/session.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "server/http/errors.h"
#include "server/http/head.h"
#include "server/http/listener.h"
#include "server/http/outgoing.h"
#include "server/http/status.h"

namespace tongban::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using TlsStream = asio::ssl::stream<Socket>;

constexpr std::size_t body_piece = 16 * 1024;
constexpr std::size_t first_read = 4 * 1024;  ///< an application with its head comes in one read
constexpr std::uint64_t small_file = 16 * 1024;  ///< goes out with its head, in one piece
constexpr int linger_ms = 2'000;
constexpr int place_comes_s = 5;  ///< for a large body
constexpr int crowd_passes_s = 1;

template <typename Stream>
constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

template <typename Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, std::string peer, Service& service) : stream_(std::move(stream)), service_(service), peer_(std::move(peer)) {
    service_.connections.insert(this);
    service_.addresses.opened(peer_);
    service_.metrics.connection_opened();
  }
  ~Session() override {
    service_.connections.erase(this);
    service_.addresses.closed(peer_);
    service_.metrics.connection_closed();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  void expire() override;
  void wind_down() override;
  void end() override { close(); }

  // For the answer on its way out.
  void going_out(std::uint64_t acknowledged);
  void written(error_code failed);

 private:
  enum class State : std::uint8_t { Idle, Head, Body, Work, Write, Linger, Closed };

  /// What is only there while a request is under way.
  struct Busy {
    beast::flat_buffer buffer;
    std::optional<beast::http::request_parser<beast::http::buffer_body>> parser;
    Request request;
    const Route* route = nullptr;
    std::shared_ptr<BodySink> sink;
    Bytes piece;  ///< of the body
    std::uint64_t received = 0;
    std::int64_t body_began_ms = 0;
    std::chrono::steady_clock::time_point began;
    bool keep_alive = false;
    bool body_unread = false;
    int status = 0;  ///< of the answer
    std::int64_t answer_began_ms = 0;
    std::uint64_t acknowledged = 0;  ///< octets of it, when last looked at
    std::optional<Outgoing<Stream, Session>> answer;
  };

  auto& socket() {
    if constexpr (is_tls<Stream>) return stream_.next_layer();
    else return stream_;
  }
  bool octets_waiting() {
    if (busy_ && busy_->buffer.size() > 0) return true;
    if constexpr (is_tls<Stream>) {
      // The first request often comes with the handshake's last words: then Asio has fed it to OpenSSL, and the socket
      // itself stays silent.
      auto* tls = stream_.native_handle();
      return SSL_has_pending(tls) == 1 || BIO_ctrl_pending(SSL_get_rbio(tls)) > 0;
    }
    return false;
  }
  /// What may be counted and logged of an address.
  std::string_view pattern() const { return busy_->route ? std::string_view(busy_->route->pattern) : "none"; }
  void enter(State state, std::chrono::milliseconds time) {
    state_ = state;
    deadline_ms = steady_ms() + time.count();
  }
  /// An octet now and then would else hold a connection for ever. `octets`: that have passed since it began.
  void keep_pace(State state, std::chrono::milliseconds time, std::uint64_t rate, std::int64_t began_ms, std::uint64_t octets) {
    enter(state, time);
    const auto at_that_rate = static_cast<std::int64_t>(octets * 1'000 / std::max<std::uint64_t>(rate, 1));
    deadline_ms = std::min(deadline_ms, began_ms + time.count() + at_that_rate);
  }

  void idle();
  void read_head();
  void on_head(error_code failed);
  void route_request();
  void begin_body();
  void read_body();
  void await_body();
  /// Whether more of the body is to come; else an answer is under way, or nobody is there.
  bool take_piece(error_code failed);
  void give_up_body(error_code failed);
  void call_handler();
  Reply make_reply();
  void refuse(int status, const Error& error, bool body_unread);
  void put_off(int status, const Error& error, int seconds, bool body_unread);
  void answer(Response response);
  bool reader_goes_on();
  void linger();
  void close();
  void reset();

  Stream stream_;
  Service& service_;
  std::string peer_;  ///< the client's address, as limits count it
  std::optional<std::string> node_;
  std::unique_ptr<Busy> busy_;
  State state_ = State::Idle;
  bool expired_ = false;
};

template <typename Stream>
void Session<Stream>::start() {
  enter(State::Idle, service_.limits.header_time);
  if constexpr (is_tls<Stream>) {
    stream_.async_handshake(asio::ssl::stream_base::server, [self = this->shared_from_this()](error_code failed) {
      if (failed) return;
      self->node_ = tls::node_of(self->stream_.native_handle());
      self->idle();
    });
  } else {
    idle();
  }
}

template <typename Stream>
void Session<Stream>::idle() {
  if (service_.winding_down) return close();
  if (octets_waiting()) return read_head();
  busy_.reset();
  enter(State::Idle, service_.limits.idle);
  socket().async_wait(Socket::wait_read, [self = this->shared_from_this()](error_code failed) {
    if (!failed && self->state_ == State::Idle) self->read_head();
  });
}

template <typename Stream>
void Session<Stream>::read_head() {
  auto kept = busy_ ? std::move(busy_->buffer) : beast::flat_buffer{};
  busy_ = std::make_unique<Busy>();
  busy_->buffer = std::move(kept);
  busy_->buffer.max_size(service_.limits.header_bytes + body_piece);
  busy_->buffer.reserve(std::min(first_read, busy_->buffer.max_size()));
  busy_->parser.emplace();
  busy_->parser->header_limit(static_cast<std::uint32_t>(service_.limits.header_bytes));
  busy_->parser->body_limit(boost::none);  // counted here, so that each route has its own limit
  busy_->began = std::chrono::steady_clock::now();
  enter(State::Head, service_.limits.header_time);
  beast::http::async_read_header(stream_, busy_->buffer, *busy_->parser,
                                 [self = this->shared_from_this()](error_code failed, std::size_t) { self->on_head(failed); });
}

template <typename Stream>
void Session<Stream>::on_head(error_code failed) {
  if (state_ == State::Closed) return;
  if (expired_) return refuse(408, errors::TimedOut, true);
  if (failed == beast::http::error::header_limit || failed == beast::http::error::buffer_overflow)
    return refuse(431, errors::HeadersTooLarge, true);
  if (failed == beast::http::error::bad_version) return refuse(505, errors::Version, true);
  if (failed == beast::http::error::end_of_stream || failed == beast::http::error::partial_message) return close();
  if (failed && failed.category() == make_error_code(beast::http::error::bad_target).category())
    return refuse(400, Error(errors::BadRequest, {}, failed.message()), true);
  if (failed) return close();
  auto& busy = *busy_;
  busy.keep_alive = busy.parser->get().keep_alive();
  busy.request.secure = is_tls<Stream>;
  busy.request.node = node_;
  busy.request.peer = peer_;
  const auto fault = read_request_head(busy.parser->get(), busy.request);
  if (!fault) return route_request();
  if (const int wait = toll(service_, nullptr, peer_)) return put_off(429, errors::TooMany, wait, true);
  refuse(fault->status, fault->error, true);
}

template <typename Stream>
void Session<Stream>::route_request() {
  auto& busy = *busy_;
  const bool has_body = busy.parser->chunked() || busy.parser->content_length().value_or(0) > 0;
  auto match = service_.router.find(busy.request.method, busy.request.path);
  busy.route = match.route;
  busy.request.captures = std::move(match.captures);
  if (const int wait = toll(service_, match.route, peer_)) return put_off(429, errors::TooMany, wait, has_body);
  if (!match.route) {
    if (match.allow.empty()) return refuse(404, errors::NotFound, has_body);
    auto response = problem(405, errors::MethodNotAllowed);
    response.with("Allow", match.allow);
    busy.body_unread = has_body;
    return answer(std::move(response));
  }
  const bool changes = busy.request.method != Method::Get && busy.request.method != Method::Head && match.route->touches_cases;
  if (service_.read_only && changes && busy.request.path.starts_with("/api/")) return put_off(503, errors::Restoring, 30, has_body);
  if (!has_body) return begin_body();
  if (match.route->body == BodyKind::None) return refuse(413, errors::TooLarge, true);
  if (busy.parser->content_length().value_or(0) > match.route->body_limit) return refuse(413, errors::TooLarge, true);
  if (match.route->body == BodyKind::Json && !is_json(busy.request.header("content-type")))
    return refuse(415, errors::UnsupportedType, true);
  const bool large = match.route->body != BodyKind::None && busy.parser->content_length().value_or(match.route->body_limit) > small_body;
  if (large && service_.crowded(match.route->needs)) return put_off(429, errors::TooMany, crowd_passes_s, true);
  if (match.route->places && large) {
    busy.request.place = match.route->places->take();
    if (!busy.request.place) return put_off(503, errors::Busy, place_comes_s, true);
  }
  begin_body();
}

template <typename Stream>
void Session<Stream>::begin_body() {
  auto& busy = *busy_;
  if (busy.route->open_sink) {
    auto sink = busy.route->open_sink(busy.request);
    if (!sink) return refuse(status_of(sink.error()), sink.error(), !busy.parser->is_done());
    busy.sink = *sink;
  }
  if (busy.parser->is_done()) return call_handler();
  busy.piece.resize(std::min<std::uint64_t>(busy.parser->content_length().value_or(body_piece), body_piece));
  busy.body_began_ms = steady_ms();
  await_body();
  // RFC 9110, section 10.1.1: a client of HTTP/1.0 would take the interim answer for the last.
  if (busy.parser->get().version() == 11 && beast::iequals(busy.request.header("expect"), "100-continue")) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(go_on), [self = this->shared_from_this()](error_code failed, std::size_t) {
      if (!failed) self->read_body();
    });
    return;
  }
  read_body();
}

// A loop, since a buffer full of chunks of one octet each is some thousand pieces.
template <typename Stream>
void Session<Stream>::read_body() {
  auto& busy = *busy_;
  while (true) {
    auto& body = busy.parser->get().body();
    body.data = busy.piece.data();
    body.size = busy.piece.size();
    body.more = true;
    if (busy.buffer.size() == 0) break;
    // What came along with the head needs no turn of the thread's own loop.
    error_code failed;
    busy.buffer.consume(busy.parser->put(busy.buffer.data(), failed));
    if (failed == beast::http::error::need_more) break;
    if (!take_piece(failed)) return;
  }
  beast::http::async_read_some(stream_, busy.buffer, *busy.parser, [self = this->shared_from_this()](error_code failed, std::size_t) {
    if (self->take_piece(failed)) self->read_body();
  });
}

template <typename Stream>
void Session<Stream>::await_body() {
  const auto& limits = service_.limits;
  keep_pace(State::Body, limits.body_time, limits.body_rate, busy_->body_began_ms, busy_->received);
}

template <typename Stream>
void Session<Stream>::give_up_body(error_code failed) {
  if (expired_) return refuse(408, errors::TimedOut, true);
  if (failed == beast::http::error::partial_message || failed == beast::http::error::end_of_stream) return close();
  if (failed.category() == make_error_code(beast::http::error::bad_target).category())
    return refuse(400, Error(errors::BadRequest, {}, failed.message()), true);
  close();
}

template <typename Stream>
bool Session<Stream>::take_piece(error_code failed) {
  if (state_ == State::Closed) return false;
  auto& busy = *busy_;
  if (failed == beast::http::error::need_buffer) failed = {};
  if (expired_ || failed) return give_up_body(failed), false;
  const std::size_t got = busy.piece.size() - busy.parser->get().body().size;
  busy.received += got;
  if (busy.received > busy.route->body_limit) return refuse(413, errors::TooLarge, true), false;
  if (busy.sink) {
    if (auto taken = busy.sink->write(ByteView(busy.piece.data(), got)); !taken)
      return refuse(status_of(taken.error()), taken.error(), !busy.parser->is_done()), false;
  } else if (busy.route->body == BodyKind::Binary) {
    busy.request.octets.insert(busy.request.octets.end(), busy.piece.begin(), busy.piece.begin() + static_cast<std::ptrdiff_t>(got));
  } else {
    busy.request.body.append(reinterpret_cast<const char*>(busy.piece.data()), got);
  }
  if (busy.parser->is_done()) return call_handler(), false;
  if (got > 0) await_body();
  return true;
}

template <typename Stream>
void Session<Stream>::call_handler() {
  auto& busy = *busy_;
  if (service_.crowded(busy.route->needs)) return put_off(429, errors::TooMany, crowd_passes_s, false);
  enter(State::Work, service_.limits.work_time);
  if (busy.route->open_sink) busy.route->handle_sink(std::move(busy.request), std::move(busy.sink), make_reply());
  else busy.route->handle(std::move(busy.request), make_reply());
}

template <typename Stream>
Reply Session<Stream>::make_reply() {
  return Reply([self = this->shared_from_this()](Response response) {
    // After 503 or a closed connection the late answer has no one left to hear it.
    if (self->state_ == State::Work) self->answer(std::move(response));
  });
}

template <typename Stream>
void Session<Stream>::refuse(int status, const Error& error, bool body_unread) {
  busy_->body_unread = body_unread;
  answer(problem(status, error));
}

template <typename Stream>
void Session<Stream>::put_off(int status, const Error& error, int seconds, bool body_unread) {
  busy_->body_unread = body_unread;
  auto response = problem(status, error);
  response.with("Retry-After", std::to_string(seconds));
  answer(std::move(response));
}

template <typename Stream>
void Session<Stream>::answer(Response response) {
  auto& busy = *busy_;
  if (busy.body_unread || service_.winding_down || expired_) response.close = true;
  if (response.close) busy.keep_alive = false;
  OpenFile file;
  if (!response.file.path.empty()) {
    file = OpenFile(response.file.path);
    if (!file.is_open()) response = problem(404, errors::NotFound);
  }
  if (file.is_open() && response.file.size <= small_file) {
    if (auto whole = file.read(response.file.size)) {
      response.body = std::move(*whole);
      file = OpenFile();
    }
  }
  busy.status = response.status;
  if (response.status == 500) service_.failed(std::string(to_text(method_of(busy.parser->get().method()))) + ' ' + std::string(pattern()), response.code);
  auto head = response_head(response, busy.keep_alive, service_.secure, service_.now());
  const bool head_only = busy.parser->get().method() == beast::http::verb::head || response.status == 204 || response.status == 304;
  if (head_only) busy.answer.emplace(stream_, std::move(head), std::string(), OpenFile(), 0);
  else busy.answer.emplace(stream_, std::move(head), std::move(response.body), std::move(file), response.file.size);
  busy.answer_began_ms = steady_ms();
  busy.answer->send(this->shared_from_this());
}

template <typename Stream>
void Session<Stream>::going_out(std::uint64_t acknowledged) {
  if (state_ == State::Closed) return;
  const auto& limits = service_.limits;
  busy_->acknowledged = acknowledged;
  keep_pace(State::Write, limits.write_time, limits.write_rate, busy_->answer_began_ms, acknowledged);
}

/// The kernel's own buffer may be full for long: then nothing is asked of this session, while the reader takes what is in there.
template <typename Stream>
bool Session<Stream>::reader_goes_on() {
  const auto before = busy_->acknowledged;
  going_out(busy_->answer->acknowledged());
  return busy_->acknowledged > before && deadline_ms > steady_ms();
}

template <typename Stream>
void Session<Stream>::written(error_code failed) {
  if (state_ == State::Closed) return;
  const auto took = std::chrono::steady_clock::now() - busy_->began;
  service_.metrics.answered(method_of(busy_->parser->get().method()), pattern(), busy_->status, std::chrono::duration_cast<std::chrono::microseconds>(took));
  if (failed) return close();
  if (busy_->keep_alive) return idle();
  linger();
}

// A client that is still sending would lose our answer to a reset: read on for a moment after the last word.
template <typename Stream>
void Session<Stream>::linger() {
  const bool unread = busy_->body_unread;
  error_code ignored;
  socket().shutdown(Socket::shutdown_send, ignored);
  if (!unread) return close();
  if (state_ != State::Linger) enter(State::Linger, std::chrono::milliseconds(linger_ms));
  busy_->piece.resize(body_piece);
  socket().async_read_some(asio::buffer(busy_->piece), [self = this->shared_from_this()](error_code failed, std::size_t) {
    if (failed || self->state_ != State::Linger) return self->close();
    self->linger();
  });
}

template <typename Stream>
void Session<Stream>::expire() {
  switch (state_) {
    case State::Head:
    case State::Body: {
      // The read ends with operation_aborted, and its handler answers 408.
      expired_ = true;
      error_code ignored;
      socket().cancel(ignored);
      deadline_ms = steady_ms() + service_.limits.header_time.count();
      return;
    }
    case State::Work: {
      auto response = problem(503, errors::Busy);
      response.close = true;
      response.with("Retry-After", "5");
      return answer(std::move(response));
    }
    case State::Write: {
      if (!reader_goes_on()) reset();
      return;
    }
    default: return close();
  }
}

template <typename Stream>
void Session<Stream>::wind_down() {
  if (state_ == State::Idle || state_ == State::Head || state_ == State::Linger) close();
}

template <typename Stream>
void Session<Stream>::close() {
  state_ = State::Closed;
  deadline_ms = steady_ms() + 3'600'000;
  error_code ignored;
  socket().close(ignored);
}

/// Closes, and has the kernel forget what it still holds: it would offer that to a reader who takes none for minutes more.
template <typename Stream>
void Session<Stream>::reset() {
  error_code ignored;
  socket().set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

}  // namespace

void start_session(Socket socket, std::string peer, Service& service) {
  std::make_shared<Session<Socket>>(std::move(socket), std::move(peer), service)->start();
}

void start_tls_session(Socket socket, std::string peer, asio::ssl::context& tls, Service& service) {
  std::make_shared<Session<TlsStream>>(TlsStream(std::move(socket), tls), std::move(peer), service)->start();
}

}  // namespace tongban::http
