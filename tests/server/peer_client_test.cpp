// The lines to another node: kept for the next letter, and never trusted to be there still.
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <vector>

#include "server/exchange/peer_client.h"

using namespace tongban;
using namespace tongban::exchange;
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// A peer in the test's own loop: takes requests without a body and answers each with `says`, or hangs up.
class Peerage {
 public:
  explicit Peerage(asio::io_context& io) : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) { accept(); }

  std::string says = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  std::size_t taken() const { return lines_.size(); }
  Peer peer() const { return {NodeId("b"), "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())}; }
  void hang_up() {
    error_code ignored;
    for (const auto& line : lines_) line->socket.close(ignored);
  }

 private:
  struct Line {
    tcp::socket socket;
    std::string request;
  };

  void accept() {
    acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
      if (failed) return;
      listen(lines_.emplace_back(std::make_shared<Line>(Line{std::move(socket), {}})));
      accept();
    });
  }
  void listen(std::shared_ptr<Line> line) {
    auto& buffer = line->request;
    asio::async_read_until(line->socket, asio::dynamic_buffer(buffer), "\r\n\r\n", [this, line](error_code failed, std::size_t) {
      if (failed) return;
      line->request.clear();
      asio::async_write(line->socket, asio::buffer(says), [this, line](error_code, std::size_t) {
        if (says.ends_with("\r\n\r\n")) return listen(line);
        line->socket.close();
      });
    });
  }

  tcp::acceptor acceptor_;
  std::vector<std::shared_ptr<Line>> lines_;
};

