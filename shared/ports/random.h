// Randomness, supplied by the shells: the system natively, getRandomValues in the browser, a seed in tests.
#pragma once

#include <cstdint>
#include <span>

namespace tongban::ports {

class Random {
 public:
  virtual ~Random() = default;
  /// Fills all of `out` with unpredictable octets.
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// A fresh value of any type that holds its octets in `octets` (RandomId), or is an array of octets.
template <typename T>
T fresh(Random& random) {
  T value{};
  if constexpr (requires { value.octets; }) {
    random.fill(value.octets);
  } else {
    random.fill(value);
  }
  return value;
}

}  // namespace tongban::ports
