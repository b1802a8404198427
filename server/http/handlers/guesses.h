// How often one may try a password. Nobody is locked out by what strangers try: from an address at which somebody has signed in to an
// account before, failures at that account are counted by themselves.
//
// Network thread only. What is kept here ends with the process: after it everybody is a stranger, until the next sign-in.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "server/http/rate.h"
#include "shared/base/error.h"

namespace tongban::http {

/// At which account, and from which address, as limits count it.
struct Guess {
  std::string account, peer;
  bool familiar = false;  ///< the account has been signed in to from there
};

class Guesses {
 public:
  explicit Guesses(std::size_t capacity = most_counted) : delay_(capacity), familiar_(capacity) {}

  Guess guess(std::string account, std::string peer) const;

  struct PutOff {
    const ErrorCode& code;
    int seconds;
  };
  /// Says why and for how long it has to wait; else it is under way from now on. One at a time of each kind is at an account, so
  /// that its failure counts before the next is looked at, however many come at once.
  std::optional<PutOff> begin(const Guess& guess, Instant now);
  /// Nobody could look at it.
  void dropped(const Guess& guess);
  void judged(const Guess& guess, bool right, Instant now);

 private:
  int wait(const Guess& guess, Instant now) const;

  GrowingDelay delay_;
  Remembered<bool> familiar_;
  std::map<std::string, Guess> under_way_;
};

}  // namespace tongban::http
