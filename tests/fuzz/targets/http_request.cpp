// A request's octets through Beast and our own reading of its head, its address, its query, its cookies, and of the fields that
// handlers look into.
#include <algorithm>
#include <array>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "server/http/handlers/case_key.h"
#include "server/http/handlers/piece.h"
#include "server/http/head.h"
#include "server/http/router.h"
#include "server/http/static_site.h"
#include "shared/casework/case_number.h"
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

bool is_in(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void look_at_forms(const http::Request& request) {
  static constexpr std::string_view etag = "\"aa-zstd\"";
  const auto codings = request.header("accept-encoding"), etags = request.header("if-none-match");
  if (http::accepts_coding(codings, "zstd")) fuzzing::must(is_in(codings, "zstd") || is_in(codings, "*"), "a coding is only sent to who names it");
  if (http::names_etag(etags, etag)) fuzzing::must(is_in(etags, etag) || is_in(etags, "*"), "only a form that is named is unchanged");
  fuzzing::must(http::names_etag(std::string(etags) + ", W/" + std::string(etag), etag), "a form is found behind whatever others");
}

void look_at_piece(const http::Request& request) {
  const auto place = http::piece_place_of(request);
  if (!place) return;
  const auto offset = request.header("upload-offset");
  const auto digits = offset.substr(std::min(offset.find_first_not_of('0'), offset.size()));
  fuzzing::must(digits == (place->offset == 0 ? std::string() : std::to_string(place->offset)), "a piece belongs where it says");
}

void look_at_key(const http::Request& request) {
  const auto by_number = http::case_key_of(request, http::NamedBy::Number), by_id = http::case_key_of(request, http::NamedBy::Submission);
  const auto number = casework::read_case_number(by_number.number.text());
  fuzzing::must(by_number.number.empty() || number == by_number.number, "a number is read again as it is written");
  fuzzing::must(by_number.access == by_id.access, "a secret is the same, however the case is named");
  fuzzing::must(!by_number.access || request.header("authorization").starts_with("Tongban-Case "), "a secret has its scheme before it");
}

using Parser = beast::request_parser<beast::buffer_body>;

void look_at(const Parser& parser) {
  static const http::Router router = routes();
  http::Request request;
  if (const auto fault = http::read_request_head(parser.get(), request)) {
    return fuzzing::must(fault->status >= 400 && fault->status < 600, "a fault has a status");
  }
  fuzzing::must(request.path.starts_with('/'), "a path begins with a slash");
  auto match = router.find(request.method, request.path);
  fuzzing::must(match.route || !match.allow.empty() || request.path.starts_with("/api/") || request.path.starts_with("/exchange/"),
                "a page is always answered");
  (void)request.parameter("list");
  (void)request.cookie("tongban");
  (void)http::is_json(request.header("content-type"));
  look_at_forms(request);
  look_at_piece(request);
  request.captures = std::move(match.captures);
  if (!request.captures.empty()) look_at_key(request);
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
