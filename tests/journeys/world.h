// What everybody in a played town shares: one randomness, one true time, the catalogue, the directory, and the log.
#pragma once

#include "shared/crypto/digest.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/people.h"

namespace tongban::journeys {

inline const std::vector<CentreId>& centres() {
  static const std::vector<CentreId> all{fakes::quyang, fakes::wujiaochang, fakes::youyilu, fakes::dapuqiao};
  return all;
}

/// A receives, B decides, C is where B sends on to, D is where somebody carries the same papers.
inline char letter_of(const CentreId& centre) {
  const auto at = std::find(centres().begin(), centres().end(), centre);
  return at == centres().end() ? '?' : static_cast<char>('A' + (at - centres().begin()));
}

struct World {
  explicit World(std::uint64_t seed) : random(seed) {}

  fakes::SeededRandom random;
  fakes::ManualClock clock{from_shanghai(*parse_date("2026-11-24"), 540)};
  Instant earliest = clock.now(), latest = clock.now();  ///< between which every office's clock has always been
  const catalogue::Catalogue& catalogue = shared_catalogue();
  const wire::Directory& directory = shared_directory();
  std::vector<std::string> log;  ///< what happened, in short lines: printed when a seed fails

  void note(std::string line) { log.push_back(std::move(line)); }
  crypto::Digest digest_of_log() const {
    crypto::Digester digester;
    for (const std::string& line : log) digester.add(as_bytes(line)).add(as_bytes("\n"));
    return digester.finish();
  }

 private:
  static const catalogue::Catalogue& shared_catalogue() {
    static const catalogue::Catalogue catalogue = fakes::small_catalogue();
    return catalogue;
  }
  static const wire::Directory& shared_directory() {
    static const wire::Directory directory = fakes::fixed_directory(centres());
    return directory;
  }
};

}  // namespace tongban::journeys
