#include "shared/crypto/seal.h"

#include <doctest/doctest.h>

#include "tests/fakes/seeded_random.h"

using namespace tongban;

TEST_CASE("a sealed box is opened by its addressee and by nobody else") {
  fakes::SeededRandom random(7);
  const crypto::SealingKey b(crypto::Seed{1}), c(crypto::Seed{2});
  const auto sealed = crypto::seal(b.public_key(), as_bytes("转办"), random);
  REQUIRE(sealed);
  CHECK(sealed->size() == as_bytes("转办").size() + 48);
  const auto opened = crypto::open_sealed(b, *sealed);
  REQUIRE(opened);
  CHECK(as_text(*opened) == "转办");
  CHECK_FALSE(crypto::open_sealed(c, *sealed));
}

TEST_CASE("a box with one changed octet, or cut short, doesn't open") {
  fakes::SeededRandom random(8);
  const crypto::SealingKey b(crypto::Seed{1});
  const Bytes sealed = *crypto::seal(b.public_key(), as_bytes("x"), random);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    CHECK_FALSE(crypto::open_sealed(b, changed));
    CHECK_FALSE(crypto::open_sealed(b, ByteView(sealed).first(i)));
  }
}
