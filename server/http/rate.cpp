#include "server/http/rate.h"

#include <algorithm>
#include <cmath>

namespace tongban::http {
namespace {
constexpr int free_failures = 3;
constexpr int longest_wait_s = 900;
constexpr std::int64_t forgotten_after_ms = 24 * 3600 * 1000LL;
}  // namespace

std::string counted_as(const boost::asio::ip::address& address) {
  namespace ip = boost::asio::ip;
  if (address.is_v4()) return address.to_string();
  const auto long_one = address.to_v6();
  if (long_one.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, long_one).to_string();
  auto octets = long_one.to_bytes();
  std::fill(octets.begin() + 8, octets.end(), 0);
  return ip::address_v6(octets).to_string() + "/64";
}

int TokenBuckets::take(const std::string& key, Instant now, double tokens) {
  if (rate_ <= 0) return 0;  // the operator has switched this limit off
  auto& bucket = buckets_.touch(key, {burst_, now.ms});
  const double passed = static_cast<double>(std::max<std::int64_t>(0, now.ms - bucket.at_ms)) / 1000.0;
  bucket.tokens = std::min(burst_, bucket.tokens + passed * rate_);
  bucket.at_ms = now.ms;
  if (bucket.tokens >= 1) {
    bucket.tokens -= tokens;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / rate_)));
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
  const auto* found = entries_.find(key);
  // Longer than any delay is: the clock was ahead when it was reckoned.
  if (!found || found->until_ms <= now.ms || found->until_ms - now.ms > 1000LL * longest_wait_s) return 0;
  return static_cast<int>((found->until_ms - now.ms + 999) / 1000);
}

void GrowingDelay::failed(const std::string& key, Instant now) {
  auto& entry = entries_.touch(key, {});
  if (now.ms - entry.last_ms > forgotten_after_ms) entry.failures = 0;
  entry.last_ms = now.ms;
  if (++entry.failures < free_failures) return;
  const int doublings = std::min(entry.failures - free_failures, 10);
  entry.until_ms = now.ms + 1000LL * std::min(longest_wait_s, 1 << doublings);
}

}  // namespace tongban::http
