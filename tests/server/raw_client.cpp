#include "tests/server/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <mutex>

#include "shared/base/bytes.h"

namespace tongban::tests {

RawClient::RawClient(std::uint16_t port, std::uint8_t from, int room) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval patience{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (room > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(0x7f000000U + from);
  if (from != 1) ::bind(fd_, reinterpret_cast<sockaddr*>(&own), sizeof own);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) drop();
}

RawClient::~RawClient() { drop(); }

void RawClient::drop() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

RawClient& RawClient::say_no_more() {
  ::shutdown(fd_, SHUT_WR);
  return *this;
}

RawClient& RawClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto sent = ::send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return *this;
}

bool RawClient::fill() {
  char piece[16384];
  const auto got = ::recv(fd_, piece, sizeof piece, 0);
  if (got <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(got));
  return true;
}

Answer RawClient::receive(bool bodiless) {
  Answer answer;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return answer;
  answer.status = std::atoi(buffer_.c_str() + 9);
  std::size_t at = buffer_.find("\r\n") + 2;
  while (at < end + 2) {
    const auto line_end = buffer_.find("\r\n", at);
    const auto line = buffer_.substr(at, line_end - at);
    const auto colon = line.find(": ");
    auto name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    answer.headers[name] = colon == std::string::npos ? "" : line.substr(colon + 2);
    at = line_end + 2;
  }
  buffer_.erase(0, end + 4);
  if (answer.status < 200) return receive(bodiless);
  const auto length = answer.headers.count("content-length") != 0 ? std::stoul(answer.headers["content-length"]) : 0;
  if (bodiless) return answer;
  while (buffer_.size() < length)
    if (!fill()) break;
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::size_t RawClient::take(std::size_t most) {
  std::string piece(most, '\0');
  return static_cast<std::size_t>(std::max<ssize_t>(0, ::recv(fd_, piece.data(), piece.size(), 0)));
}

bool RawClient::goes_on() {
  static constexpr std::string_view wanted = "HTTP/1.1 100 Continue\r\n\r\n";
  while (buffer_.size() < wanted.size())
    if (!fill()) return false;
  if (!buffer_.starts_with(wanted)) return false;
  buffer_.erase(0, wanted.size());
  return true;
}

bool RawClient::closed(std::chrono::milliseconds time) {
  pollfd wait{fd_, POLLIN, 0};
  if (::poll(&wait, 1, static_cast<int>(time.count())) <= 0) return false;
  return !fill();
}

bool RawClient::was_reset(std::chrono::milliseconds time) {
  pollfd wait{fd_, 0, 0};
  return ::poll(&wait, 1, static_cast<int>(time.count())) > 0 && (wait.revents & POLLERR) != 0;
}

namespace {

void leave_line(const char* variable, std::string_view text) {
  static std::mutex mutex;
  const char* file = std::getenv(variable);
  if (!file) return;
  const std::lock_guard lock(mutex);
  std::ofstream(file, std::ios::app) << text << '\n';
}

}  // namespace

void leave_trace(std::string_view text) { leave_line("TONGBAN_TRACES", text); }

void leave_exchange(std::string_view request, const Answer& answer) {
  const auto end = request.find(" HTTP/1.1\r\n");
  if (end == std::string_view::npos || answer.status == 0) return;
  const auto type = answer.headers.find("content-type");
  auto said = type == answer.headers.end() ? std::string("-") : type->second.substr(0, type->second.find(';'));
  if (answer.headers.count("content-encoding") != 0) said = unread;
  const auto head = request.find("\r\n\r\n");
  const bool json = request.substr(0, head).find("Content-Type: application/json") != std::string_view::npos;
  std::string line = std::string(request.substr(0, end)) + ' ' + std::to_string(answer.status) + ' ' + said + ' ';
  line += to_base64url(as_bytes(json ? request.substr(head + 4) : std::string_view())) + ' ';
  line += to_base64url(as_bytes(said.ends_with("json") ? answer.body : std::string()));
  leave_line("TONGBAN_EXCHANGES", line);
}

Answer ask(std::uint16_t port, std::string_view request) {
  auto answer = RawClient(port).send(request).receive(request.starts_with("HEAD "));
  leave_exchange(request, answer);
  return answer;
}

Answer ask(std::uint16_t port, std::string_view method, std::string_view path, std::string_view headers, std::string_view body) {
  leave_trace(std::string(method) + ' ' + std::string(path));
  std::string request = std::string(method) + ' ' + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers);
  if (!body.empty() || method == "POST" || method == "PUT") request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  request += "Connection: close\r\n\r\n";
  request += body;
  return ask(port, request);
}

}  // namespace tongban::tests
