#include "tests/server/torn_line.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tongban::tests {
namespace {

constexpr int look_again_ms = 50;
constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();

sockaddr_in here(std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return at;
}

/// The other side sees a reset, not an orderly end.
void tear(int fd) {
  const linger at_once{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

TornLine::TornLine(std::uint16_t port, std::uint16_t to, std::uint64_t seed, std::uint32_t longest)
    : listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), to_(to), longest_(longest), random_(seed) {
  const int on = 1;
  ::setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const auto at = here(port);
  ::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at);
  ::listen(listening_, 64);
  thread_ = std::thread([this] { accept_all(); });
}

TornLine::~TornLine() {
  stopped_ = true;
  thread_.join();
  while (connections_ > 0) std::this_thread::yield();
  ::close(listening_);
}

void TornLine::accept_all() {
  while (!stopped_) {
    pollfd one{listening_, POLLIN, 0};
    if (::poll(&one, 1, look_again_ms) <= 0) continue;
    const int fd = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    ++connections_;
    std::thread([this, fd] {
      if (!cut_) carry(fd);
      ::close(fd);
      --connections_;
    }).detach();
  }
}

TornLine::Fate TornLine::draw() {
  const std::lock_guard guard(mutex_);
  Fate fate{endless, endless, random_.chance(30) ? 1 + random_.below(100) : std::size_t{16 * 1024}};
  if (calm_) return fate;
  (random_.chance(50) ? fate.there : fate.back) = random_.below(longest_);
  return fate;
}

void TornLine::carry(int fd) {
  const int onward = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto at = here(to_);
  Fate fate = draw();
  bool open = ::connect(onward, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  while (open && !stopped_ && !cut_) {
    std::array<pollfd, 2> both{{{fd, POLLIN, 0}, {onward, POLLIN, 0}}};
    if (::poll(both.data(), both.size(), look_again_ms) <= 0) continue;
    if (both[0].revents) open = pass(fd, onward, fate.there, fate.piece);
    if (open && both[1].revents) open = pass(onward, fd, fate.back, fate.piece);
  }
  if (fate.there == 0 || fate.back == 0) {
    ++torn_;
    tear(fd);
    tear(onward);
  }
  ::close(onward);
}

bool TornLine::pass(int from, int to, std::uint64_t& left, std::size_t piece) {
  std::array<char, 16 * 1024> octets;
  const auto got = ::recv(from, octets.data(), octets.size(), 0);
  if (got <= 0) return false;
  const auto passing = static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(got), left));
  for (std::size_t at = 0; at < passing; at += piece)
    if (::send(to, octets.data() + at, std::min(piece, passing - at), MSG_NOSIGNAL) <= 0) return false;
  if (left != endless) left -= passing;
  return left > 0;
}

}  // namespace tongban::tests
