// What residents who have asked something and may ask more cost a node in memory: ten thousand idle connections.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "tests/bench/line.h"
#include "tests/bench/served_node.h"

using namespace tongban::bench;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t residents = 10'000;
constexpr int not_on_this_machine = 77;

bool room_for_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur > residents + 100;
}

}  // namespace

int main() {
  if (!room_for_descriptors()) {
    std::fputs("a process may not open 10,000 connections here: raise the hard limit of descriptors\n", stderr);
    return not_on_this_machine;
  }
  auto node = ServedNode::start();
  if (!node) return std::fputs("the node does not start\n", stderr), 1;
  const std::string request = request_of("GET", "/api/v1/node", {}, {});
  if (Line(node->port()).ask(request).empty()) return 1;
  std::this_thread::sleep_for(3s);
  const double at_rest = node->pss_mb();
  std::vector<Line> lines;
  while (lines.size() < residents) {
    lines.emplace_back(node->port());
    if (!lines.back().ask(request).starts_with("HTTP/1.1 200")) return std::fprintf(stderr, "connection %zu is not answered\n", lines.size()), 1;
  }
  std::this_thread::sleep_for(3s);
  const double held = node->pss_mb();
  std::printf("at rest %.1f MB, with %zu idle connections %.1f MB\n", at_rest, lines.size(), held);
  std::printf("{\"server.pss_mb_per_10k_idle\": %.2f}\n", held - at_rest);
  return 0;
}
