// Requests over many connections from one thread: as fast as they are answered, or so many a second.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tongban::bench {

struct LoadResult {
  std::vector<double> milliseconds;  ///< one a request, from when it was due to the last octet of its answer; sorted
  double seconds = 0;
  std::size_t refused = 0;           ///< answers other than the one hoped for, and connections that broke

  double quantile(double q) const;
};

/// Posts every body once. `per_second` 0: each connection sends its next as soon as it has its answer; else each is due
/// at its time, whether or not those before have been answered.
/// Hopes for 201.
LoadResult post_all(std::uint16_t port, std::span<const std::string> bodies, std::size_t connections, double per_second);
/// Asks `count` times for the file at `path`, each connection for its next as soon as it has the one before. Hopes for 200.
LoadResult get_all(std::uint16_t port, const std::string& path, std::size_t count, std::size_t connections);

}  // namespace tongban::bench
