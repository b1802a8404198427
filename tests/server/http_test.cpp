// How the door reads requests and writes answers.
#include <doctest/doctest.h>

#include "tests/server/door.h"

using namespace tongban;
using namespace tongban::http;
using namespace std::chrono_literals;
using tests::ask;
using tests::Door;
using tests::get;
using tests::LongFile;
using tests::RawClient;

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
