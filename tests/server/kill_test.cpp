// The program itself, ended in the middle by SIGKILL: what it has acknowledged is there afterwards, once.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>

#include "shared/wire/json/case_view.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

/// `tongban serve` as a process of its own.
class Program {
 public:
  Program(const std::filesystem::path& data, std::uint16_t port) : port_(port) {
    const char* folder = std::getenv("TONGBAN_BINARY_DIR");
    const auto program = std::string(folder ? folder : ".") + "/tongban";
    const auto number = std::to_string(port);
    pid_ = ::fork();
    if (pid_ == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, STDOUT_FILENO);
      ::execl(program.c_str(), "tongban", "serve", "--data", data.c_str(), "--port", number.c_str(), "--rate", "0", "--submission-rate", "0", nullptr);
      ::_exit(127);
    }
  }
  ~Program() { kill(SIGTERM); }
  bool answers() const {
    return eventually([&] { return ask(port_, "GET", "/healthz").status == 200; });
  }
  /// Gives the exit status as waitpid has it.
  int kill(int signal) {
    int status = 0;
    if (pid_ <= 0) return 0;
    ::kill(pid_, signal);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
  }

 private:
  std::uint16_t port_;
  pid_t pid_ = -1;
};

}  // namespace

TEST_CASE("killed again and again under load, the node loses nothing that it has acknowledged") {
  constexpr int kills = 6;
  TemporaryFolder folder;
  const auto port = free_port();
  std::vector<ResidentOf> acknowledged;
  for (int round = 0; round < kills; ++round) {
    Program program(folder.path(), port);
    REQUIRE(program.answers());
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::vector<std::thread> crowd;
    for (int i = 0; i < 4; ++i)
      crowd.emplace_back([&] {
        while (!stop) {
          const auto one = sealed();
          const auto answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
          if (answer.status != 201) continue;
          const auto read = wire::json::read_submission_answer(answer.body);
          const std::lock_guard lock(mutex);
          acknowledged.push_back({port, read->view.number, one.secret});
        }
      });
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 37 * round));
    program.kill(SIGKILL);
    stop = true;
    for (auto& one : crowd) one.join();
  }
  Program program(folder.path(), port);
  REQUIRE(program.answers());
  MESSAGE(kills, " kills, ", acknowledged.size(), " acknowledged");
  CHECK(acknowledged.size() > 20);
  for (const auto& resident : acknowledged) CHECK(resident.view().number == resident.number);
}

TEST_CASE("killed at every 64 KB of an upload, the node goes on there, and the digest is equal") {
  constexpr std::size_t step = 64 * 1024;
  TemporaryFolder folder;
  const auto port = free_port();
  const Upload upload{port, photograph(5 * step + 4321)};
  for (std::size_t at = 0; at < 5 * step; at += step) {
    Program program(folder.path(), port);
    REQUIRE(program.answers());
    REQUIRE(upload.kept() == at);
    RawClient client(port);
    client.send(upload.head(at, upload.octets.size()) + upload.octets.substr(at, step + 99));
    REQUIRE(eventually([&] { return upload.kept() == at + step; }));
    program.kill(SIGKILL);
  }
  Program program(folder.path(), port);
  REQUIRE(program.answers());
  CHECK(upload.piece(5 * step, upload.octets.size()).status == 201);
  const auto hex = to_hex(crypto::digest(as_bytes(upload.octets)));
  std::ifstream stored(folder.path() / "materials" / hex.substr(0, 2) / hex, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(stored), {}) == upload.octets);
  CHECK(std::filesystem::is_empty(folder.path() / "materials" / "part"));
}

TEST_CASE("asked to stop, the program ends cleanly") {
  TemporaryFolder folder;
  const auto port = free_port();
  Program program(folder.path(), port);
  REQUIRE(program.answers());
  RawClient idle(port);
  const int status = program.kill(SIGINT);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(idle.closed());
}
