// What a node in the test's process writes to its log.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace tongban::tests {

/// A pipe whose reader has stopped reading.
struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  /// Without waiting for more.
  std::string read_all() {
    std::string all;
    char piece[4'096];
    for (ssize_t got; (got = ::read(ends[0], piece, sizeof piece)) > 0;) all.append(piece, static_cast<std::size_t>(got));
    return all;
  }
};

/// What this process writes to standard error, while it lives; passed on at its end.
class StandardError {
 public:
  StandardError() : before_(::dup(STDERR_FILENO)) { ::dup2(pipe_.ends[1], STDERR_FILENO); }
  ~StandardError() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    [[maybe_unused]] const auto passed = ::write(STDERR_FILENO, said_.data(), said_.size());
  }
  const std::string& said() { return said_ += pipe_.read_all(); }

 private:
  Pipe pipe_;
  int before_;
  std::string said_;
};

}  // namespace tongban::tests
