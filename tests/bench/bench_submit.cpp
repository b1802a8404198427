// How fast a node takes in submissions durably, against raw SQLite writing the same rows in the same run; what each
// costs it; how long people wait at a quiet pace and under full load; and its memory at rest.
#include <chrono>
#include <cstdio>
#include <span>
#include <thread>

#include "tests/bench/applications.h"
#include "tests/bench/load.h"
#include "tests/bench/raw_store.h"
#include "tests/bench/served_node.h"

using namespace tongban::bench;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t saturated = 12'000, paced = 2'000, warm_up = 500, connections = 64, per_commit = 64;

bool all_taken(const char* what, const LoadResult& result) {
  std::printf("%s: %zu submissions in %.2f s, p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n", what, result.milliseconds.size(), result.seconds,
              result.quantile(0.5), result.quantile(0.99), result.quantile(1));
  if (result.refused > 0) std::fprintf(stderr, "%s: %zu submissions were not taken\n", what, result.refused);
  return result.refused == 0;
}

}  // namespace

int main() {
  const auto bodies = sealed_applications(warm_up + paced + saturated);
  if (bodies.empty()) return 1;
  std::printf("an application is %zu octets of JSON\n", bodies.front().size());
  auto node = ServedNode::start();
  if (!node) {
    std::fputs("the node does not start\n", stderr);
    return 1;
  }
  std::this_thread::sleep_for(3s);
  const double rest = node->pss_mb();
  const std::span<const std::string> all(bodies);
  const auto warm = post_all(node->port(), all.first(warm_up), 8, 0);
  const auto quiet = post_all(node->port(), all.subspan(warm_up, paced), connections, 200);
  const double cpu_before = node->cpu_seconds();
  const auto full = post_all(node->port(), all.subspan(warm_up + paced), connections, 0);
  const double cpu = node->cpu_seconds() - cpu_before;
  if (!all_taken("warm-up", warm) || !all_taken("200 a second", quiet) || !all_taken("saturated", full)) return 1;
  node->stop();

  const double raw_seconds = write_again(node->database(), node->data() / "raw.db", bodies.size(), per_commit);
  if (raw_seconds <= 0) return 1;
  const double rate = static_cast<double>(saturated) / full.seconds, raw_rate = static_cast<double>(bodies.size()) / raw_seconds;
  std::printf("raw SQLite: %.0f cases a second\n", raw_rate);
  std::printf("{\"server.submissions_per_s\": %.0f, \"server.raw_cases_per_s\": %.0f, \"server.submit_ratio_to_raw\": %.3f, "
              "\"server.cpu_us_per_submission\": %.1f, \"server.p99_ms_at_200\": %.2f, \"server.p99_ms_saturated\": %.2f, \"server.pss_mb_idle\": %.1f}\n",
              rate, raw_rate, rate / raw_rate, cpu * 1e6 / static_cast<double>(saturated), quiet.quantile(0.99), full.quantile(0.99), rest);
  return 0;
}
