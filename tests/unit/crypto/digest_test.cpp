#include "shared/crypto/digest.h"

#include <doctest/doctest.h>

using namespace tongban;

TEST_CASE("the digest of nothing and of 'abc' are those of BLAKE2b-256") {
  CHECK(to_hex(crypto::digest({})) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  CHECK(to_hex(crypto::digest(as_bytes("abc"))) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a digest in pieces is the digest of the whole") {
  crypto::Digester digester;
  digester.add(as_bytes("社区")).add({}).add(as_bytes("事务"));
  CHECK(digester.finish() == crypto::digest(as_bytes("社区事务")));
}

TEST_CASE("octets of different length are not equal") {
  CHECK(crypto::equal({}, {}));
  CHECK(crypto::equal(as_bytes("secret"), as_bytes("secret")));
  CHECK_FALSE(crypto::equal(as_bytes("secret"), as_bytes("secreT")));
  CHECK_FALSE(crypto::equal(as_bytes("secret"), as_bytes("secret.")));
}
