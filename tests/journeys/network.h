// The lines between offices and from a device to an office, with faults from a seed: what is sent gets lost, comes
// twice, late, out of order or garbled; a line breaks in one direction (half-open) or in both.
#pragma once

#include <functional>
#include <set>

#include "tests/journeys/world.h"

namespace tongban::journeys {

/// Per cent of the times.
struct Faults {
  unsigned lost = 0, doubled = 0, late = 0, garbled = 0, broken_line = 0;
  unsigned cut = 0, failed_commit = 0, clock_jump = 0, file_lost = 0, stranger = 0, disk_lost = 0;
  static Faults from(fakes::SeededRandom& random);
  static Faults none() { return {}; }
};

class Network {
 public:
  using Arrive = std::function<void(ByteView)>;

  explicit Network(World& world) : world_(world), faults_(Faults::from(world.random)) {}

  /// `what` is for the log. A device is the centre "".
  void send(const CentreId& from, const CentreId& to, std::string what, Bytes octets, Arrive arrive);
  /// Something that was late arrives. False when nothing is under way.
  bool deliver_late();
  /// What an office has sent arrives now, or never: its lines end with it.
  void end_lines_of(const CentreId& office);
  /// A line breaks, or one is mended.
  void change_lines();
  /// Faults end; what is under way still arrives.
  void calm();

  const Faults& faults() const { return faults_; }
  /// Throws the dice for a fault, and counts it.
  bool fault(unsigned percent);
  std::size_t faults_played() const { return played_; }

 private:
  struct Late {
    CentreId from;
    std::string what;
    Bytes octets;
    Arrive arrive;
  };
  using Line = std::pair<CentreId, CentreId>;

  void deliver(std::size_t at);

  World& world_;
  Faults faults_;
  std::set<Line> broken_;
  std::vector<Late> late_;
  std::size_t played_ = 0;
};

}  // namespace tongban::journeys
