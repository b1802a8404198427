#include "tests/server/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "shared/wire/json/case_view.h"

namespace tongban::tests {
namespace {

pid_t start(std::vector<std::string> words, const std::string& name = "tongban") {
  const char* folder = std::getenv("TONGBAN_BINARY_DIR");
  const auto program = std::string(folder ? folder : ".") + '/' + name;
  words.insert(words.begin(), name);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  ::_exit(127);
}

}  // namespace

Program::Program(const std::filesystem::path& data, std::uint16_t port, const std::vector<std::string>& more, const std::string& name) : port_(port) {
  std::vector<std::string> words{"serve", "--data", data.string(), "--port", std::to_string(port)};
  for (const char* limit : {"--rate", "--submission-rate"})
    if (std::find(more.begin(), more.end(), limit) == more.end()) words.insert(words.end(), {limit, "0"});
  words.insert(words.end(), more.begin(), more.end());
  pid_ = start(std::move(words), name);
}

Program::~Program() { kill(SIGTERM); }

bool Program::answers() const {
  return eventually([&] { return ask(port_, "GET", "/healthz").status == 200; });
}

void Program::signal(int number) const { ::kill(pid_, number); }

int Program::kill(int signal) {
  if (pid_ <= 0) return 0;
  ::kill(pid_, signal);
  return wait();
}

bool Program::has_ended() const {
  siginfo_t about{};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &about, WEXITED | WNOHANG | WNOWAIT) == 0 && about.si_pid == pid_;
}

int Program::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return status;
}

int run_program(const std::vector<std::string>& words, std::chrono::milliseconds most) {
  const auto last = std::chrono::steady_clock::now() + most;
  const pid_t pid = start(words);
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= last) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Crowd::Crowd(std::uint16_t port) {
  for (int i = 0; i < 4; ++i) people_.emplace_back([this, port] { hand_in(port); });
}

std::vector<ResidentOf> Crowd::stop() {
  stopped_ = true;
  for (auto& one : people_) one.join();
  return std::move(acknowledged_);
}

void Crowd::hand_in(std::uint16_t port) {
  while (!stopped_) {
    const auto one = sealed();
    Answer answer;
    do answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
    while (answer.status == 0 && !stopped_);
    const std::lock_guard lock(mutex_);
    if (answer.status == 0) unanswered_.push_back(one);
    if (answer.status != 201 && answer.status != 200) continue;
    const auto read = wire::json::read_submission_answer(answer.body);
    acknowledged_.push_back({port, read->view.number, one.secret});
  }
}

}  // namespace tongban::tests
