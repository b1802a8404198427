#include "tests/server/hostile_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/server/raw_client.h"

namespace tongban::tests {
namespace {

constexpr int look_again_ms = 50;

bool readable(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, look_again_ms) > 0;
}

/// Octets of the first whole request in the buffer; 0 while it isn't whole.
std::size_t size_of_request(const std::string& buffer) {
  const auto end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  std::size_t length = 0;
  if (const auto at = buffer.find("Content-Length: "); at < end) length = std::stoul(buffer.substr(at + 16));
  const std::size_t whole = end + 4 + length;
  return buffer.size() >= whole ? whole : 0;
}

void send_all(int fd, std::string_view octets, std::size_t piece) {
  while (!octets.empty()) {
    const auto sent = ::send(fd, octets.data(), std::min(piece, octets.size()), MSG_NOSIGNAL);
    if (sent <= 0) return;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string text_of(const Answer& answer) {
  return "HTTP/1.1 " + std::to_string(answer.status) + " .\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
         std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
}

}  // namespace

HostileProxy::HostileProxy(std::uint16_t port, std::uint16_t to, std::uint64_t seed, unsigned faults_percent)
    : listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), to_(to), faults_percent_(faults_percent), random_(seed) {
  const int on = 1;
  ::setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listening_, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::listen(listening_, 64);
  thread_ = std::thread([this] { accept_all(); });
}

HostileProxy::~HostileProxy() {
  stopped_ = true;
  thread_.join();
  while (connections_ > 0) std::this_thread::yield();
  ::close(listening_);
}

void HostileProxy::accept_all() {
  while (!stopped_) {
    if (!readable(listening_)) continue;
    const int fd = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    ++connections_;
    std::thread([this, fd] {
      serve(fd);
      --connections_;
    }).detach();
  }
}

void HostileProxy::serve(int fd) {
  std::string buffer;
  bool open = true;
  while (open && !stopped_ && !cut_) {
    if (!readable(fd)) continue;
    char piece[16 * 1024];
    const auto got = ::recv(fd, piece, sizeof piece, 0);
    if (got <= 0) break;
    if (swallows_) continue;
    buffer.append(piece, static_cast<std::size_t>(got));
    if (const std::size_t size = size_of_request(buffer); size > 0) {
      open = pass_on(fd, buffer.substr(0, size));
      buffer.erase(0, size);
    }
  }
  ::close(fd);
}

HostileProxy::Fate HostileProxy::draw() {
  const std::lock_guard guard(mutex_);
  ++requests_;
  if (!random_.chance(faults_percent_)) return Fate::Pass;
  ++faults_;
  return static_cast<Fate>(1 + random_.below(5));
}

// What was kept back comes when later ones have come: late, out of order, and once more.
void HostileProxy::send_kept_back() {
  std::string late;
  {
    const std::lock_guard guard(mutex_);
    late.swap(kept_back_);
  }
  if (!late.empty()) (void)ask(to_, late);
}

bool HostileProxy::pass_on(int fd, const std::string& request) {
  const Fate fate = loses_answers_ ? Fate::ResetAfter : draw();
  if (fate == Fate::ResetBefore) return false;
  if (fate == Fate::KeptBack) {
    const std::lock_guard guard(mutex_);
    kept_back_ = request;
    return false;
  }
  RawClient onward(to_);
  std::size_t piece = request.size();
  if (fate == Fate::OctetByOctet) piece = 1;
  for (std::size_t at = 0; at < request.size(); at += piece) onward.send(std::string_view(request).substr(at, piece));
  Answer answer = onward.receive();
  if (fate == Fate::Twice) answer = ask(to_, request);
  if (fate == Fate::Pass) send_kept_back();
  if (fate == Fate::ResetAfter || answer.status == 0) return false;
  send_all(fd, text_of(answer), fate == Fate::OctetByOctet ? 1 : 16 * 1024);
  return true;
}

}  // namespace tongban::tests
