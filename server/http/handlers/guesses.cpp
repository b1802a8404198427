#include "server/http/handlers/guesses.h"

#include <algorithm>

#include "server/http/errors.h"

namespace tongban::http {
namespace {

/// Under way at once, each some tenth of a second on the slow lane: beyond that, photographs would wait for them. So many of
/// strangers, and so many others.
constexpr std::ptrdiff_t most_guesses = 8;
constexpr std::ptrdiff_t most_guesses_each = 2;  ///< from one address, which else could hold them all
constexpr int guesses_pass_s = 2;

/// No address has a space in it, so that no account can be named like another one's place.
std::string place_of(const Guess& guess) { return guess.peer + ' ' + guess.account; }
std::string account_key(const Guess& guess) { return guess.familiar ? "known " + place_of(guess) : "account " + guess.account; }
std::string peer_key(const Guess& guess) { return "from " + guess.peer; }

}  // namespace

Guess Guesses::guess(std::string account, std::string peer) const {
  Guess guess{std::move(account), std::move(peer)};
  guess.familiar = familiar_.find(place_of(guess)) != nullptr;
  return guess;
}

/// A stranger waits by account, whoever else tries it; and by address, whichever account is tried. One address stands for many
/// people at a centre: by itself it waits a quarter of the time.
int Guesses::wait(const Guess& guess, Instant now) const {
  const int at_account = delay_.wait(account_key(guess), now);
  return guess.familiar ? at_account : std::max(at_account, delay_.wait(peer_key(guess), now) / 4);
}

std::optional<Guesses::PutOff> Guesses::begin(const Guess& guess, Instant now) {
  if (const int seconds = wait(guess, now)) return PutOff{errors::SignInWait, seconds};
  if (under_way_.contains(account_key(guess))) return PutOff{errors::SignInWait, 1};
  const auto of_this_kind = [&](const auto& one) { return one.second.familiar == guess.familiar; };
  const auto from_here = [&](const auto& one) { return of_this_kind(one) && one.second.peer == guess.peer; };
  if (std::count_if(under_way_.begin(), under_way_.end(), from_here) >= most_guesses_each) return PutOff{errors::TooMany, 1};
  if (std::count_if(under_way_.begin(), under_way_.end(), of_this_kind) >= most_guesses) return PutOff{errors::Busy, guesses_pass_s};
  under_way_.emplace(account_key(guess), guess);
  return std::nullopt;
}

void Guesses::dropped(const Guess& guess) { under_way_.erase(account_key(guess)); }

void Guesses::judged(const Guess& guess, bool right, Instant now) {
  dropped(guess);
  if (right) {
    familiar_.touch(place_of(guess), true);
    delay_.succeeded(account_key(guess));
    if (!guess.familiar) delay_.succeeded(peer_key(guess));
    return;
  }
  delay_.failed(account_key(guess), now);
  if (!guess.familiar) delay_.failed(peer_key(guess), now);
}

}  // namespace tongban::http
