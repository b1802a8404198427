// Where the parts of the app put their effects, and who is told when an answer comes.
//
// Callbacks live in the parts, which live as long as the app: an answer may come at any later event.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "client/app/effect.h"
#include "client/app/event.h"

namespace tongban::app {

class Outlet {
 public:
  using OnResponse = std::function<void(const event::Response&)>;
  using OnStored = std::function<void(const event::Stored&)>;

  void emit(Effect effect) { effects_.push_back(std::move(effect)); }

  void fetch(effect::Fetch request, OnResponse then) {
    request.request = next_++;
    responses_.emplace(request.request, std::move(then));
    emit(std::move(request));
  }
  void store(effect::Store request, OnStored then = {}) {
    request.request = next_++;
    if (then) stored_.emplace(request.request, std::move(then));
    emit(std::move(request));
  }

  void get(std::string url, OnResponse then) { fetch({.url = std::move(url), .headers = {}, .body = {}}, std::move(then)); }
  void load(std::string space, OnStored then) {
    store({.op = StoreOp::List, .space = std::move(space), .key = {}, .blob = {}}, std::move(then));
  }
  void put(std::string space, std::string key, Bytes blob, OnStored then = {}, std::uint64_t follows = 0) {
    store({.op = StoreOp::Put, .space = std::move(space), .key = std::move(key), .version = follows, .blob = std::move(blob)},
          std::move(then));
  }
  void get(std::string space, std::string key, OnStored then) {
    store({.op = StoreOp::Get, .space = std::move(space), .key = std::move(key), .blob = {}}, std::move(then));
  }
  void remove(std::string space, std::string key, OnStored then = {}) {
    store({.op = StoreOp::Delete, .space = std::move(space), .key = std::move(key), .blob = {}}, std::move(then));
  }

  void answer(const event::Response& response) {
    if (auto found = responses_.extract(response.request)) found.mapped()(response);
  }
  void answer(const event::Stored& stored) {
    if (auto found = stored_.extract(stored.request)) found.mapped()(stored);
  }

  /// The last address that a part has put among the effects since they were taken.
  std::optional<std::string> address() const {
    std::optional<std::string> last;
    for (const Effect& effect : effects_)
      if (const auto* go_to = std::get_if<effect::GoTo>(&effect)) last = go_to->path;
    return last;
  }
  Effects take() { return std::exchange(effects_, {}); }

 private:
  std::uint32_t next_ = 1;
  Effects effects_;
  std::unordered_map<std::uint32_t, OnResponse> responses_;
  std::unordered_map<std::uint32_t, OnStored> stored_;
};

}  // namespace tongban::app
