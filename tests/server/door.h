// A door with a few routes of its own, on a thread of its own: for what it does whatever is behind it.
#pragma once

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/http/listener.h"
#include "tests/server/raw_client.h"

namespace tongban::tests {

class CountingSink final : public http::BodySink {
 public:
  Expected<void> write(ByteView piece) override {
    total += piece.size();
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    lowest = std::min(lowest, here);
    highest = std::max(highest, here);
    return {};
  }
  std::size_t total = 0;
  std::uintptr_t lowest = std::numeric_limits<std::uintptr_t>::max(), highest = 0;  ///< places on the stack
};

/// More than the buffers of two sockets hold.
class LongFile {
 public:
  static constexpr std::uintmax_t size = 16 << 20;
  LongFile() : path_(std::filesystem::temp_directory_path() / ("tongban-long-" + std::to_string(::getpid()))) {
    std::ofstream(path_).put('x');
    std::filesystem::resize_file(path_, size);
  }
  ~LongFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

class Door {
 public:
  explicit Door(http::Limits limits = {}) {
    service_.limits = limits;
    service_.now = [] {
      const auto since = std::chrono::system_clock::now().time_since_epoch();
      return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
    };
    service_.failed = [this](std::string_view route, std::string_view code) { told_.push_back(std::string(route) + ": " + std::string(code)); };
    service_.crowded = [this](http::Needs needs) { return needs != http::Needs::Nothing && crowded_.load(); };
    http::apply_limits(service_);
    add_routes();
    REQUIRE(listener_.open("127.0.0.1", 0, nullptr));
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Door() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    boost::asio::post(io_, [this] { listener_.close(); });
    boost::asio::post(io_, [this] { held_.reset(); });
    thread_.join();
  }
  std::uint16_t port() const { return listener_.port(); }
  /// From now on too much waits for the store, or no longer.
  void crowd(bool much_waits) { crowded_ = much_waits; }
  /// What the operator was told, once the door is closed.
  const std::vector<std::string>& told() const { return told_; }

 private:
  void add_routes() {
    using namespace http;
    auto& router = service_.router;
    router.get("/hello", [](Request, Reply reply) { reply(text(200, "hello")); });
    router.get("/echo/{}/of/{}", [](Request request, Reply reply) {
      reply(text(200, request.captures.at(0) + "|" + request.captures.at(1) + "|" + request.parameter("q")));
    });
    router.post("/api/v1/echo", 1000, [](Request request, Reply reply) { reply(json(200, request.body)); });
    router.get("/file", [this](Request, Reply reply) {
      Response response;
      response.with("Content-Type", "application/octet-stream");
      response.file = {file_.path(), LongFile::size};
      reply(std::move(response));
    });
    router.get("/long", [](Request, Reply reply) { reply(text(200, std::string(LongFile::size, 'x'))); });
    router.get("/metrics", [this](Request, Reply reply) { reply(text(200, service_.metrics.prometheus())); }, Toll::Usual, Needs::Nothing);
    router.otherwise([](Request, Reply reply) { reply(text(404, "no such file")); });
    router.get("/nothing", [](Request, Reply reply) { reply(empty(204)); });
    router.get("/unchanged", [](Request, Reply reply) { reply(text(304, "never sent")); });
    router.add({Method::Post, "/large", BodyKind::Binary, 1 << 20, Toll::Usual,
                [](Request request, Reply reply) { reply(text(200, std::to_string(request.octets.size()))); }, {}, {}, true, std::make_shared<Places>(2)});
    router.get("/silent", [](Request, Reply) {});
    router.get("/slow", [this](Request, Reply reply) { held_ = std::make_unique<Reply>(std::move(reply)); });
    router.add({Method::Put, "/pour", BodyKind::Binary, 1 << 20, Toll::Usual, {},
                [](const Request&) -> Expected<std::shared_ptr<BodySink>> { return std::shared_ptr<BodySink>(std::make_shared<CountingSink>()); },
                [](Request, std::shared_ptr<BodySink> sink, Reply reply) {
                  const auto& counted = static_cast<CountingSink&>(*sink);
                  auto response = text(201, std::to_string(counted.total));
                  reply(std::move(response.with("Stack", std::to_string(counted.highest - counted.lowest))));
                }});
  }

  LongFile file_;
  std::vector<std::string> told_;
  std::atomic<bool> crowded_{false};
  http::Service service_;
  boost::asio::io_context io_;
  http::Listener listener_{io_, service_};
  std::unique_ptr<http::Reply> held_;
  std::thread thread_;
};

inline std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

}  // namespace tongban::tests
