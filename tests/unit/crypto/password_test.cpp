#include "shared/crypto/password.h"

#include <doctest/doctest.h>

#include "tests/fakes/seeded_random.h"

using namespace tongban;

namespace {
constexpr crypto::PasswordCost cheap{1, 8 * 1024};
}

TEST_CASE("a password is known again, and another one is not") {
  fakes::SeededRandom random(3);
  const auto hash = crypto::hash_password("曲阳路 1 号", random, cheap);
  REQUIRE(hash);
  CHECK(hash->substr(0, 10) == "$argon2id$");
  CHECK(crypto::verify_password(*hash, "曲阳路 1 号"));
  CHECK_FALSE(crypto::verify_password(*hash, "曲阳路 2 号"));
  CHECK_FALSE(crypto::verify_password("", ""));
  CHECK_FALSE(crypto::verify_password(std::string(500, 'x'), "x"));
}

TEST_CASE("a hash of another cost is outdated") {
  fakes::SeededRandom random(3);
  const std::string hash = *crypto::hash_password("x", random, cheap);
  CHECK(crypto::outdated(hash));
  CHECK_FALSE(crypto::outdated(hash, cheap));
}
