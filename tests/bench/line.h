// One connection to a node on loopback, as a client that keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tongban::bench {

/// A socket to `port` on loopback; -1 when nobody answers there, or descriptors have run out.
int connect_to(std::uint16_t port);

class Line {
 public:
  /// Not open where connect_to gives none.
  explicit Line(std::uint16_t port);
  Line(Line&& other) noexcept;
  Line& operator=(Line&&) = delete;
  ~Line();

  bool is_open() const { return fd_ >= 0; }
  int descriptor() const { return fd_; }
  void close();
  /// Sends all of it; small enough for the socket's buffer.
  bool send(std::string_view request) const;
  /// Takes what has come, waiting if asked to; false when the other side has gone.
  bool receive(std::string& into, bool wait) const;
  /// Sends and waits for the whole answer; empty when the line broke.
  std::string ask(std::string_view request) const;

 private:
  int fd_;
};

std::string request_of(std::string_view method, std::string_view path, std::string_view headers, std::string_view body);
/// Whether a whole answer has come; our own server always says its length.
bool is_whole(std::string_view answer);

}  // namespace tongban::bench
