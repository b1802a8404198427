// What a store measures of itself while it works: counted on its own thread, read by the monitor on another.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace tongban::server {

/// How many values lay at or below each bound; the bounds are fixed, so that there are only so many series.
class Histogram {
 public:
  static constexpr std::size_t most_bounds = 10;

  template <std::size_t Count>
  explicit Histogram(const double (&bounds)[Count]) : count_of_bounds_(Count) {
    static_assert(Count <= most_bounds);
    for (std::size_t i = 0; i < Count; ++i) bounds_[i] = bounds[i];
  }
  void add(double value) {
    for (std::size_t i = 0; i < count_of_bounds_; ++i)
      if (value <= bounds_[i]) buckets_[i].fetch_add(1, std::memory_order_relaxed);
    count_.fetch_add(1, std::memory_order_relaxed);
    millionths_.fetch_add(static_cast<std::uint64_t>(value * 1e6), std::memory_order_relaxed);
  }

  std::size_t bounds() const { return count_of_bounds_; }
  double bound(std::size_t i) const { return bounds_[i]; }
  std::uint64_t up_to(std::size_t i) const { return buckets_[i].load(std::memory_order_relaxed); }
  std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }
  double sum() const { return static_cast<double>(millionths_.load(std::memory_order_relaxed)) / 1e6; }

 private:
  std::array<double, most_bounds> bounds_{};
  std::size_t count_of_bounds_;
  std::array<std::atomic<std::uint64_t>, most_bounds> buckets_{};
  std::atomic<std::uint64_t> count_{0}, millionths_{0};
};

/// Adds the seconds that it lives.
class Stopwatch {
 public:
  explicit Stopwatch(Histogram& into) : into_(into) {}
  ~Stopwatch() { into_.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count()); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  Histogram& into_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

struct StoreMeasures {
  Histogram commit_seconds{{0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5}};  ///< with the sync that it waits for
  Histogram round_pieces{{1, 2, 4, 8, 16, 32, 64, 128, 256}};                           ///< of work, reads as well
  Histogram checkpoint_seconds{{0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5}};      ///< one step of bringing the log over
};

}  // namespace tongban::server
