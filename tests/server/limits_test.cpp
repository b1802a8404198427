// What the door lets nobody do: be too large, too slow, too often, too many.
#include <doctest/doctest.h>

#include <atomic>

#include "tests/server/door.h"

using namespace tongban;
using namespace tongban::http;
using namespace std::chrono_literals;
using tests::Answer;
using tests::ask;
using tests::Door;
using tests::get;
using tests::RawClient;

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

TEST_CASE("while too much waits for the store, whoever needs it is told when to come again on the same line, and all else is answered") {
  Door door;
  door.crowd(true);
  RawClient client(door.port());
  const auto refused = client.send(get("/hello")).receive();
  CHECK(refused.status == 429);
  CHECK(refused.headers.at("retry-after") == "1");
  CHECK(client.send("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").receive().status == 429);
  CHECK(client.send("PUT /pour HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nxx").receive().status == 429);
  CHECK(client.send(get("/metrics")).receive().status == 200);
  CHECK(client.send(get("/a/file/of/the/site")).receive().status == 404);
  door.crowd(false);
  CHECK(client.send(get("/hello")).receive().status == 200);
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

TEST_CASE("an answer that is taken octet by octet is given up in the end; who takes it steadily may take his time") {
  Limits limits;
  limits.write_time = 300ms;
  bool goes_on = false;
  SUBCASE("below the rate") { limits.write_rate = 4'000'000; }
  SUBCASE("above it, though the kernel's buffer stays full for longer than the time without any octet") {
    limits.write_rate = 10'000;
    goes_on = true;
  }
  Door door(limits);
  RawClient of_a_file(door.port(), 1, 16'384), of_memory(door.port(), 1, 16'384), takes_nothing(door.port(), 1, 16'384);
  of_a_file.send(get("/file"));
  of_memory.send(get("/long"));
  takes_nothing.send(get("/file"));
  std::size_t from_file = 1, from_memory = 1;
  const auto until = std::chrono::steady_clock::now() + (goes_on ? 1'500ms : 5'000ms);
  for (; (from_file > 0 || from_memory > 0) && std::chrono::steady_clock::now() < until; std::this_thread::sleep_for(5ms)) {
    if (from_file > 0) from_file = of_a_file.take(4'096);
    if (from_memory > 0) from_memory = of_memory.take(4'096);
  }
  CHECK((from_file > 0) == goes_on);
  CHECK((from_memory > 0) == goes_on);
  CHECK(takes_nothing.was_reset());
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
