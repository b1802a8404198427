#include "server/http/router.h"

#include <optional>

namespace tongban::http {
namespace {

std::string_view take_segment(std::string_view& rest) {
  const auto end = rest.find('/');
  const auto segment = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return segment;
}

/// The captures, or nothing when the pattern is not this path's.
std::optional<std::vector<std::string>> matches(std::string_view pattern, std::string_view path) {
  std::vector<std::string> captures;
  std::string_view left = pattern.substr(1), right = path.substr(1);
  while (true) {
    if (left == "*") {
      captures.push_back(percent_decode(right));
      return captures;
    }
    const bool left_ends = left.find('/') == std::string_view::npos;
    const bool right_ends = right.find('/') == std::string_view::npos;
    const auto want = take_segment(left), have = take_segment(right);
    if (want == "{}") {
      if (have.empty()) return std::nullopt;
      captures.push_back(percent_decode(have));
    } else if (want != have) {
      return std::nullopt;
    }
    if (left_ends || right_ends) {
      if (left_ends && right_ends) return captures;
      return std::nullopt;
    }
  }
}

bool serves(Method route, Method asked) { return route == asked || (route == Method::Get && asked == Method::Head); }

}  // namespace

void Router::get(std::string pattern, Handler handle, Toll toll, Needs needs) {
  add({Method::Get, std::move(pattern), BodyKind::None, 0, toll, std::move(handle), {}, {}, true, {}, needs});
}

void Router::post(std::string pattern, std::uint64_t limit, Handler handle, Toll toll) {
  add({Method::Post, std::move(pattern), BodyKind::Json, limit, toll, std::move(handle), {}, {}});
}

Match Router::find(Method method, std::string_view path) const {
  Match match;
  for (const auto& route : routes_) {
    auto captures = matches(route.pattern, path);
    if (!captures) continue;
    if (serves(route.method, method)) {
      match.route = &route;
      match.captures = std::move(*captures);
      return match;
    }
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += to_text(route.method);
    if (route.method == Method::Get) match.allow += ", HEAD";
  }
  if (!match.allow.empty()) return match;
  if (serves(Method::Get, method)) {
    if (fallback_.handle) match.route = &fallback_;
  } else if (!path.starts_with("/api/") && !path.starts_with("/exchange/")) {
    match.allow = "GET, HEAD";  // the site's files
  }
  return match;
}

}  // namespace tongban::http
