#include "shared/crypto/sign.h"

#include <doctest/doctest.h>

using namespace tongban;

namespace {
crypto::Seed seed_from(std::string_view hex) {
  crypto::Seed seed{};
  const Bytes octets = *from_hex(hex);
  std::copy(octets.begin(), octets.end(), seed.begin());
  return seed;
}
}  // namespace

TEST_CASE("a signature is that of RFC 8032, test 2") {
  const crypto::SigningKey key(seed_from("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  CHECK(to_hex(key.public_key()) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const Bytes message{0x72};
  const crypto::Signature signature = crypto::sign(key, message);
  CHECK(to_hex(signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(crypto::verify(key.public_key(), signature, message));
}

TEST_CASE("a signature fits no other message and no other key") {
  const crypto::SigningKey key(crypto::Seed{1}), other(crypto::Seed{2});
  const crypto::Signature signature = crypto::sign(key, as_bytes("收件"));
  CHECK(crypto::verify(key.public_key(), signature, as_bytes("收件")));
  CHECK_FALSE(crypto::verify(key.public_key(), signature, as_bytes("收据")));
  CHECK_FALSE(crypto::verify(other.public_key(), signature, as_bytes("收件")));
  CHECK(key.id() != other.id());
}
