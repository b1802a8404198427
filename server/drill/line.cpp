#include "server/drill/line.h"

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>

namespace tongban::drill {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::uint64_t longest_answer = 8 << 20;

http::request<http::string_body> message_of(const Request& request) {
  http::request<http::string_body> message;
  message.method_string(request.method);
  message.target(request.path);
  message.version(11);
  message.set(http::field::host, "127.0.0.1");
  for (std::size_t at = 0; at < request.headers.size();) {
    const auto end = request.headers.find("\r\n", at), colon = request.headers.find(": ", at);
    message.insert(request.headers.substr(at, colon - at), request.headers.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  if (!request.body.empty()) message.set(http::field::content_type, "application/json");
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

}  // namespace

struct Line::Connection {
  explicit Connection(std::uint16_t port) : node(asio::ip::address_v4::loopback(), port) {}

  /// Runs what has been begun, to its end or to the stream's.
  void finish() {
    io.restart();
    io.run();
  }

  bool connect(std::chrono::milliseconds most) {
    stream.emplace(io);
    stream->expires_after(most);
    error_code failed;
    stream->async_connect(node, [&](error_code ended) { failed = ended; });
    finish();
    if (!failed) stream->socket().set_option(tcp::no_delay(true), failed);
    if (failed) stream.reset();
    return stream.has_value();
  }

  tcp::endpoint node;
  asio::io_context io;
  std::optional<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
};

Line::Line(std::uint16_t port) : connection_(std::make_unique<Connection>(port)) {}
Line::Line(Line&&) noexcept = default;
Line::~Line() = default;

Answer Line::ask(const Request& request, std::chrono::milliseconds most) {
  auto& line = *connection_;
  if (!line.stream && !line.connect(most)) return {};
  const auto message = message_of(request);
  http::response_parser<http::string_body> parser;
  parser.body_limit(longest_answer);
  error_code failed;
  line.buffer.clear();
  line.stream->expires_after(most);
  http::async_write(*line.stream, message, [&](error_code ended, std::size_t) {
    if ((failed = ended)) return;
    http::async_read(*line.stream, line.buffer, parser, [&](error_code read, std::size_t) { failed = read; });
  });
  line.finish();
  const bool over = failed || !parser.get().keep_alive();
  if (over) line.stream.reset();
  if (failed) return {};
  return {parser.get().result_int(), std::move(parser.get().body())};
}

}  // namespace tongban::drill
