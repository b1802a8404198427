#include "server/http/rate.h"

#include <algorithm>
#include <cmath>

namespace tongban::http {
namespace {
constexpr int free_failures = 3;
constexpr int longest_wait_s = 900;
constexpr std::int64_t forgotten_after_ms = 24 * 3600 * 1000LL;
constexpr std::size_t delay_capacity = 20'000;
}  // namespace

int TokenBuckets::take(const std::string& key, Instant now, double tokens) {
  if (rate_ <= 0) return 0;  // the operator has switched this limit off
  if (buckets_.size() >= capacity_) forget_full_ones(now);
  auto& bucket = buckets_.try_emplace(key, Bucket{burst_, now.ms}).first->second;
  const double passed = static_cast<double>(std::max<std::int64_t>(0, now.ms - bucket.at_ms)) / 1000.0;
  bucket.tokens = std::min(burst_, bucket.tokens + passed * rate_);
  bucket.at_ms = now.ms;
  if (bucket.tokens >= 1) {
    bucket.tokens -= tokens;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / rate_)));
}

void TokenBuckets::forget_full_ones(Instant now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const double passed = static_cast<double>(now.ms - entry.second.at_ms) / 1000.0;
    return entry.second.tokens + passed * rate_ >= burst_;
  });
  // Twenty thousand addresses all at their limit: an attack, where forgetting is better than growing.
  if (buckets_.size() >= capacity_) buckets_.clear();
}

std::size_t OpenConnections::open(const std::string& peer) const {
  const auto found = open_.find(peer);
  return found == open_.end() ? 0 : found->second;
}

void OpenConnections::closed(const std::string& peer) {
  const auto found = open_.find(peer);
  if (found != open_.end() && --found->second == 0) open_.erase(found);
}

int GrowingDelay::wait(const std::string& key, Instant now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.until_ms <= now.ms) return 0;
  return static_cast<int>((found->second.until_ms - now.ms + 999) / 1000);
}

void GrowingDelay::failed(const std::string& key, Instant now) {
  if (entries_.size() >= delay_capacity)
    std::erase_if(entries_, [&](const auto& e) { return e.second.until_ms <= now.ms; });
  auto& entry = entries_[key];
  if (now.ms - entry.last_ms > forgotten_after_ms) entry.failures = 0;
  entry.last_ms = now.ms;
  if (++entry.failures < free_failures) return;
  const int doublings = std::min(entry.failures - free_failures, 10);
  entry.until_ms = now.ms + 1000LL * std::min(longest_wait_s, 1 << doublings);
}

}  // namespace tongban::http
