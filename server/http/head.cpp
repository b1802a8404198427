#include "server/http/head.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <cstdio>

#include "server/http/errors.h"
#include "server/http/listener.h"

namespace tongban::http {
namespace {

namespace beast = boost::beast;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// Only what the portal needs is allowed: own files, wasm, pictures that the resident has just taken.
constexpr std::string_view policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    "img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'self'";
constexpr std::string_view common_fields =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

constexpr std::size_t usual_fields = 8;  ///< of a request
constexpr std::size_t usual_head = 1'280;  ///< octets of an answer's

std::string http_date(Instant at) {
  static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = shanghai_time(Instant{at.ms - 8 * 3600 * 1000LL});
  const auto second = static_cast<int>((at.ms / 1000) % 60);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT", days[iso_weekday(local.date) - 1],
                static_cast<unsigned>(local.date.day()), months[static_cast<unsigned>(local.date.month()) - 1],
                static_cast<int>(local.date.year()), local.minute / 60, local.minute % 60, second);
  return text;
}

/// RFC 9112, section 6.1: a coding that isn't understood leaves the body's end unknown, and so does one without chunks at its
/// end, or in HTTP/1.0, which has none. What follows would be read as the next request.
std::optional<HeadFault> coding_fault(const beast::http::request<beast::http::buffer_body>& message) {
  const auto fields = message.equal_range(beast::http::field::transfer_encoding);
  if (fields.first == fields.second) return std::nullopt;
  if (message.version() == 10 || message.count(beast::http::field::content_length) > 0) return HeadFault{400, errors::BadRequest};
  std::size_t chunks = 0, others = 0;
  bool chunks_last = false;
  for (auto field = fields.first; field != fields.second; ++field)
    for (const auto coding : beast::http::token_list(field->value())) {
      chunks_last = beast::iequals(coding, "chunked");
      ++(chunks_last ? chunks : others);
    }
  if (others > 0 && chunks == 1 && chunks_last) return HeadFault{501, errors::NotImplemented};
  return others == 0 && chunks == 1 ? std::nullopt : std::optional(HeadFault{400, errors::BadRequest});
}

/// RFC 9110, section 7.2, with the signs of RFC 3986 for a host and a port.
bool is_host(std::string_view value) {
  static constexpr std::string_view signs = "-._~!$&'()*+,;=%:[]";
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos;
  });
}

}  // namespace

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::Get;
    case beast::http::verb::head: return Method::Head;
    case beast::http::verb::put: return Method::Put;
    case beast::http::verb::post: return Method::Post;
    case beast::http::verb::patch: return Method::Patch;
    case beast::http::verb::delete_: return Method::Delete;
    case beast::http::verb::options: return Method::Options;
    default: return Method::Other;
  }
}

std::optional<HeadFault> read_request_head(const beast::http::request<beast::http::buffer_body>& message,
                                           Request& request) {
  if (message.version() != 10 && message.version() != 11) return HeadFault{505, errors::Version};
  request.method = method_of(message.method());
  if (message.method() == beast::http::verb::unknown) return HeadFault{501, errors::NotImplemented};
  std::string_view target(message.target().data(), message.target().size());
  std::string whole;
  // RFC 9112, section 3.2.2: a server must also take the absolute form.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto rest = std::min(target.find_first_of("/?", scheme.size()), target.size());
    whole = target.substr(rest).starts_with('/') ? std::string(target.substr(rest)) : '/' + std::string(target.substr(rest));
    target = whole;
    break;
  }
  if (!target.starts_with('/')) return HeadFault{400, errors::BadRequest};
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  request.query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
  int hosts = 0;
  request.headers.reserve(usual_fields);
  for (const auto& field : message) {
    request.headers.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                                 std::string(field.value().data(), field.value().size()));
    if (field.name() != beast::http::field::host) continue;
    if (!is_host(request.headers.back().second)) return HeadFault{400, errors::BadRequest};
    ++hosts;
  }
  if (hosts > 1 || (message.version() == 11 && hosts == 0)) return HeadFault{400, errors::BadRequest};
  if (auto fault = coding_fault(message)) return fault;
  // RFC 9110, section 10.1.1: nothing else is known that could be expected, and HTTP/1.0 expects nothing.
  const auto expected = request.header("expect");
  if (message.version() == 11 && !expected.empty() && !beast::iequals(expected, "100-continue")) return HeadFault{417, errors::Expectation};
  return std::nullopt;
}

std::string response_head(const Response& response, bool keep_alive, bool secure, Instant now) {
  std::string head;
  head.reserve(usual_head);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_of(response.status));
  head.append("\r\nServer: tongban\r\nDate: ").append(http_date(now)).append("\r\n");
  const auto length = response.file.path.empty() ? response.body.size() : response.file.size;
  if (response.status != 304 && response.status != 204) head += "Content-Length: " + std::to_string(length) + "\r\n";
  for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
  head += common_fields;
  head += policy;
  if (!response.style.empty()) head.append(" '").append(response.style).append("'");
  head += "\r\n";
  if (secure) head += "Strict-Transport-Security: max-age=63072000\r\n";
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

int toll(Service& service, const Route* route, const std::string& peer) {
  const auto kind = route ? route->toll : Toll::Usual;
  if (kind == Toll::Free) return 0;
  const auto now = service.now();
  int wait = service.usual.take(peer, now);
  if (wait == 0 && kind == Toll::Submission) wait = service.submissions.take(peer, now);
  if (wait > 0) service.metrics.refused_for_rate();
  return wait;
}

bool is_json(std::string_view content_type) {
  const auto type = lower(content_type.substr(0, content_type.find(';')));
  return type.starts_with("application/json");
}

}  // namespace tongban::http
