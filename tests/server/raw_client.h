// A client that sends exactly the octets it is given, and reads answers one by one: for what a browser never does.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tongban::tests {

struct Answer {
  int status = 0;  ///< 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

class RawClient {
 public:
  /// `from`: as the last number of 127.0.0.x, one of this machine's own addresses. `room`: for octets that are not read yet;
  /// 0: what is usual.
  explicit RawClient(std::uint16_t port, std::uint8_t from = 1, int room = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  RawClient& send(std::string_view octets);
  /// Closes this direction only.
  RawClient& say_no_more();
  /// `bodiless`: an answer to HEAD.
  Answer receive(bool bodiless = false);
  /// Reads up to so many octets and throws them away; how many those were, 0: the connection has ended.
  std::size_t take(std::size_t most);
  /// Whether "100 Continue" has come.
  bool goes_on();
  /// Whether the other side has closed, waiting up to `time` for it.
  bool closed(std::chrono::milliseconds time = std::chrono::seconds(5));
  /// Whether the other side has broken the connection off, whatever is still to be read.
  bool was_reset(std::chrono::milliseconds time = std::chrono::seconds(5));
  /// Ends without a word, as a pulled plug does.
  void drop();

 private:
  bool fill();

  int fd_;
  std::string buffer_;
};

/// Leaves a line for tests/server/watched.mjs, which looks for people where nobody may be named.
void leave_trace(std::string_view text);

/// Leaves the exchange for tests/server/watched.mjs, too, which holds it against the description: "GET /path 200 application/json",
/// what was asked and what was answered; bodies as base64url, those alone that are JSON. `unread` is the type of what is packed, or that
/// the test doesn't know.
inline constexpr const char* unread = "unread";
void leave_exchange(std::string_view request, const Answer& answer);

/// One request on its own connection.
Answer ask(std::uint16_t port, std::string_view request);
/// "GET /path" or "POST /path" with headers ("Name: value\r\n"…) and a body.
Answer ask(std::uint16_t port, std::string_view method, std::string_view path, std::string_view headers = {}, std::string_view body = {});

}  // namespace tongban::tests
