// One person's connection to a node: kept while it lasts, made anew when it has broken. No answer is an answer, too.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace tongban::drill {

struct Request {
  std::string method, path;
  std::string headers;  ///< "Name: value\r\n" each
  std::string body;     ///< JSON, if any
};

struct Answer {
  unsigned status = 0;  ///< 0: none came
  std::string body;
};

class Line {
 public:
  explicit Line(std::uint16_t port);
  Line(Line&&) noexcept;
  ~Line();
  /// Waits at most so long.
  Answer ask(const Request& request, std::chrono::milliseconds most = std::chrono::seconds(10));

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tongban::drill
