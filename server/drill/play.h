// The day itself: people hand in, windows check and pass on, reviewers decide, people look at what has become of it; and
// meanwhile nodes are killed and hang. Everybody tries again until they are answered.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/drill/day.h"
#include "server/drill/people.h"
#include "server/drill/town.h"

namespace tongban::drill {

struct Plan {
  Day day;
  std::size_t people = 16;                  ///< who are answered at the same time; the others wait their turn
  std::size_t kills = 0, stalls = 0;        ///< spread over the day, each of a node by chance
  std::chrono::milliseconds stall{2000};
  std::chrono::milliseconds patience{60'000};  ///< after the day, for what is still on its way
  std::uint64_t seed = 1;
};

/// A case that a node has acknowledged.
struct Filed {
  SubmissionId submission;
  CaseNumber number;
  CentreId received_by;
  CentreId decided_by;      ///< empty: it has not been passed on
  bool seen_back = false;   ///< its resident has seen the decision
};

/// Milliseconds, one for each time.
struct Latencies {
  std::vector<double> receipt;   ///< from when somebody came until the receipt
  std::vector<double> step;      ///< of staff, until the answer
  std::vector<double> passing;   ///< from a transfer's answer until the deciding centre can take it up
  std::vector<double> back;      ///< from a decision until its resident sees it at the centre that took the case in
};

struct Played {
  std::vector<Filed> filed;
  std::size_t without_receipt = 0, unfinished = 0;
  Latencies latencies;
  std::vector<std::pair<CentreId, double>> slowest;  ///< deciding centres by their longest passing, at most five
  std::vector<double> recoveries;                    ///< milliseconds from a kill until the node was ready again
  std::map<std::string, std::size_t> refusals;       ///< "409 verb.state": how often nodes said no; "no answer"
  double seconds = 0;
};

/// How far it is, now and then.
struct Progress {
  double seconds = 0;
  std::size_t came = 0, filed = 0, decided = 0, finished = 0;
};

/// The nodes must run. Town's errors.
Expected<Played> play(Town& town, People& people, const Plan& plan, const std::function<void(const Progress&)>& tell);

}  // namespace tongban::drill
