#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <limits>
#include <thread>

#include "server/http/errors.h"
#include "server/http/listener.h"
#include "tests/server/raw_client.h"

using namespace tongban;
using namespace tongban::http;
using tests::Answer;
using tests::ask;
using tests::RawClient;
using namespace std::chrono_literals;

namespace {

Instant system_now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

class CountingSink final : public BodySink {
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

/// A listener with a few routes of its own, on a thread of its own.
class Door {
 public:
  explicit Door(Limits limits = {}) {
    service_.limits = limits;
    service_.now = system_now;
    service_.failed = [this](std::string_view route, std::string_view code) { told_.push_back(std::string(route) + ": " + std::string(code)); };
    apply_limits(service_);
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
  /// What the operator was told, once the door is closed.
  const std::vector<std::string>& told() const { return told_; }

 private:
  void add_routes() {
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
    router.get("/metrics", [this](Request, Reply reply) { reply(text(200, service_.metrics.prometheus())); });
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
  Service service_;
  boost::asio::io_context io_;
  Listener listener_{io_, service_};
  std::unique_ptr<Reply> held_;
  std::thread thread_;
};

std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

}  // namespace

TEST_CASE("an address of the table is answered with strict headers") {
  Door door;
  const auto answer = ask(door.port(), "GET", "/hello");
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello");
  CHECK(answer.headers.at("x-content-type-options") == "nosniff");
  CHECK(answer.headers.at("referrer-policy") == "no-referrer");
  CHECK(answer.headers.at("content-security-policy").find("'wasm-unsafe-eval'") != std::string::npos);
  CHECK(answer.headers.at("content-security-policy").find("unsafe-inline") == std::string::npos);
  CHECK(answer.headers.at("content-security-policy").ends_with("style-src 'self'"));
  CHECK(answer.headers.at("cross-origin-opener-policy") == "same-origin");
  CHECK(answer.headers.at("permissions-policy").find("camera=(self)") == 0);
  CHECK(answer.headers.count("strict-transport-security") == 0);
  CHECK(answer.headers.at("date").find("GMT") != std::string::npos);
}

TEST_CASE("segments and parameters are taken out and decoded") {
  Door door;
  CHECK(ask(door.port(), "GET", "/echo/%E5%8F%AF/of/b%2Fc?p=1&q=%E9%80%9A+x").body == "可|b/c|通 x");
}

TEST_CASE("requests of one connection are answered in order, also when they come at once") {
  Door door;
  RawClient client(door.port());
  client.send(get("/hello") + get("/echo/a/of/b") + get("/nowhere/at/all"));
  CHECK(client.receive().body == "hello");
  CHECK(client.receive().body == "a|b|");
  CHECK(client.receive().status == 404);
}

TEST_CASE("HTTP/1.1's duties of a server are met") {
  struct Row {
    const char* name;
    std::string request;
    int status;
  };
  Door door;
  const Row rows[] = {
      {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"HTTP/1.0 needs no Host", "GET /hello HTTP/1.0\r\n\r\n", 200},
      {"the absolute form", "GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n", 200},
      {"the asterisk form", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a method that nobody knows", "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"a method that the address does not take", "DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405},
      {"HTTP/2.0 in clear", "GET /hello HTTP/2.0\r\nHost: x\r\n\r\n", 505},
      {"a space before the colon", "GET /hello HTTP/1.1\r\nHost : x\r\n\r\n", 400},
      {"a control character in a field", std::string("GET /hello HTTP/1.1\r\nHost: x\r\nA: b\x01\r\n\r\n"), 400},
      {"two lengths that differ", "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"a length that is no number", "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\nab", 400},
      {"length and chunks together", "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"noise", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400},
      {"HEAD", "HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n", 200},
      {"an unknown address under /api", "POST /api/v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(ask(door.port(), row.request).status == row.status);
  }
  CHECK(ask(door.port(), "DELETE", "/hello").headers.at("allow") == "GET, HEAD");
}

TEST_CASE("whatever leaves the end of a request in doubt ends the line, and all else lets the next request be heard") {
  enum class Then { GoesOn, Ends };
  struct Row {
    const char* name;
    std::string request;
    int status;
    Then then;
  };
  Door door;
  const std::string post = "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string old_post = "POST /api/v1/echo HTTP/1.0\r\nContent-Type: application/json\r\n";
  const Row rows[] = {
      // Codings: RFC 9112, sections 6.1 and 6.3
      {"a coding without chunks", post + "Transfer-Encoding: gzip\r\n\r\n", 400, Then::Ends},
      {"a coding without chunks, and a length", post + "Transfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400, Then::Ends},
      {"a coding after the chunks", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400, Then::Ends},
      {"chunks of chunks", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400, Then::Ends},
      {"chunks in two fields", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Then::Ends},
      {"an unknown coding in chunks", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, Then::Ends},
      {"an unknown coding in a field of its own", post + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501, Then::Ends},
      {"the identity of old", post + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 400, Then::Ends},
      {"chunks and a length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400, Then::Ends},
      {"a length and chunks", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Then::Ends},
      {"chunks, in capitals", post + "Transfer-Encoding: CHUNKED\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 200, Then::GoesOn},
      {"chunks in HTTP/1.0", old_post + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      // Chunks: section 7.1
      {"a chunk of a size that is no number", chunked + "zz\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk of a size below nothing", chunked + "-2\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk whose size has a plus", chunked + "+2\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk whose size has a prefix", chunked + "0x2\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk without a size", chunked + "\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk of more than can be counted", chunked + "1ffffffffffffffff\r\n{}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk that is longer than its size", chunked + "2\r\n{}}}\r\n0\r\n\r\n", 400, Then::Ends},
      {"a chunk's extension", chunked + "2;name=value;other=\"a;b\"\r\n{}\r\n0\r\n\r\n", 200, Then::GoesOn},
      {"a trailer", chunked + "2\r\n{}\r\n0\r\nX-After: 1\r\n\r\n", 200, Then::GoesOn},
      {"a trailer that would be a length", chunked + "2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n", 400, Then::Ends},
      {"chunks that end their lines with a line feed only", chunked + "2\n{}\n0\n\n", 400, Then::Ends},
      // Lengths: section 6.2
      {"a length with a plus", post + "Content-Length: +2\r\n\r\n{}", 400, Then::Ends},
      {"a length below nothing", post + "Content-Length: -2\r\n\r\n{}", 400, Then::Ends},
      {"a length beyond all counting", post + "Content-Length: 18446744073709551618\r\n\r\n{}", 400, Then::Ends},
      {"a length with a space within", post + "Content-Length: 0 2\r\n\r\n{}", 400, Then::Ends},
      {"a length of hexadecimal", post + "Content-Length: 0x2\r\n\r\n{}", 400, Then::Ends},
      {"an empty length", post + "Content-Length:\r\n\r\n{}", 400, Then::Ends},
      {"the same length twice", post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 200, Then::GoesOn},
      {"the same length twice in one field", post + "Content-Length: 2, 2\r\n\r\n{}", 200, Then::GoesOn},
      {"two lengths in one field", post + "Content-Length: 2, 3\r\n\r\n{}", 400, Then::Ends},
      // Lines and fields: sections 2.2 and 5
      {"a folded field", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 200, Then::GoesOn},
      {"a field without a name", "GET /hello HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", 400, Then::Ends},
      {"a field without a colon", "GET /hello HTTP/1.1\r\nHost: x\r\nnothing\r\n\r\n", 400, Then::Ends},
      {"a space before the first field", "GET /hello HTTP/1.1\r\n Host: x\r\n\r\n", 400, Then::Ends},
      {"a space before the colon of a length", post + "Content-Length : 2\r\n\r\n{}", 400, Then::Ends},
      {"lines that end with a line feed only", "GET /hello HTTP/1.1\nHost: x\n\n", 505, Then::Ends},
      {"a field that ends with a line feed only", "GET /hello HTTP/1.1\r\nA: b\nHost: x\r\n\r\n", 400, Then::Ends},
      {"a carriage return within a field", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400, Then::Ends},
      {"a nought within a field", std::string("GET /hello HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 40), 400, Then::Ends},
      {"two spaces in the first line", "GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400, Then::Ends},
      {"a version in small letters", "GET /hello http/1.1\r\nHost: x\r\n\r\n", 505, Then::Ends},
      // Host and target: RFC 9112, section 3.2
      {"an empty Host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 200, Then::GoesOn},
      {"a Host with a path", "GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n", 400, Then::Ends},
      {"a Host with a space", "GET /hello HTTP/1.1\r\nHost: x y\r\n\r\n", 400, Then::Ends},
      {"a Host with somebody in it", "GET /hello HTTP/1.1\r\nHost: me@x\r\n\r\n", 400, Then::Ends},
      {"a Host of numbers, with a port", "GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200, Then::GoesOn},
      {"the absolute form without Host", "GET http://x/hello HTTP/1.1\r\n\r\n", 400, Then::Ends},
      {"the absolute form without a path", "GET http://x?q=/hello HTTP/1.1\r\nHost: x\r\n\r\n", 404, Then::GoesOn},
      {"the authority form", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400, Then::Ends},
      // Lifetimes: section 9.3
      {"close", "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200, Then::Ends},
      {"close, in a list and in capitals", "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: X-A, CLOSE\r\n\r\n", 200, Then::Ends},
      {"HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n", 200, Then::Ends},
      {"HTTP/1.0 that asks to stay", "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, Then::GoesOn},
      {"a body that nobody takes", "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", 413, Then::Ends},
      // Expectations: RFC 9110, section 10.1.1
      {"something else to be expected", post + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}", 417, Then::Ends},
      {"100-continue among others", post + "Expect: 100-continue, more\r\nContent-Length: 2\r\n\r\n{}", 417, Then::Ends},
      {"HTTP/1.0 expects nothing", old_post + "Connection: keep-alive\r\nExpect: whatever\r\nContent-Length: 2\r\n\r\n{}", 200, Then::GoesOn},
      // Answers without a body: RFC 9112, section 6.3
      {"204", "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 204, Then::GoesOn},
      {"304", "GET /unchanged HTTP/1.1\r\nHost: x\r\n\r\n", 304, Then::GoesOn},
  };
  for (const auto& row : rows) {
    INFO(std::string(row.name));
    RawClient client(door.port());
    client.send(row.request + get("/hello"));
    CHECK(client.receive().status == row.status);
    const auto next = client.receive();
    CHECK(next.status == (row.then == Then::GoesOn ? 200 : 0));
    CHECK(next.body == (row.then == Then::GoesOn ? "hello" : ""));
  }
}

TEST_CASE("the answer to HEAD has the length of the one to GET, and the next request is heard behind it") {
  Door door;
  RawClient client(door.port());
  client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\nHEAD /file HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello"));
  CHECK(client.receive(true).headers.at("content-length") == "5");
  CHECK(client.receive(true).headers.at("content-length") == std::to_string(LongFile::size));
  CHECK(client.receive().body == "hello");
}

TEST_CASE("who expects 100-continue is told to go on, but in HTTP/1.0") {
  Door door;
  const std::string fields = "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  RawClient client(door.port());
  client.send("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\n" + fields);
  CHECK(client.goes_on());
  CHECK(client.send("{}").receive().body == "{}");
  RawClient old(door.port());
  old.send("POST /api/v1/echo HTTP/1.0\r\n" + fields + "{}");
  CHECK_FALSE(old.goes_on());
  CHECK(old.receive().body == "{}");
}

TEST_CASE("large bodies have so many places at once, and who finds none is told when to come again") {
  Door door;
  const std::string octets(300'000, 'x');
  const std::string head = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(octets.size()) + "\r\n\r\n";
  RawClient first(door.port()), second(door.port());
  first.send(head + octets.substr(1));
  second.send(head + octets.substr(1));
  Answer refused;
  for (int i = 0; i < 100 && refused.status != 503; ++i, std::this_thread::sleep_for(10ms)) refused = ask(door.port(), "POST", "/large", {}, octets);
  CHECK(refused.status == 503);
  CHECK(refused.headers.contains("retry-after"));
  CHECK(ask(door.port(), "POST", "/large", {}, "small").body == "5");
  CHECK(first.send("x").receive().body == "300000");
  CHECK(second.send("x").receive().body == "300000");
  CHECK(ask(door.port(), "POST", "/large", {}, octets).body == "300000");
}

TEST_CASE("a body comes whole by length, by chunks, after 100-continue, and in pieces when it is large") {
  Door door;
  const std::string head = "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  CHECK(ask(door.port(), head + "Content-Length: 4\r\n\r\n{\"\"}").body == "{\"\"}");
  CHECK(ask(door.port(), head + "Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n").body == "[1,2]");
  RawClient client(door.port());
  client.send(head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  std::this_thread::sleep_for(20ms);
  client.send("{}");
  CHECK(client.receive().body == "{}");
  CHECK(ask(door.port(), "PUT", "/pour", {}, std::string(900'000, 'x')).body == "900000");
}

TEST_CASE("chunks of one octet each, all there with the head, take no more of the stack than one") {
  const auto head_of = [](std::string_view line, std::size_t size) {
    auto head = std::string(line) + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nX: ";
    return head + std::string(size - head.size() - 4, 'y') + "\r\n\r\n";
  };
  std::string chunks;
  for (int i = 0; i < 5'000; ++i) chunks += "1\r\n1\r\n";
  Limits limits;
  SUBCASE("with the usual limit of a head") {}
  SUBCASE("with the highest one") { limits.header_bytes = most_header_bytes; }
  const std::size_t head_size = limits.header_bytes - 384;
  Door door(limits);
  const auto taken = ask(door.port(), head_of("PUT /pour", head_size) + chunks + "0\r\n\r\n");
  CHECK(taken.status == 201);
  CHECK(taken.body == "5000");
  CHECK(std::stoul(taken.headers.at("stack")) < 16'384);
  CHECK(ask(door.port(), head_of("POST /api/v1/echo", head_size) + chunks + "0\r\n\r\n").status == 413);
  CHECK(ask(door.port(), head_of("PUT /pour", head_size) + chunks + "x\r\n").status == 400);
}

TEST_CASE("what is too large is refused with a problem of its own") {
  Door door;
  const auto json_head = "Content-Type: application/json\r\n";
  auto answer = ask(door.port(), "POST", "/api/v1/echo", json_head, std::string(1001, '1'));
  CHECK(answer.status == 413);
  CHECK(answer.headers.at("content-type") == "application/problem+json; charset=utf-8");
  CHECK(answer.body.find("\"code\":\"http.too_large\"") != std::string::npos);
  CHECK(answer.body.find("\"zh\":\"内容太大") != std::string::npos);
  CHECK(answer.body.find("\"en\":\"That is too large") != std::string::npos);
  std::string chunks = "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 12; ++i) chunks += "64\r\n" + std::string(100, '1') + "\r\n";
  CHECK(ask(door.port(), chunks).status == 413);
  CHECK(ask(door.port(), "GET", "/hello", "X: " + std::string(20'000, 'y') + "\r\n").status == 431);
  CHECK(ask(door.port(), "POST", "/api/v1/echo", "Content-Type: text/plain\r\n", "{}").status == 415);
  CHECK(ask(door.port(), "GET", "/hello", "Content-Length: 3\r\n", "").status == 413);
}

TEST_CASE("who is too slow gets 408, who says nothing is let go") {
  Limits limits;
  limits.header_time = 200ms;
  limits.body_time = 200ms;
  limits.idle = 200ms;
  Door door(limits);
  CHECK(RawClient(door.port()).send("GET /hel").receive().status == 408);
  CHECK(RawClient(door.port()).send("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n12").receive().status == 408);
  CHECK(RawClient(door.port()).closed());
}

TEST_CASE("a handler that takes too long is answered for, one that forgets too") {
  Limits limits;
  limits.work_time = 200ms;
  Door door(limits);
  const auto late = ask(door.port(), "GET", "/slow");
  CHECK(late.status == 503);
  CHECK(late.headers.count("retry-after") == 1);
  CHECK(ask(door.port(), "GET", "/silent").status == 500);
  door.stop();
  CHECK(door.told() == std::vector<std::string>{"GET /silent: http.internal"});
}

TEST_CASE("too many requests are put off with the time to wait") {
  Limits limits;
  limits.requests_per_second = 0.5;
  limits.requests_burst = 3;
  Door door(limits);
  for (int i = 0; i < 3; ++i) CHECK(ask(door.port(), "GET", "/hello").status == 200);
  const auto refused = ask(door.port(), "GET", "/hello");
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.headers.at("retry-after")) >= 1);
}

TEST_CASE("what no route takes pays the toll as well, whatever its method") {
  Limits limits;
  limits.requests_per_second = 0.5;
  limits.requests_burst = 3;
  Door door(limits);
  CHECK(ask(door.port(), "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 501);
  CHECK(ask(door.port(), "DELETE", "/hello").status == 405);
  CHECK(ask(door.port(), "POST", "/api/v1/nothing").status == 404);
  CHECK(ask(door.port(), "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 429);
  CHECK(ask(door.port(), "DELETE", "/hello").status == 429);
  CHECK(ask(door.port(), "POST", "/api/v1/nothing").status == 429);
}

TEST_CASE("the counters know the methods of HTTP and one for all others, never what was sent") {
  Limits limits;
  limits.requests_per_second = 0;
  Door door(limits);
  for (int i = 0; i < 30; ++i) ask(door.port(), "ZHANG" + std::to_string(i) + " /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto counted = ask(door.port(), "GET", "/metrics").body;
  INFO(counted);
  CHECK(counted.find("ZHANG") == std::string::npos);
  CHECK(counted.find("{method=\"OTHER\",route=\"none\",status=\"501\"}") != std::string::npos);
}

TEST_CASE("a body that comes octet by octet is given up in the end; one that comes steadily may take its time") {
  Limits limits;
  limits.body_time = 300ms;
  const std::string head = "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const auto sent_slowly = [&](std::size_t octets, std::chrono::milliseconds pause) {
    Door door(limits);
    RawClient client(door.port());
    client.send(head + "Content-Length: " + std::to_string(octets) + "\r\n\r\n");
    std::atomic<bool> answered{false};
    std::thread drip([&] {
      for (std::size_t i = 0; i < octets && !answered; ++i, std::this_thread::sleep_for(pause)) client.send("1");
    });
    const int status = client.receive().status;
    answered = true;
    drip.join();
    return status;
  };
  CHECK(sent_slowly(1'000, 6ms) == 408);
  limits.body_rate = 2;
  CHECK(sent_slowly(250, 6ms) == 200);
}

TEST_CASE("one address has so many connections at most, and may open the next when it has closed one") {
  Limits limits;
  limits.connections_per_address = 2;
  Door door(limits);
  RawClient first(door.port());
  {
    RawClient second(door.port());
    CHECK(first.send(get("/hello")).receive().status == 200);
    CHECK(second.send(get("/hello")).receive().status == 200);
    CHECK(RawClient(door.port()).closed());
  }
  bool again = false;
  for (int i = 0; i < 100 && !again; ++i, std::this_thread::sleep_for(10ms)) again = RawClient(door.port()).send(get("/hello")).receive().status == 200;
  CHECK(again);
}

TEST_CASE("a connection too many is closed, the others go on") {
  Limits limits;
  limits.connections = 2;
  Door door(limits);
  RawClient first(door.port()), second(door.port());
  CHECK(first.send(get("/hello")).receive().status == 200);
  CHECK(second.send(get("/hello")).receive().status == 200);
  CHECK(RawClient(door.port()).closed());
  CHECK(first.send(get("/hello")).receive().status == 200);
}

TEST_CASE("who goes away in the middle of a file takes nobody along") {
  Door door;
  for (int i = 0; i < 20; ++i) {
    RawClient leaves(door.port());
    leaves.send(get("/file")).say_no_more();
    std::this_thread::sleep_for(5ms);   // the file is under way
    leaves.drop();
  }
  CHECK(ask(door.port(), "GET", "/hello").status == 200);
  CHECK(ask(door.port(), "GET", "/file").body.size() == LongFile::size);
}

TEST_CASE("an answer under way is finished when the door closes") {
  auto door = std::make_unique<Door>();
  RawClient client(door->port());
  client.send(get("/hello"));
  CHECK(client.receive().status == 200);
  door.reset();
  CHECK(client.closed());
}
