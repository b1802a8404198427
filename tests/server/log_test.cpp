// The operator's log: whoever writes it never waits for whoever reads it.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "server/platform/log.h"

using namespace tongban;
using platform::Level;

namespace {

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
  std::string read_all() {
    std::string all;
    char piece[4'096];
    for (ssize_t got; (got = ::read(ends[0], piece, sizeof piece)) > 0;) all.append(piece, static_cast<std::size_t>(got));
    return all;
  }
};

}  // namespace

TEST_CASE("a log that nobody takes keeps nobody waiting, and says later how many lines are missing") {
  Pipe pipe;
  platform::LogLines log(pipe.ends[1]);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 4'000; ++i) log.put(Level::Info, "line " + std::to_string(i) + std::string(100, '.'));
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  const auto taken = pipe.read_all();
  const auto kept = std::count(taken.begin(), taken.end(), '\n');
  CHECK(kept > 50);
  CHECK(kept < 3'000);
  log.put(Level::Warn, "the next");
  const auto later = pipe.read_all();
  CHECK(later.find(std::to_string(4'000 - kept) + " lines of this log were dropped") != std::string::npos);
  CHECK(later.find("the next") != std::string::npos);
  log.put(Level::Warn, "one more");
  CHECK(pipe.read_all().find("dropped") == std::string::npos);
}

TEST_CASE("a line is cut where a pipe would take it in two") {
  Pipe pipe;
  platform::LogLines log(pipe.ends[1]);
  log.put(Level::Info, std::string(10'000, 'x'));
  const auto line = pipe.read_all();
  CHECK(line.size() == 4'000);
  CHECK(line.ends_with("x\n"));
}
