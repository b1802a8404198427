// How fast a node takes in submissions durably, against raw SQLite writing the same rows in the same run; what each
// costs it; how long people wait at a quiet pace and under full load; and its memory at rest. Medians of three turns.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "tests/bench/applications.h"
#include "tests/bench/load.h"
#include "tests/bench/raw_store.h"
#include "tests/bench/served_node.h"

using namespace tongban::bench;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t saturated = 12'000, paced = 2'000, warm_up = 500, connections = 64, per_commit = 64, times = 3;

bool all_taken(const char* what, const LoadResult& result) {
  std::printf("%s: %zu submissions in %.2f s, p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n", what, result.milliseconds.size(), result.seconds,
              result.quantile(0.5), result.quantile(0.99), result.quantile(1));
  if (result.refused > 0) std::fprintf(stderr, "%s: %zu submissions were not taken\n", what, result.refused);
  return result.refused == 0;
}

/// What one turn of a fresh node and of raw SQLite behind it has come to.
struct Turn {
  double rate = 0, raw_rate = 0, ratio = 0, cpu_us = 0, p99_at_200 = 0, p99_saturated = 0, rest_mb = 0;
};

std::optional<Turn> take_turn(std::span<const std::string> bodies) {
  auto node = ServedNode::start();
  if (!node) return std::fputs("the node does not start\n", stderr), std::nullopt;
  std::this_thread::sleep_for(3s);
  Turn turn;
  turn.rest_mb = node->pss_mb();
  const auto warm = post_all(node->port(), bodies.first(warm_up), 8, 0);
  const auto quiet = post_all(node->port(), bodies.subspan(warm_up, paced), connections, 200);
  const double cpu_before = node->cpu_seconds();
  const auto full = post_all(node->port(), bodies.subspan(warm_up + paced), connections, 0);
  const double cpu = node->cpu_seconds() - cpu_before;
  if (!all_taken("warm-up", warm) || !all_taken("200 a second", quiet) || !all_taken("saturated", full)) return std::nullopt;
  node->stop();

  const double raw_seconds = write_again(node->database(), node->data() / "raw.db", bodies.size(), per_commit);
  if (raw_seconds <= 0) return std::nullopt;
  turn.rate = static_cast<double>(saturated) / full.seconds;
  turn.raw_rate = static_cast<double>(bodies.size()) / raw_seconds;
  turn.ratio = turn.rate / turn.raw_rate;
  turn.cpu_us = cpu * 1e6 / static_cast<double>(saturated);
  turn.p99_at_200 = quiet.quantile(0.99);
  turn.p99_saturated = full.quantile(0.99);
  std::printf("raw SQLite: %.0f cases a second; the node reached %.3f of it\n", turn.raw_rate, turn.ratio);
  return turn;
}

double median(std::span<const Turn> turns, double Turn::*figure) {
  std::vector<double> values;
  for (const Turn& turn : turns) values.push_back(turn.*figure);
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  const auto bodies = sealed_applications(warm_up + paced + saturated);
  if (bodies.empty()) return 1;
  std::printf("an application is %zu octets of JSON\n", bodies.front().size());
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < times; ++i) {
    const auto turn = take_turn(bodies);
    if (!turn) return 1;
    turns.push_back(*turn);
  }
  std::printf("{\"server.submissions_per_s\": %.0f, \"server.raw_cases_per_s\": %.0f, \"server.submit_ratio_to_raw\": %.3f, "
              "\"server.cpu_us_per_submission\": %.1f, \"server.p99_ms_at_200\": %.2f, \"server.p99_ms_saturated\": %.2f, \"server.pss_mb_idle\": %.1f}\n",
              median(turns, &Turn::rate), median(turns, &Turn::raw_rate), median(turns, &Turn::ratio), median(turns, &Turn::cpu_us),
              median(turns, &Turn::p99_at_200), median(turns, &Turn::p99_saturated), median(turns, &Turn::rest_mb));
  return 0;
}
