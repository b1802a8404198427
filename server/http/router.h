// Which handler answers which address. Patterns are literal but for `{}`, which takes one segment, and a
// final `*`, which takes the rest. Filled once by main before the listener starts, then only read.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace tongban::http {

enum class BodyKind : std::uint8_t { None, Json, Binary };
/// Which token bucket a request draws from, besides the general one.
enum class Toll : std::uint8_t { Usual, Submission, Free };
/// What a handler waits for, the ledger or the files of materials: while too much waits for that already, its requests are put off.
enum class Needs : std::uint8_t { Store, Files, Nothing };

using Handler = std::function<void(Request, Reply)>;
/// A handler whose body goes piece by piece into a sink that it opens from the request's head.
using OpenSink = std::function<Expected<std::shared_ptr<BodySink>>(const Request&)>;
using SinkHandler = std::function<void(Request, std::shared_ptr<BodySink>, Reply)>;

/// For bodies that must be whole in memory, and are so large that only a few may be there at once.
class Places {
 public:
  explicit Places(std::size_t most) : most_(most) {}
  /// One of them, for as long as it is held; nothing when all are taken.
  std::shared_ptr<void> take() {
    if (*taken_ >= most_) return nullptr;
    ++*taken_;
    return std::shared_ptr<void>(taken_.get(), [taken = taken_](void*) { --*taken; });
  }

 private:
  std::size_t most_;
  std::shared_ptr<std::atomic<std::size_t>> taken_ = std::make_shared<std::atomic<std::size_t>>(0);
};

inline constexpr std::uint64_t small_body = 256 * 1024;

struct Route {
  Method method = Method::Get;
  std::string pattern;
  BodyKind body = BodyKind::None;
  std::uint64_t body_limit = 0;
  Toll toll = Toll::Usual;
  Handler handle;
  OpenSink open_sink;        ///< set: the body is streamed
  SinkHandler handle_sink;
  bool touches_cases = true;  ///< false: allowed also while the node can only be read
  std::shared_ptr<Places> places = {};  ///< set: a body of more than `small_body` needs one of them (503 while there is none)
  Needs needs = Needs::Store;
};

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> captures;
  std::string allow;  ///< when the address exists but not for the method: "GET, HEAD"
};

class Router {
 public:
  void add(Route route) { routes_.push_back(std::move(route)); }
  void get(std::string pattern, Handler handle, Toll toll = Toll::Usual, Needs needs = Needs::Store);
  void post(std::string pattern, std::uint64_t limit, Handler handle, Toll toll = Toll::Usual);
  /// Answers what no route knows, and needs no store: the site's files and the portal's own routes.
  void otherwise(Handler handle) { fallback_.handle = std::move(handle); }

  Match find(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  Route fallback_{Method::Get, "*", BodyKind::None, 0, Toll::Usual, {}, {}, {}, true, {}, Needs::Nothing};
};

}  // namespace tongban::http
