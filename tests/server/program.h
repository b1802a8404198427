// The program itself as a process of its own, to be killed, and people who hand in meanwhile.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/town.h"

namespace tongban::tests {

/// `tongban serve` as a process of its own; `name`: of a program that is built like it.
class Program {
 public:
  Program(const std::filesystem::path& data, std::uint16_t port, const std::vector<std::string>& more = {}, const std::string& name = "tongban");
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  bool answers() const;
  /// Without waiting for what comes of it.
  void signal(int number) const;
  /// Gives the exit status as waitpid has it.
  int kill(int signal);
  /// Whether it has ended by itself.
  bool has_ended() const;
  /// Waits for that; the exit status as waitpid has it, and the program is gone.
  int wait();

 private:
  std::uint16_t port_;
  pid_t pid_ = -1;
};

/// A command of the program, to its end; its exit code. -1 when it was killed, as it is where it takes longer than `most`.
int run_program(const std::vector<std::string>& words, std::chrono::milliseconds most = std::chrono::minutes(1));

/// People who hand in as fast as they can, until they are stopped; and what they were told is stored. Who gets no answer
/// hands the very same in again.
class Crowd {
 public:
  explicit Crowd(std::uint16_t port);
  std::vector<ResidentOf> stop();
  /// Once they are stopped: what was handed in and has had no answer.
  const std::vector<usecases::Sealed>& unanswered() const { return unanswered_; }

 private:
  void hand_in(std::uint16_t port);

  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::vector<ResidentOf> acknowledged_;
  std::vector<usecases::Sealed> unanswered_;
  std::vector<std::thread> people_;
};

}  // namespace tongban::tests
