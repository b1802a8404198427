// A node of one centre: the production steps over a disk, played in rounds as the ledger plays them. Pieces of work see
// what was written before them in the round; nobody gets a reply before the round is synced.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "tests/journeys/disk.h"
#include "tests/journeys/practice.h"
#include "tests/journeys/world.h"

namespace tongban::journeys {

/// A backup: the state after so many writes, and the office's time at which it was made.
struct Backup {
  std::size_t writes = 0;
  Instant made_at;
};

/// An event of which a window or a reviewer has been told that it is done.
struct Told {
  std::uint32_t seq = 0;
  casework::Digest event{};
  std::size_t writes = 0;  ///< that stood in the journal by then
};

/// How a round ends: all is well; the disk says no; the power goes before, or after, it is synced.
enum class RoundEnd : std::uint8_t { Synced, Failed, CutBefore, CutAfter };

class Office final : private ports::Files {
 public:
  using Reply = std::function<void(const Expected<Effects>&)>;

  Office(CentreId centre, World& world, Practice& practice)
      : centre_(centre), keys_({centre}), world_(world), practice_(practice), backups_{{0, world.clock.now()}} {}

  void submit(const casework::Application& application, Reply reply);
  /// Carried here, though its resident had sealed it for `chosen`.
  void begin_walk_in(const casework::Application& application, const CentreId& chosen, Reply reply);
  void act(casework::Verb verb, const SubmissionId& submission, const casework::EventPayload& payload, casework::Role role, Reply reply);
  /// A window gives somebody who has lost the secret a new one.
  void renew_access(const SubmissionId& submission, std::function<void(const casework::AccessSecret&)> told);
  bool opens(const SubmissionId& submission, const casework::AccessSecret& secret);

  /// An envelope has come; the reply carries the signed answer.
  void receive(ByteView envelope, Reply reply);
  /// An answer has come; `settled` is told what it said once the consequences are safe.
  void settle(const EnvelopeId& letter, ByteView answer, std::function<void(const wire::Answer&)> settled);
  /// A file that the letter names, and its addressee lacks, is gone.
  void write_off_files(const EnvelopeId& letter);
  /// The octets to put on the wire for a letter that waits.
  Bytes send(const OutboxRow& letter);

  /// The letters that a courier finds waiting: none that is not synced.
  std::vector<OutboxRow> waiting() const;

  void end_round(RoundEnd end);
  bool round_is_open() const { return !round_.empty() || !disk_.is_synced(); }

  /// Makes a backup of what is synced.
  void back_up() { backups_.push_back({disk_.synced(), healing_ ? restored_from_ : ground().now}); }
  /// The disk is lost, and a backup takes its place; never one from before the last promise to a resident, or to a centre whose
  /// copy has ended for one that is here, since what no other centre knew of that is gone. False when there is none.
  bool restore();
  bool is_healing() const { return healing_.has_value(); }
  /// How often the office has been restored: whoever waits for an answer of the one before waits in vain.
  int life() const { return life_; }
  /// A healing office has something to ask; only the answer to its last question counts.
  bool has_questions() const { return healing_ && healing_->question(); }
  struct Recall {
    CentreId to;
    Bytes octets;
    int number;
  };
  bool only_waits() const { return healing_ && healing_->only_waits(); }
  /// Asks once more for what was announced and hasn't come.
  void lose_patience() { healing_->ask_again(); }
  Recall recall();
  void take_page(ByteView page, const Recall& asked);
  /// Another office asks; the reply carries a page of one case.
  void remind(ByteView recall, std::function<void(const Bytes& page)> reply);

  /// What staff have been told is done to a case; what was told since the backup of a lost disk is lost with it.
  const std::vector<Told>& told_of(const SubmissionId& submission) const;

  void put_file(const casework::Digest& digest) { files_.emplace(digest, disk_.journal().size()); }
  bool has_file(const casework::Digest& digest) const { return files_.contains(digest); }
  /// One that it has is damaged on the disk, and put aside. False when it has none.
  bool damage_file(fakes::SeededRandom& chance);
  bool has_damaged(const casework::Digest& digest) const { return damaged_.contains(digest); }

  const CentreId& centre() const { return centre_; }
  char letter() const { return letter_of(centre_); }
  const fakes::MemoryStore& rows() const { return disk_.rows(); }
  const Disk& disk() const { return disk_; }
  std::optional<usecases::CaseRow> row(const SubmissionId& submission) const;
  /// The node's own clock goes wrong by so much more; in all by two days at most.
  void shift_clock(std::chrono::milliseconds by) { skew_ = std::clamp<std::chrono::milliseconds>(skew_ + by, -most_skew, most_skew); }
  Ground ground();

 private:
  static constexpr std::chrono::hours most_skew{48};
  struct Piece {
    Reply reply;
    Expected<Effects> effects;
  };

  bool has(const casework::Digest& digest) const override { return has_file(digest); }
  std::optional<CaseRecord> record(const usecases::CaseKey& key) const;
  usecases::IntakeState known_of(const SubmissionId& submission) const;
  void play(Expected<Effects> effects, Reply reply, Asker asker = Asker::Centre);
  /// Whoever gets the reply may rely on what stands in the journal by then.
  Reply promising(Reply reply);
  bool says_duplicate(ByteView answer) const;
  Reply telling_staff(Reply reply);
  void came(const EnvelopeId& letter);
  void look_whether_healed();
  bool is_closed() { return healing_ && !practice_.works_while_healing(); }
  bool write(const Batch& batch);

  CentreId centre_;
  fakes::FixedCentreKeys keys_;
  World& world_;
  Practice& practice_;
  std::chrono::milliseconds skew_{0};
  Disk disk_;
  std::map<casework::Digest, std::size_t> files_;  ///< synced before any row names them; with the writes before that
  std::set<casework::Digest> damaged_;
  std::vector<Piece> round_;
  std::vector<Backup> backups_;
  std::map<SubmissionId, std::vector<Told>> told_;
  std::size_t promised_ = 0;  ///< so many writes must be in a backup
  std::size_t begun_ = 0;     ///< a window has begun a case in this round: on paper too, so no backup may lack it
  std::optional<usecases::Healing> healing_;
  Instant restored_from_;
  bool waits_for_page_ = false;
  int asked_ = 0, life_ = 0;
};

}  // namespace tongban::journeys
