// The heads of requests and answers: Beast's fields into our Request, our Response into octets.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/verb.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "shared/base/time.h"

namespace tongban::http {

struct Service;
struct Route;

struct HeadFault {
  int status;
  Error error;
};

Method method_of(boost::beast::http::verb verb);
/// Copies what handlers may need; a fault where HTTP/1.1 demands one: no Host or two, a nonsense target, a coding
/// that leaves the end of the body unknown, an expectation that nobody meets.
std::optional<HeadFault> read_request_head(
    const boost::beast::http::request<boost::beast::http::buffer_body>& message, Request& request);

/// Status line and fields, with those that every answer of this node carries.
std::string response_head(const Response& response, bool keep_alive, bool secure, Instant now);

/// Seconds to wait before this client may ask again; 0 when the request may pass. What no route takes pays as usual.
int toll(Service& service, const Route* route, const std::string& peer);

bool is_json(std::string_view content_type);

}  // namespace tongban::http
