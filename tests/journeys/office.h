// A node of one centre: the production steps over a disk, played in rounds as the ledger plays them. Pieces of work see
// what was written before them in the round; nobody gets a reply before the round is synced.
#pragma once

#include <functional>
#include <set>

#include "tests/journeys/disk.h"
#include "tests/journeys/practice.h"
#include "tests/journeys/world.h"

namespace tongban::journeys {

/// How a round ends: all is well; the disk says no; the power goes before, or after, it is synced.
enum class RoundEnd : std::uint8_t { Synced, Failed, CutBefore, CutAfter };

class Office {
 public:
  using Reply = std::function<void(const Expected<Effects>&)>;

  Office(CentreId centre, World& world, Practice& practice) : centre_(centre), keys_({centre}), world_(world), practice_(practice) {}

  void submit(const casework::Application& application, Reply reply);
  void begin_walk_in(const casework::Application& application, Reply reply);
  void act(casework::Verb verb, const SubmissionId& submission, const casework::EventPayload& payload, casework::Role role, Reply reply);
  /// A window gives somebody who has lost the secret a new one.
  void renew_access(const SubmissionId& submission, std::function<void(const casework::AccessSecret&)> told);
  bool opens(const SubmissionId& submission, const casework::AccessSecret& secret);

  /// An envelope has come; the reply carries the signed answer.
  void receive(ByteView envelope, Reply reply);
  /// An answer has come; `settled` is told what it said once the consequences are safe.
  void settle(const EnvelopeId& letter, ByteView answer, std::function<void(const wire::Answer&)> settled);
  /// The octets to put on the wire for a letter that waits.
  Bytes send(const OutboxRow& letter);

  /// The letters that a courier finds waiting: none that is not synced.
  std::vector<OutboxRow> waiting() const;

  void end_round(RoundEnd end);
  bool round_is_open() const { return !round_.empty() || !disk_.is_synced(); }

  void put_file(const casework::Digest& digest) { files_.insert(digest); }
  bool has_file(const casework::Digest& digest) const { return files_.contains(digest); }

  const CentreId& centre() const { return centre_; }
  char letter() const { return letter_of(centre_); }
  const fakes::MemoryStore& rows() const { return disk_.rows(); }
  const Disk& disk() const { return disk_; }
  std::optional<usecases::CaseRow> row(const SubmissionId& submission) const;
  /// The node's own clock goes wrong by so much more.
  void shift_clock(std::chrono::milliseconds by) { skew_ += by; }
  Ground ground();

 private:
  struct Piece {
    Reply reply;
    Expected<Effects> effects;
  };

  std::optional<CaseRecord> record(const usecases::CaseKey& key) const;
  usecases::IntakeState intake_state(const casework::Application& application) const;
  std::vector<casework::Digest> lacking(const std::vector<casework::Digest>& digests) const;
  void play(Expected<Effects> effects, Reply reply);
  bool write(const Batch& batch);

  CentreId centre_;
  fakes::FixedCentreKeys keys_;
  World& world_;
  Practice& practice_;
  std::chrono::milliseconds skew_{0};
  Disk disk_;
  std::set<casework::Digest> files_;  ///< synced before any row names them
  std::vector<Piece> round_;
};

}  // namespace tongban::journeys
