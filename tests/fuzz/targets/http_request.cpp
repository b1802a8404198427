// A request's octets through Beast and our own reading of its head, its address, its query and its cookies.
#include <array>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "server/http/head.h"
#include "server/http/router.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;
namespace beast = boost::beast::http;

namespace {

http::Router routes() {
  http::Router router;
  const http::Handler none = [](http::Request, http::Reply) {};
  router.get("/api/v1/node", none);
  router.get("/api/v1/cases/{}", none);
  router.post("/api/v1/cases/{}/supplements", 1'000, none);
  router.post("/api/v1/submissions", 1'000, none);
  router.add({http::Method::Delete, "/api/v1/staff/session", http::BodyKind::None, 0, http::Toll::Usual, none, {}, {}});
  router.get("/files/*", none);
  router.otherwise(none);
  return router;
}

using Parser = beast::request_parser<beast::buffer_body>;

void look_at(const Parser& parser) {
  static const http::Router router = routes();
  http::Request request;
  if (const auto fault = http::read_request_head(parser.get(), request)) {
    return fuzzing::must(fault->status >= 400 && fault->status < 600, "a fault has a status");
  }
  fuzzing::must(request.path.starts_with('/'), "a path begins with a slash");
  const auto match = router.find(request.method, request.path);
  fuzzing::must(match.route || !match.allow.empty() || request.path.starts_with("/api/") || request.path.starts_with("/exchange/"),
                "a page is always answered");
  (void)request.parameter("list");
  (void)request.cookie("tongban");
  (void)http::is_json(request.header("content-type"));
}

/// The octets of a body in pieces, as a session takes them. False when it isn't whole, or no body.
bool read_body(Parser& parser, ByteView& input) {
  std::array<char, 64> piece;
  while (!parser.is_done()) {
    parser.get().body() = {piece.data(), piece.size(), true};
    boost::system::error_code failed;
    const std::size_t taken = parser.put(boost::asio::buffer(input.data(), input.size()), failed);
    const bool filled = parser.get().body().size < piece.size();
    input = input.subspan(taken);
    if (failed && failed != beast::error::need_buffer) return false;
    if (taken == 0 && !filled && !parser.is_done()) return false;
  }
  return true;
}

}  // namespace

// One connection: requests with their bodies, one behind the other.
FUZZ(input) {
  while (!input.empty()) {
    Parser parser;
    parser.header_limit(8 * 1'024);
    parser.body_limit(64 * 1'024);
    boost::system::error_code failed;
    input = input.subspan(parser.put(boost::asio::buffer(input.data(), input.size()), failed));
    if (!parser.is_header_done()) return;
    look_at(parser);
    if (!read_body(parser, input)) return;
  }
}
