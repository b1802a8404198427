// The couriers of all offices, over the network: whatever waits in an outbox goes out again and again until the
// addressee's answer has settled it.
#pragma once

#include "tests/journeys/network.h"
#include "tests/journeys/office.h"

namespace tongban::journeys {

class Post {
 public:
  Post(std::vector<Office*> offices, Network& network, World& world) : offices_(std::move(offices)), network_(network), world_(world) {}

  /// Some office tries one of its waiting letters.
  void try_one();
  /// Every letter that waits is tried once. False when none does.
  bool try_all();

  /// The last answers that have gone over the lines, for whoever mixes them up.
  const std::vector<Bytes>& answers_seen() const { return answers_; }

 private:
  Office* office_of(const CentreId& centre) const;
  void send(Office& from, const OutboxRow& letter);
  /// A recollection that it hasn't taken waits for it somewhere.
  bool is_reminded(const Office& office) const;
  /// A restored office asks another what it knows.
  void ask(Office& from);
  void answered(Office& from, Office& to, const OutboxRow& letter, const wire::Answer& answer);

  std::vector<Office*> offices_;
  Network& network_;
  World& world_;
  std::vector<Bytes> answers_;
};

}  // namespace tongban::journeys
