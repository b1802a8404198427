// What residents who have asked something and may ask more cost a node in memory: ten thousand idle connections without TLS, and
// as many with it, by two thousand of them.
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/line.h"
#include "tests/bench/served_node.h"
#include "tests/server/authority.h"

using namespace tongban::bench;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t residents = 10'000, residents_by_tls = 2'000;
constexpr int not_on_this_machine = 77;
const std::string request = request_of("GET", "/api/v1/node", {}, {});

bool room_for_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur > residents + 100;
}

/// A resident's connection by TLS, without a look at whose certificate it is.
class TlsLine {
 public:
  TlsLine(SSL_CTX* context, std::uint16_t port) : fd_(connect_to(port)), tls_(SSL_new(context), SSL_free) {
    SSL_set_fd(tls_.get(), fd_);
  }
  TlsLine(TlsLine&& other) noexcept : fd_(std::exchange(other.fd_, -1)), tls_(std::move(other.tls_)) {}
  ~TlsLine() {
    if (fd_ >= 0) ::close(fd_);
  }

  bool is_answered() {
    char answer[4096];
    if (SSL_connect(tls_.get()) != 1 || SSL_write(tls_.get(), request.data(), static_cast<int>(request.size())) <= 0) return false;
    const int got = SSL_read(tls_.get(), answer, sizeof answer);
    return got > 0 && std::string_view(answer, static_cast<std::size_t>(got)).starts_with("HTTP/1.1 200");
  }

 private:
  int fd_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
};

/// What is held for so many lines, beyond what there was after the first. Negative when one isn't answered.
template <typename Open>
double held_for(const ServedNode& node, std::size_t count, Open open) {
  if (!open()) return -1;
  std::this_thread::sleep_for(3s);
  const double at_rest = node.pss_mb();
  for (std::size_t i = 0; i < count; ++i)
    if (!open()) return std::fprintf(stderr, "connection %zu is not answered\n", i), -1;
  std::this_thread::sleep_for(3s);
  const double held = node.pss_mb();
  std::printf("at rest %.1f MB, with %zu idle connections %.1f MB\n", at_rest, count, held);
  return held - at_rest;
}

double plain() {
  const auto node = ServedNode::start();
  std::vector<Line> lines;
  return !node ? -1 : held_for(*node, residents, [&] { return lines.emplace_back(node->port()).ask(request).starts_with("HTTP/1.1 200"); });
}

double by_tls() {
  std::string pattern = (std::filesystem::temp_directory_path() / "tongban-bench-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  const auto files = tongban::tests::Authority(folder).issue("public", {});
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const auto node = ServedNode::start_in(folder / "data", free_port(), {"--tls-cert", files.certificate, "--tls-key", files.key});
  std::vector<TlsLine> lines;
  const double held = !node ? -1 : held_for(*node, residents_by_tls, [&] { return lines.emplace_back(context.get(), node->port()).is_answered(); });
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return held * static_cast<double>(residents) / static_cast<double>(residents_by_tls);
}

}  // namespace

int main() {
  if (!room_for_descriptors()) {
    std::fputs("a process may not open 10,000 connections here: raise the hard limit of descriptors\n", stderr);
    return not_on_this_machine;
  }
  const double without = plain(), with = by_tls();
  if (without < 0 || with < 0) return 1;
  std::printf("{\"server.pss_mb_per_10k_idle\": %.2f, \"server.pss_mb_per_10k_idle_tls\": %.1f}\n", without, with);
  return 0;
}
