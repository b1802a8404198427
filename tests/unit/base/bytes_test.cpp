#include "shared/base/bytes.h"

#include <doctest/doctest.h>

using namespace tongban;

TEST_CASE("hexadecimal text gives back the same octets, and refuses anything else") {
  const Bytes octets{0x00, 0x7f, 0xff};
  CHECK(to_hex(octets) == "007fff");
  CHECK(from_hex("007FFF") == octets);
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("base64url has exactly one text for each value") {
  for (std::size_t size = 0; size < 20; ++size) {
    Bytes octets(size);
    for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i * 73 + size);
    CHECK(from_base64url(to_base64url(octets)) == octets);
  }
  CHECK(to_base64url(as_bytes("f")) == "Zg");
  CHECK_FALSE(from_base64url("Zh"));  // left-over bits are not zero
  CHECK_FALSE(from_base64url("A"));
  CHECK_FALSE(from_base64url("Zg=="));
}
