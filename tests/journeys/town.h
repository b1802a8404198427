// Three centres and a window that can be carried to, some cases, and people who do one thing after another.
#pragma once

#include <map>

#include "tests/fakes/people.h"
#include "tests/journeys/link.h"

namespace tongban::journeys {

/// One application and what people have done about it.
struct Story {
  casework::Application application;
  bool submitted = false, carried = false;
  int supplements_taken = 0;  ///< acknowledged to the resident: none may be lost
  int not_ours_said = 0, returned = 0;
  bool withdrawal_taken = false;
  Bytes receipt;
};

class Town {
 public:
  explicit Town(std::uint64_t seed);

  /// One move: somebody acts, or the link does, or time passes.
  void step();
  /// Faults end, everybody does their work. False when it doesn't come to rest.
  bool finish();

  const std::vector<Story>& stories() const { return stories_; }
  std::vector<const fakes::Office*> offices() const { return {&a_, &b_, &c_, &d_}; }
  const wire::Directory& directory() const { return directory_; }
  std::size_t faults_played() const { return link_.faults_played(); }
  /// What happened, in short lines: printed when a seed fails.
  const std::vector<std::string>& log() const { return log_; }

 private:
  fakes::Office& office(const CentreId& centre);
  bool act(Story& story, casework::Verb verb, const CentreId& holder, casework::EventPayload payload, casework::Role role);
  void submit(Story& story);
  void carry(Story& story);
  void resident(Story& story);
  /// True when there was something to do.
  bool staff(Story& story, const CentreId& centre, bool only_forward);
  bool answer_return(Story& story, const CentreId& origin);
  bool window(Story& story, const CentreId& centre, const usecases::CaseRow& row, bool only_forward);
  bool reviewer(Story& story, const CentreId& centre, const usecases::CaseRow& row, bool only_forward);
  casework::EventPayload supply(const CentreId& centre);

  fakes::SeededRandom random_;
  fakes::ManualClock clock_;
  catalogue::Catalogue catalogue_;
  wire::Directory directory_;
  fakes::Office a_, b_, c_, d_;
  Link link_;
  std::vector<Story> stories_;
  std::vector<std::string> log_;
};

}  // namespace tongban::journeys
