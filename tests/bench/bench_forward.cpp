// From A to B: how long one transfer takes until B's receipt is durable at A, against the floor of the same run; and how
// long B needs for a hundred thousand that have waited for it.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/bench/floor.h"
#include "tests/bench/line.h"
#include "tests/bench/two_nodes.h"

using namespace tongban::bench;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t one_by_one = 400, warm_up = 50, backlog = 100'000;
constexpr auto look_again = 50us;
constexpr auto longest_transfer = 5s, longest_drain = 300s;

/// How many letters wait, as whoever opens A's database sees it: only what is committed and synced.
class Outbox {
 public:
  explicit Outbox(const std::filesystem::path& database) {
    sqlite3_open_v2(database.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_prepare_v2(handle_, "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 0)", -1, &waits_, nullptr);
  }
  ~Outbox() {
    sqlite3_finalize(waits_);
    sqlite3_close(handle_);
  }
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  bool settles_within(Clock::duration time, Clock::duration pause) const {
    for (const auto until = Clock::now() + time; Clock::now() < until; std::this_thread::sleep_for(pause))
      if (!waits()) return true;
    return false;
  }

 private:
  bool waits() const {
    const bool some = sqlite3_step(waits_) != SQLITE_ROW || sqlite3_column_int(waits_, 0) != 0;
    sqlite3_reset(waits_);
    return some;
  }

  sqlite3* handle_ = nullptr;
  sqlite3_stmt* waits_ = nullptr;
};

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[std::min(static_cast<std::size_t>(static_cast<double>(values.size()) * q), values.size() - 1)];
}

struct Latencies {
  std::vector<double> transfers, floors;  ///< milliseconds, taken in turns
};

bool measure_each(TwoNodes& nodes, const std::vector<std::string>& numbers, Latencies& into) {
  const auto floor = Floor::make(nodes.folder());
  const Line window(nodes.a_port());
  const Outbox outbox(nodes.a_database());
  if (!floor) return false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double least = floor->once();
    const auto begun = Clock::now();
    const auto answer = window.ask(nodes.transfer_of(numbers[i]));
    if (!answer.starts_with("HTTP/1.1 200")) return std::fprintf(stderr, "the window may not transfer: %s\n", answer.c_str()), false;
    if (!outbox.settles_within(longest_transfer, look_again)) return std::fputs("a transfer is not settled\n", stderr), false;
    if (i < warm_up) continue;
    into.transfers.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    into.floors.push_back(least);
  }
  return true;
}

/// Seconds; nothing below zero is an answer.
double drain(TwoNodes& nodes) {
  const Outbox outbox(nodes.a_database());
  const auto begun = Clock::now();
  if (!nodes.start() || !outbox.settles_within(longest_drain, 20ms)) return -1;
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

}  // namespace

int main() {
  const auto nodes = TwoNodes::make();
  if (!nodes) return 1;
  const auto checked = nodes->put_cases(warm_up + one_by_one, Progress::Checked);
  Latencies each;
  if (checked.empty() || !nodes->start() || !measure_each(*nodes, checked, each)) return 1;
  nodes->stop();
  const double p50 = quantile(each.transfers, 0.5), p99 = quantile(each.transfers, 0.99), floor = quantile(each.floors, 0.5);
  std::printf("one at a time: p50 %.2f ms, p99 %.2f ms; the floor: p50 %.2f ms, p99 %.2f ms\n", p50, p99, floor, quantile(each.floors, 0.99));
  std::printf("{\"server.forward_p50_ms\": %.2f, \"server.forward_p50_ratio_to_floor\": %.2f, \"server.forward_p99_ms\": %.2f}\n", p50, p50 / floor, p99);
  std::fflush(stdout);

  if (nodes->put_cases(backlog, Progress::Transferred).empty()) return 1;
  const double seconds = drain(*nodes);
  if (seconds < 0) return std::fputs("the backlog is not drained\n", stderr), 1;
  std::printf("{\"server.backlog_100k_s\": %.1f}\n", seconds);
  return 0;
}
