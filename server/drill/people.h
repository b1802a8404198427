// Invented people (演示), each with an application as their portal would seal it: any item that a centre can take from home and
// that no body outside reviews, for any centre, by somebody who is registered in one township and lives in another. How many want
// something that another centre decides, no source says: a drill is told.
#pragma once

#include <optional>
#include <random>
#include <vector>

#include "shared/catalogue/model.h"
#include "shared/ports/random.h"
#include "shared/usecases/seal_submission.h"

namespace tongban::drill {

class People {
 public:
  /// `seed` says what they want and where; ids and secrets are never the same. `passed_on`: how many of them want an item of
  /// which a source says that another centre decides, 0 to 1. `now`: on which day items must be in force.
  People(const catalogue::Catalogue& catalogue, ports::Random& random, std::uint64_t seed, double passed_on, Instant now);

  /// Items that people hand in here.
  std::size_t items() const { return here_.size() + elsewhere_.size(); }
  usecases::Sealed next(Instant now);

 private:
  casework::Application draft(const catalogue::Item& item);

  const catalogue::Catalogue& catalogue_;
  ports::Random& random_;
  std::mt19937_64 chance_;
  double passed_on_;
  std::vector<const catalogue::Item*> here_, elsewhere_;  ///< decided by the centre that takes them in, or mostly by another
};

}  // namespace tongban::drill
