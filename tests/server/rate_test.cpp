// What is kept of addresses and keys that others choose, and for how many of them.
#include <doctest/doctest.h>

#include "server/http/rate.h"

using namespace tongban;
using namespace tongban::http;

namespace {

constexpr std::size_t capacity = 100;

std::string key_of(std::size_t number) { return "key " + std::to_string(number); }

}  // namespace

TEST_CASE("when there are too many buckets, the oldest tenth is forgotten and all others stay as empty as they were") {
  TokenBuckets buckets(0.5, 2, capacity);
  const Instant now{1'000};
  for (std::size_t i = 0; i < capacity; ++i) CHECK(buckets.take(key_of(i), now, 2) == 0);
  CHECK(buckets.take(key_of(0), now) == 2);  // no longer the oldest
  CHECK(buckets.take("one more", now) == 0);
  CHECK(buckets.take(key_of(0), now) == 2);
  for (std::size_t i = 11; i < capacity; ++i) CHECK(buckets.take(key_of(i), now) == 2);
  for (std::size_t i = 1; i < 11; ++i) CHECK(buckets.take(key_of(i), now) == 0);
}

TEST_CASE("a bucket fills while nobody takes of it") {
  TokenBuckets buckets(0.5, 2);
  CHECK(buckets.take("a", Instant{0}, 2) == 0);
  CHECK(buckets.take("a", Instant{1'000}) == 1);
  CHECK(buckets.take("a", Instant{2'000}) == 0);
}

TEST_CASE("when too many keys have failed, the oldest tenth is forgotten and all others wait on") {
  GrowingDelay delay(capacity);
  const Instant now{1'000};
  const auto fails = [&](const std::string& key) {
    for (int i = 0; i < 3; ++i) delay.failed(key, now);
  };
  for (std::size_t i = 0; i < capacity; ++i) fails(key_of(i));
  fails(key_of(0));
  fails("one more");
  CHECK(delay.wait("one more", now) > 0);
  CHECK(delay.wait(key_of(0), now) > 0);
  for (std::size_t i = 1; i < 11; ++i) CHECK(delay.wait(key_of(i), now) == 0);
  for (std::size_t i = 11; i < capacity; ++i) CHECK(delay.wait(key_of(i), now) == 1);
}

TEST_CASE("a delay that was reckoned by a clock that was ahead keeps nobody out") {
  GrowingDelay delay(10);
  const Instant now{1'000}, ahead = now + std::chrono::hours(8);
  for (int i = 0; i < 3; ++i) delay.failed("演示", ahead);
  CHECK(delay.wait("演示", ahead) > 0);
  CHECK(delay.wait("演示", now) == 0);
}

TEST_CASE("an address of IPv6 is counted as its /64, and one of IPv4 as itself, however it is written") {
  const auto counted = [](const char* address) { return counted_as(boost::asio::ip::make_address(address)); };
  CHECK(counted("192.0.2.7") == "192.0.2.7");
  CHECK(counted("::ffff:192.0.2.7") == "192.0.2.7");
  CHECK(counted("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(counted("2001:db8:1:2::1") == counted("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  CHECK(counted("2001:db8:1:2::1") != counted("2001:db8:1:3::1"));
  CHECK(counted("fe80::1%1") == "fe80::/64");
}
