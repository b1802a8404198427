// A line of octets between two nodes, on loopback, that knows nothing of what they speak (so also TLS): it is torn after so
// many octets of either direction, dribbles, and is cut. What HostileProxy does to requests, this does to octets.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

#include "tests/fakes/seeded_random.h"

namespace tongban::tests {

class TornLine {
 public:
  /// Listens at once. Every connection is torn, after up to `longest` octets of one of their directions.
  TornLine(std::uint16_t port, std::uint16_t to, std::uint64_t seed, std::uint32_t longest);
  ~TornLine();
  TornLine(const TornLine&) = delete;
  TornLine& operator=(const TornLine&) = delete;

  /// From now on it is a good line.
  void calm() { calm_ = true; }
  /// Nothing passes while it is cut.
  void cut(bool cut) { cut_ = cut; }
  std::uint64_t torn() const { return torn_; }

 private:
  /// How many octets of each direction still pass, and in what pieces.
  struct Fate {
    std::uint64_t there, back;
    std::size_t piece;
  };

  Fate draw();
  void accept_all();
  void carry(int fd);
  /// Passes on what has come; false when the connection is to end.
  bool pass(int from, int to, std::uint64_t& left, std::size_t piece);

  int listening_;
  std::uint16_t to_;
  std::uint32_t longest_;
  std::atomic<bool> calm_{false}, cut_{false}, stopped_{false};
  std::atomic<std::uint64_t> torn_{0};
  std::mutex mutex_;  ///< of the random
  fakes::SeededRandom random_;
  std::atomic<int> connections_{0};  ///< each on a thread of its own
  std::thread thread_;
};

}  // namespace tongban::tests
