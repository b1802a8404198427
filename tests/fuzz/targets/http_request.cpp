// A request's octets through Beast and our own reading of its head, its address, its query and its cookies.
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

}  // namespace

FUZZ(input) {
  static const http::Router router = routes();
  beast::request_parser<beast::buffer_body> parser;
  parser.header_limit(8 * 1'024);
  boost::system::error_code failed;
  parser.put(boost::asio::buffer(input.data(), input.size()), failed);
  if (!parser.is_header_done()) return;
  http::Request request;
  if (const auto fault = http::read_request_head(parser.get(), request)) {
    fuzzing::must(fault->status >= 400 && fault->status < 600, "a fault has a status");
    return;
  }
  fuzzing::must(request.path.starts_with('/'), "a path begins with a slash");
  const auto match = router.find(request.method, request.path);
  fuzzing::must(match.route || !match.allow.empty() || request.path.starts_with("/api/") || request.path.starts_with("/exchange/"),
                "a page is always answered");
  (void)request.parameter("list");
  (void)request.cookie("tongban");
  (void)http::is_json(request.header("content-type"));
}
