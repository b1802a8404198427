// A line between two nodes that does everything a line can do, on loopback: it resets before the request has gone on or
// after it has been answered, says things twice, keeps a request back for later, dribbles octet by octet, and is cut.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "tests/fakes/seeded_random.h"

namespace tongban::tests {

class HostileProxy {
 public:
  /// Listens at once; `faults_percent` of the requests meet a fault.
  HostileProxy(std::uint16_t port, std::uint16_t to, std::uint64_t seed, unsigned faults_percent);
  ~HostileProxy();

  /// From now on it is a good line.
  void calm() { faults_percent_ = 0; }
  /// Nothing passes while it is cut.
  void cut(bool cut) { cut_ = cut; }
  /// Takes everything, passes nothing on and answers nothing.
  void swallow() { swallows_ = true; }
  /// Passes everything on and brings no answer back, or does again.
  void lose_answers(bool lose) { loses_answers_ = lose; }
  std::uint64_t requests() const { return requests_; }
  std::uint64_t faults() const { return faults_; }

 private:
  enum class Fate : std::uint8_t { Pass, ResetBefore, ResetAfter, Twice, KeptBack, OctetByOctet };

  Fate draw();
  void accept_all();
  void serve(int fd);
  /// False when the connection is to end.
  bool pass_on(int fd, const std::string& request);
  void send_kept_back();

  int listening_;
  std::uint16_t to_;
  std::atomic<unsigned> faults_percent_;
  std::atomic<bool> cut_{false}, swallows_{false}, loses_answers_{false}, stopped_{false};
  std::atomic<std::uint64_t> requests_{0}, faults_{0};
  std::mutex mutex_;  ///< of what follows
  fakes::SeededRandom random_;
  std::string kept_back_;
  std::atomic<int> connections_{0};  ///< each on a thread of its own
  std::thread thread_;
};

}  // namespace tongban::tests
