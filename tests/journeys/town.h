// Three centres, a window that the same papers can be carried to, residents with their devices, and people who do one
// thing after another. Everything that happens is drawn from one seed.
#pragma once

#include "tests/journeys/portal.h"
#include "tests/journeys/post.h"

namespace tongban::journeys {

/// What a resident has added, by the digest of its photograph: acknowledged ones may not be lost, none may be doubled.
struct Supplement {
  casework::Digest file{};
  bool acknowledged = false;
  std::optional<Instant> made_at{};  ///< nothing: the case had it already, and nothing was written
};

/// One application and what people have done about it.
struct Story {
  Portal portal;
  std::vector<Supplement> supplements;
  bool withdrawal_acknowledged = false, carried = false;
  int not_ours_said = 0, returned = 0;
  std::vector<casework::AccessSecret> dead_secrets;  ///< replaced by a new one: must open nothing any more
};

class Town {
 public:
  Town(std::uint64_t seed, Practice& practice);

  /// One move: somebody acts, or the lines do, or the power, or time passes.
  void step();
  /// Faults end, everybody does their work. False when it doesn't come to rest.
  bool finish();

  const std::vector<Story>& stories() const { return stories_; }
  std::vector<const Office*> offices() const { return {&a_, &b_, &c_, &d_}; }
  const World& world() const { return world_; }
  std::size_t faults_played() const { return network_.faults_played(); }
  /// Somebody has opened a case with a secret that isn't, or no longer is, its own.
  bool stranger_was_let_in() const { return stranger_let_in_; }

 private:
  Office& office(const CentreId& centre);
  void act(Story& story, casework::Verb verb, Office& office, casework::EventPayload payload, casework::Role role);
  casework::EventPayload supply(Office& office, const std::optional<casework::Digest>& again = std::nullopt);
  void resident(Story& story);
  void supplement(Story& story, Office& office, casework::Role role);
  void withdraw(Story& story);
  bool may_carry(const Story& story);
  void carry(Story& story);
  void lose_secret(Story& story);
  void stranger(Story& story);
  /// True when there was something to do.
  bool staff(Story& story, Office& office, bool only_forward);
  bool window(Story& story, Office& office, const usecases::CaseRow& row, bool only_forward);
  bool reviewer(Story& story, Office& office, const usecases::CaseRow& row, bool only_forward);
  bool answer_return(Story& story, Office& origin);
  void end_round(Office& office, RoundEnd end);
  void lose_disk(Office& office);
  void damage_file(Office& office);
  RoundEnd some_end();
  void pass_time();
  bool come_to_rest();

  World world_;
  fakes::SeededRandom decay_;  ///< of single files; beside the world's own chance, so that a story is the same up to there
  Network network_;
  Office a_, b_, c_, d_;
  Post post_;
  std::vector<Story> stories_;
  bool stranger_let_in_ = false;
};

}  // namespace tongban::journeys
