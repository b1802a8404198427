// Token buckets by address, and growing delays by key (a wrong password, a wrong case secret). Both are bounded.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/http/remembered.h"
#include "shared/base/time.h"

namespace tongban::http {

/// As which an address is counted by whatever counts addresses. Of IPv6 that is its /64, since one household or telephone may take any
/// address of it; an IPv4 address that comes written as IPv6 is itself.
std::string counted_as(const boost::asio::ip::address& address);

inline constexpr std::size_t most_counted = 20'000;

/// `rate` tokens a second up to `burst`.
class TokenBuckets {
 public:
  TokenBuckets(double rate, double burst, std::size_t capacity = most_counted) : rate_(rate), burst_(burst), buckets_(capacity) {}

  /// 0 when the request may pass; else the whole seconds after which it may be tried again. `tokens`: what it takes, of which
  /// one must be there.
  int take(const std::string& key, Instant now, double tokens = 1);

 private:
  struct Bucket {
    double tokens;
    std::int64_t at_ms;
  };

  double rate_, burst_;
  Remembered<Bucket> buckets_;
};

/// How many connections are open from each address.
class OpenConnections {
 public:
  std::size_t open(const std::string& peer) const;
  void opened(const std::string& peer) { ++open_[peer]; }
  void closed(const std::string& peer);

 private:
  std::unordered_map<std::string, std::size_t> open_;
};

/// After each failure in a row the wait doubles: none for the first three, then 1, 2, 4 … 900 seconds.
class GrowingDelay {
 public:
  explicit GrowingDelay(std::size_t capacity = most_counted) : entries_(capacity) {}

  /// Seconds still to wait before `key` may be tried; 0: now.
  int wait(const std::string& key, Instant now) const;
  void failed(const std::string& key, Instant now);
  void succeeded(const std::string& key) { entries_.forget(key); }

 private:
  struct Entry {
    int failures = 0;
    std::int64_t until_ms = 0;
    std::int64_t last_ms = 0;
  };
  Remembered<Entry> entries_;
};

}  // namespace tongban::http
