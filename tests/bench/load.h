// Submissions over many connections from one thread: as fast as they are answered, or so many a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tongban::bench {

struct LoadResult {
  std::vector<double> milliseconds;  ///< one a submission, from when it was due to the last octet of its answer; sorted
  double seconds = 0;
  std::size_t refused = 0;           ///< answers other than 201, and connections that broke

  double quantile(double q) const;
};

/// Posts every body once. `per_second` 0: each connection sends its next as soon as it has its answer; else each is due
/// at its time, whether or not those before have been answered.
LoadResult post_all(std::uint16_t port, std::span<const std::string> bodies, std::size_t connections, double per_second);

}  // namespace tongban::bench