/// A peer behind a line that brings so many octets a second; answers when all that was announced has come.
class SlowPeer {
 public:
  SlowPeer(asio::io_context& io, std::size_t octets_a_second)
      : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)), pause_(io), socket_(io), piece_(octets_a_second / 20) {
    acceptor_.async_accept(socket_, [this](error_code failed) {
      if (!failed) take();
    });
  }
  Peer peer() const { return {NodeId("b"), "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())}; }

 private:
  void take() {
    socket_.async_read_some(asio::buffer(piece_), [this](error_code failed, std::size_t got) {
      if (failed) return;
      came_.append(piece_.begin(), piece_.begin() + static_cast<std::ptrdiff_t>(got));
      if (whole()) asio::write(socket_, asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
      pause_.expires_after(std::chrono::milliseconds(50));
      pause_.async_wait([this](error_code) { take(); });
    });
  }
  bool whole() const {
    const auto end = came_.find("\r\n\r\n"), length = came_.find("Content-Length: ");
    return end != std::string::npos && length < end && came_.size() >= end + 4 + std::stoul(came_.substr(length + 16));
  }

  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  tcp::socket socket_;
  std::vector<char> piece_;
  std::string came_;
};

struct Town {
  asio::io_context io;
  Peerage peer{io};

  /// That many requests at once, until all have ended.
  std::vector<Expected<PeerAnswer>> post(PeerClient& client, std::size_t count = 1) {
    std::vector<Expected<PeerAnswer>> answers;
    for (std::size_t i = 0; i < count; ++i)
      client.post(peer.peer(), "/exchange/v1/envelopes", {}, [&](Expected<PeerAnswer> answer) { answers.push_back(std::move(answer)); });
    while (answers.size() < count && io.run_one_for(std::chrono::seconds(5)) > 0) {}
    REQUIRE(answers.size() == count);
    return answers;
  }
};

bool fine(const std::vector<Expected<PeerAnswer>>& answers) {
  return std::all_of(answers.begin(), answers.end(), [](const auto& answer) { return answer && answer->status == 200; });
}

}  // namespace

TEST_CASE("after a burst and a silence, in which the peer has hung up, the next letter arrives at once") {
  Town town;
  PeerClient client(town.io, nullptr);
  CHECK(fine(town.post(client, 5)));
  CHECK(town.peer.taken() == 5);
  CHECK(fine(town.post(client)));
  CHECK(town.peer.taken() == 5);
  town.peer.hang_up();
  CHECK(fine(town.post(client)));
  CHECK(town.peer.taken() == 6);
  CHECK(fine(town.post(client)));
  CHECK(town.peer.taken() == 6);
}

TEST_CASE("a line that has been silent for long is not used again") {
  Town town;
  PeerClient client(town.io, nullptr, std::chrono::seconds(0));
  CHECK(fine(town.post(client)));
  CHECK(fine(town.post(client)));
  CHECK(town.peer.taken() == 2);
}

TEST_CASE("a peer that hangs up on a new line, or amid its answer, has not answered, and is not asked again at once") {
  Town town;
  PeerClient client(town.io, nullptr);
  SUBCASE("on a new line") {
    town.peer.says = "";
    CHECK(town.post(client)[0].error().is(peer_errors::Broken));
    CHECK(town.peer.taken() == 1);
  }
  SUBCASE("amid its answer on a line that was there") {
    CHECK(fine(town.post(client)));
    town.peer.says = "HTTP/1.1 200 OK\r\nConte";
    CHECK(town.post(client)[0].error().is(peer_errors::Broken));
    CHECK(town.peer.taken() == 1);
  }
  SUBCASE("and when the client itself ends, nothing begins anew") {
    CHECK(fine(town.post(client)));
    std::optional<bool> answered;
    client.post(town.peer.peer(), "/exchange/v1/envelopes", {}, [&](const Expected<PeerAnswer>& came) { answered = came.has_value(); });
    client.close();
    while (!answered && town.io.run_one_for(std::chrono::seconds(5)) > 0) {}
    CHECK(answered == false);
    CHECK(town.peer.taken() == 1);
  }
}

TEST_CASE("what is large has its time on a slow line, and one that is slower still is given up") {
  asio::io_context io;
  SlowPeer peer(io, 400'000);
  const auto post = [&](std::uint64_t lowest) {
    PeerClient client(io, nullptr, PeerClient::usual_silence, {std::chrono::milliseconds(150), lowest});
    std::optional<Expected<PeerAnswer>> came;
    client.post(peer.peer(), "/exchange/v1/parcels", Bytes(400'000), [&](Expected<PeerAnswer> answer) { came = std::move(answer); });
    while (!came && io.run_one_for(std::chrono::seconds(20)) > 0) {}
    REQUIRE(came.has_value());
    return *came;
  };
  SUBCASE("fast enough") { CHECK(post(40'000)); }
  SUBCASE("too slow") {
    const auto answer = post(4'000'000);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().is(peer_errors::Broken));
  }
}

TEST_CASE("ten megabytes have the time that a line of a quarter of a megabit takes") {
  CHECK(Patience{}.with(0) == std::chrono::seconds(20));
  CHECK(Patience{}.with(10 << 20) == std::chrono::seconds(340));
}

TEST_CASE("a call whose time ends while its name is being looked up ends, though the peer would never answer") {
  asio::io_context io;
  const tcp::acceptor silent(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  const Peer by_name{NodeId("b"), "http://localhost:" + std::to_string(silent.local_endpoint().port())};
  for (int call = 0; call < 50; ++call) {
    PeerClient client(io, nullptr, std::chrono::seconds(30), {std::chrono::milliseconds(0), 1'000'000'000});
    bool ended = false;
    client.post(by_name, "/exchange/v1/envelopes", {}, [&](const Expected<PeerAnswer>& answer) {
      ended = true;
      CHECK_FALSE(answer);
    });
    // Somewhere on the way the look-up has begun, and has not ended yet.
    const auto begun = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begun < std::chrono::microseconds(4 * call)) {}
    io.restart();
    while (!ended && io.run_one_for(std::chrono::seconds(2)) > 0) {}
    REQUIRE(ended);
  }
}

TEST_CASE("calls that fail leave nothing behind, however many they are") {
  Town town;
  PeerClient client(town.io, nullptr);
  const Peer nobody{NodeId("b"), "http://127.0.0.1:1"};
  for (int i = 0; i < 50; ++i) {
    bool ended = false;
    client.post(nobody, "/exchange/v1/envelopes", {}, [&](const Expected<PeerAnswer>& answer) {
      CHECK_FALSE(answer);
      ended = true;
    });
    while (!ended && town.io.run_one_for(std::chrono::seconds(5)) > 0) {}
    REQUIRE(ended);
  }
  CHECK(client.busy() <= 1);
}
