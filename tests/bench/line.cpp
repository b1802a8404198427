#include "tests/bench/line.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tongban::bench {
namespace {

constexpr std::string_view length_field = "content-length: ";

}  // namespace

int connect_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) return fd;
  ::close(fd);
  return -1;
}

Line::Line(std::uint16_t port) : fd_(connect_to(port)) {}
Line::Line(Line&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Line::~Line() { close(); }

void Line::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

bool Line::send(std::string_view request) const {
  return ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
}

bool Line::receive(std::string& into, bool wait) const {
  std::array<char, 16384> piece;
  const ssize_t got = ::recv(fd_, piece.data(), piece.size(), wait ? 0 : MSG_DONTWAIT);
  if (got <= 0) return false;
  into.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Line::ask(std::string_view request) const {
  std::string answer;
  if (!send(request)) return {};
  while (!is_whole(answer))
    if (!receive(answer, true)) return {};
  return answer;
}

std::string request_of(std::string_view method, std::string_view path, std::string_view headers, std::string_view body) {
  std::string request;
  request.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
  if (!body.empty()) request.append("Content-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
  return request.append("\r\n").append(body);
}

bool is_whole(std::string_view answer) {
  const auto head = answer.find("\r\n\r\n");
  if (head == std::string_view::npos) return false;
  std::string lower(answer.substr(0, head));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto at = lower.find(length_field);
  std::size_t length = 0;
  if (at != std::string::npos) std::from_chars(lower.data() + at + length_field.size(), lower.data() + lower.size(), length);
  return answer.size() >= head + 4 + length;
}

}  // namespace tongban::bench
