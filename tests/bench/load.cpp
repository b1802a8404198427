#include "tests/bench/load.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>

#include "tests/bench/line.h"

namespace tongban::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int fd = -1;
  bool busy = false;
  Clock::time_point due;
  std::string head;          ///< what has come of the answer's head
  std::size_t missing = 0;   ///< octets of its body, once the head is whole
  bool in_body = false;
};

std::string request_of(const std::string& body) {
  return "POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// The body's length as the head says it; our own server and its peers always say it.
std::size_t length_of(std::string_view head) {
  std::string lower(head);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto at = lower.find("content-length: ");
  std::size_t length = 0;
  if (at != std::string::npos) std::from_chars(lower.data() + at + 16, lower.data() + lower.size(), length);
  return length;
}

/// Takes a piece of the answer in, of the body only its size; true when the answer is whole.
bool take(Connection& one, std::string_view piece) {
  if (!one.in_body) {
    one.head.append(piece);
    const auto end = one.head.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    piece = piece.substr(piece.size() - (one.head.size() - end - 4));
    one.head.resize(end + 4);
    one.missing = length_of(one.head);
    one.in_body = true;
  }
  one.missing -= std::min(one.missing, piece.size());
  return one.missing == 0;
}

/// What is sent, and how the answer begins that is hoped for.
struct Questions {
  std::size_t count;
  std::function<std::string(std::size_t)> octets;
  std::string_view hope;
};

class Load {
 public:
  Load(Questions questions, double per_second) : questions_(std::move(questions)), per_second_(per_second) {}

  LoadResult run(std::uint16_t port, std::size_t connections) {
    open(port, connections);
    begun_ = Clock::now();
    while (answered_ + result_.refused < questions_.count && idle_.size() + busy_ > 0) {
      feed();
      wait();
    }
    result_.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    for (const auto& one : connections_) if (one.fd >= 0) ::close(one.fd);
    ::close(epoll_);
    std::sort(result_.milliseconds.begin(), result_.milliseconds.end());
    return std::move(result_);
  }

 private:
  void open(std::uint16_t port, std::size_t count) {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    connections_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      connections_[i].fd = connect_to(port);
      if (connections_[i].fd < 0) continue;
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].fd, &event);
      idle_.push_back(i);
    }
  }

  Clock::time_point due(std::size_t number) const {
    if (per_second_ <= 0) return Clock::now();
    return begun_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(static_cast<double>(number) / per_second_));
  }

  /// Sends what is due on the connections that wait for nothing.
  void feed() {
    while (!idle_.empty() && next_ < questions_.count) {
      const auto at = due(next_);
      if (at > Clock::now()) return;
      const std::size_t index = idle_.back();
      idle_.pop_back();
      Connection& one = connections_[index];
      one.due = at;
      one.busy = true;
      ++busy_;
      const std::string request = questions_.octets(next_++);
      if (::send(one.fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) broke(one);
    }
  }

  int patience_ms() const {
    if (idle_.empty() || next_ >= questions_.count) return 1000;
    const double left = std::chrono::duration<double, std::milli>(due(next_) - Clock::now()).count();
    return std::max(0, static_cast<int>(std::ceil(left)));
  }

  void wait() {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), patience_ms());
    for (int i = 0; i < count; ++i) receive(events[static_cast<std::size_t>(i)].data.u64);
  }

  void receive(std::size_t index) {
    Connection& one = connections_[index];
    std::array<char, 65536> piece;
    const ssize_t got = ::recv(one.fd, piece.data(), piece.size(), MSG_DONTWAIT);
    if (got <= 0) return broke(one);
    if (!take(one, {piece.data(), static_cast<std::size_t>(got)})) return;
    if (one.head.starts_with(questions_.hope)) {
      result_.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - one.due).count());
      ++answered_;
    } else {
      ++result_.refused;
    }
    one.head.clear();
    one.in_body = one.busy = false;
    --busy_;
    idle_.push_back(index);
  }

  void broke(Connection& one) {
    if (one.busy) {
      ++result_.refused;
      --busy_;
    }
    one.busy = false;
    ::close(one.fd);
    one.fd = -1;
  }

  Questions questions_;
  double per_second_;
  std::vector<Connection> connections_;
  std::vector<std::size_t> idle_;
  int epoll_ = -1;
  std::size_t next_ = 0, answered_ = 0, busy_ = 0;
  Clock::time_point begun_;
  LoadResult result_;
};

}  // namespace

double LoadResult::quantile(double q) const {
  if (milliseconds.empty()) return 0;
  const auto at = static_cast<std::size_t>(static_cast<double>(milliseconds.size()) * q);
  return milliseconds[std::min(at, milliseconds.size() - 1)];
}

LoadResult post_all(std::uint16_t port, std::span<const std::string> bodies, std::size_t connections, double per_second) {
  return Load({bodies.size(), [bodies](std::size_t i) { return request_of(bodies[i]); }, "HTTP/1.1 201"}, per_second).run(port, connections);
}

LoadResult get_all(std::uint16_t port, const std::string& path, std::size_t count, std::size_t connections) {
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  return Load({count, [&request](std::size_t) { return request; }, "HTTP/1.1 200"}, 0).run(port, connections);
}

}  // namespace tongban::bench
