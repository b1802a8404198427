// How often one may try a password, without a password.
#include <doctest/doctest.h>

#include "server/http/errors.h"
#include "server/http/handlers/guesses.h"

using namespace tongban;
using http::Guesses;

namespace {

constexpr Instant noon{43'200'000};

/// Tries until it is put off, at most so many times; how often it was looked at.
int failures(Guesses& guesses, const std::string& account, const std::string& peer, int most) {
  for (int i = 0; i < most; ++i) {
    const auto guess = guesses.guess(account, peer);
    if (guesses.begin(guess, noon)) return i;
    guesses.judged(guess, false, noon);
  }
  return most;
}

bool signs_in(Guesses& guesses, const std::string& account, const std::string& peer) {
  const auto guess = guesses.guess(account, peer);
  if (guesses.begin(guess, noon)) return false;
  guesses.judged(guess, true, noon);
  return true;
}

std::string stranger(int number) { return "198.51.100." + std::to_string(number); }

}  // namespace

TEST_CASE("whatever strangers try, an account opens from where it was opened before, and from nowhere else") {
  Guesses guesses;
  REQUIRE(signs_in(guesses, "window", "192.0.2.1"));
  int looked_at = 0;
  for (int i = 0; i < 100; ++i) looked_at += failures(guesses, "window", stranger(i), 10);
  CHECK(looked_at == 3);
  CHECK_FALSE(signs_in(guesses, "window", "192.0.2.2"));
  CHECK(signs_in(guesses, "window", "192.0.2.1"));
  CHECK_FALSE(signs_in(guesses, "window", "192.0.2.2"));
}

TEST_CASE("guesses from a familiar address wait as well, and nobody else for them") {
  Guesses guesses;
  for (const char* account : {"window", "reviewer"}) REQUIRE(signs_in(guesses, account, "192.0.2.1"));
  CHECK(failures(guesses, "window", "192.0.2.1", 10) == 3);
  CHECK_FALSE(signs_in(guesses, "window", "192.0.2.1"));
  CHECK(signs_in(guesses, "window", "192.0.2.2"));
  CHECK(signs_in(guesses, "reviewer", "192.0.2.1"));
}

TEST_CASE("who tries other accounts at a centre's own address keeps nobody out who has signed in there") {
  Guesses guesses;
  REQUIRE(signs_in(guesses, "window", "192.0.2.1"));
  for (int i = 0; i < 100; ++i) failures(guesses, "nobody-" + std::to_string(i), "192.0.2.1", 1);
  CHECK_FALSE(signs_in(guesses, "reviewer", "192.0.2.1"));
  CHECK(signs_in(guesses, "window", "192.0.2.1"));
}

TEST_CASE("strangers who keep as many guesses under way as there may be leave room for the others") {
  Guesses guesses;
  REQUIRE(signs_in(guesses, "window", "192.0.2.1"));
  for (int i = 0; i < 7; ++i) CHECK_FALSE(guesses.begin(guesses.guess("nobody-" + std::to_string(i), stranger(i)), noon));
  CHECK_FALSE(guesses.begin(guesses.guess("window", stranger(7)), noon));
  const auto one_more = guesses.begin(guesses.guess("nobody-8", stranger(8)), noon);
  REQUIRE(one_more);
  CHECK(&one_more->code == &http::errors::Busy);
  CHECK(signs_in(guesses, "window", "192.0.2.1"));
}

TEST_CASE("one guess at a time is at an account, and two from an address") {
  Guesses guesses;
  const auto first = guesses.guess("window", stranger(1));
  CHECK_FALSE(guesses.begin(first, noon));
  CHECK(&guesses.begin(guesses.guess("window", stranger(2)), noon)->code == &http::errors::SignInWait);
  CHECK_FALSE(guesses.begin(guesses.guess("reviewer", stranger(1)), noon));
  CHECK(&guesses.begin(guesses.guess("supervisor", stranger(1)), noon)->code == &http::errors::TooMany);
  guesses.dropped(first);
  CHECK_FALSE(guesses.begin(guesses.guess("window", stranger(2)), noon));
}

TEST_CASE("an account that is named like somebody's place is another account all the same") {
  Guesses guesses;
  REQUIRE(signs_in(guesses, "window", "192.0.2.1"));
  failures(guesses, "192.0.2.1 window", stranger(1), 10);
  failures(guesses, "known 192.0.2.1 window", stranger(2), 10);
  CHECK(signs_in(guesses, "window", "192.0.2.1"));
}

TEST_CASE("an address that is familiar stays so, however many accounts are tried that don't exist") {
  Guesses guesses(100);
  REQUIRE(signs_in(guesses, "window", "192.0.2.1"));
  for (int i = 0; i < 10'000; ++i) failures(guesses, "nobody-" + std::to_string(i), "2001:db8:0:" + std::to_string(i) + "::/64", 1);
  CHECK(guesses.guess("window", "192.0.2.1").familiar);
}
