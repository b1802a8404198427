#include "tests/bench/served_node.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

namespace tongban::bench {
namespace {

using namespace std::chrono_literals;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  return at;
}

bool answers(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const auto at = loopback(port);
  const bool connected = ::connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  ::close(fd);
  return connected;
}

[[noreturn]] void become(const std::string& data, std::uint16_t port, const std::vector<std::string>& more) {
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, 1);
  ::dup2(nowhere, 2);
  std::vector<std::string> words{TONGBAN_PROGRAM, "serve", "--data", data, "--port", std::to_string(port), "--rate", "0", "--submission-rate", "0", "--max-connections-each", "0"};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(TONGBAN_PROGRAM, arguments.data());
  ::_exit(127);
}

}  // namespace

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  auto at = loopback(0);
  socklen_t size = sizeof at;
  ::bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
  ::close(fd);
  return ntohs(at.sin_port);
}

std::optional<ServedNode> ServedNode::start() {
  std::string pattern = (std::filesystem::temp_directory_path() / "tongban-bench-XXXXXX").string();
  const std::filesystem::path data = ::mkdtemp(pattern.data());
  auto node = start_in(data, free_port(), {});
  if (node) node->own_data_ = true;
  else std::filesystem::remove_all(data);
  return node;
}

std::optional<ServedNode> ServedNode::start_in(const std::filesystem::path& data, std::uint16_t port, const std::vector<std::string>& more) {
  ServedNode node;
  node.data_ = data;
  node.port_ = port;
  node.pid_ = ::fork();
  if (node.pid_ == 0) become(data.string(), port, more);
  if (!node.becomes_ready()) return std::nullopt;
  return node;
}

bool ServedNode::becomes_ready() {
  for (int tries = 0; tries < 600; ++tries) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) {
      pid_ = 0;
      return false;
    }
    if (answers(port_)) return true;
    std::this_thread::sleep_for(100ms);
  }
  return false;
}

ServedNode::ServedNode(ServedNode&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), port_(other.port_), data_(std::exchange(other.data_, {})), own_data_(std::exchange(other.own_data_, false)) {}

ServedNode::~ServedNode() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  if (own_data_) std::filesystem::remove_all(data_, ignored);
}

void ServedNode::stop() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

double ServedNode::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  // The name, in parentheses, may hold anything; user and system time are the 12th and 13th fields after it.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServedNode::pss_mb() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
  std::string line;
  while (std::getline(file, line))
    if (line.starts_with("Pss:")) return static_cast<double>(std::stoull(line.substr(4))) / 1024;   // from kB
  return 0;
}

}  // namespace tongban::bench
