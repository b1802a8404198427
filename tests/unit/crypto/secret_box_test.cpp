#include "shared/crypto/secret_box.h"

#include <doctest/doctest.h>

#include "tests/fakes/seeded_random.h"

using namespace tongban;

TEST_CASE("a locked draft opens with its key in its place only") {
  fakes::SeededRandom random(1);
  const crypto::DataKey key{1}, other{2};
  const Bytes locked = crypto::lock(key, as_bytes("draft/1"), as_bytes("草稿"), random);
  CHECK(as_text(*crypto::unlock(key, as_bytes("draft/1"), locked)) == "草稿");
  CHECK_FALSE(crypto::unlock(other, as_bytes("draft/1"), locked));
  CHECK_FALSE(crypto::unlock(key, as_bytes("draft/2"), locked));
  CHECK_FALSE(crypto::unlock(key, as_bytes("draft/1"), ByteView(locked).first(locked.size() - 1)));
  CHECK_FALSE(crypto::unlock(key, as_bytes("draft/1"), {}));
}

TEST_CASE("the same draft locked twice looks different") {
  fakes::SeededRandom random(1);
  const crypto::DataKey key{1};
  CHECK(crypto::lock(key, {}, as_bytes("x"), random) != crypto::lock(key, {}, as_bytes("x"), random));
}
