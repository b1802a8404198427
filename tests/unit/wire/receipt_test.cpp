#include "shared/wire/receipt.h"

#include <doctest/doctest.h>

#include "shared/wire/directory.h"
#include "shared/wire/errors.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;

namespace {
const fakes::FixedCentreKeys keys({samples::a, samples::b});
const wire::Directory directory = fakes::fixed_directory({samples::a, samples::b});
}  // namespace

TEST_CASE("a receipt is checked offline against the directory, from its QR text") {
  const Bytes bytes = *wire::sign_receipt(samples::receipt(), keys);
  const std::string proof = wire::proof_text(bytes);
  CHECK(proof.size() < 400);
  const auto receipt = wire::verify_receipt(*wire::read_proof_text(proof), directory.keys());
  REQUIRE(receipt);
  CHECK(*receipt == samples::receipt());
}

TEST_CASE("a receipt with any octet changed proves nothing") {
  const Bytes bytes = *wire::sign_receipt(samples::receipt(), keys);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    CHECK_FALSE(wire::verify_receipt(changed, directory.keys()));
  }
}

TEST_CASE("a receipt of a centre that is not in the directory is of an unknown key") {
  const Bytes bytes = *wire::sign_receipt(samples::receipt(), keys);
  const wire::Directory smaller = fakes::fixed_directory({samples::a});
  CHECK(wire::verify_receipt(bytes, smaller.keys()).error().is(wire::wire_errors::UnknownKey));
}

TEST_CASE("a directory is believed when a listed directory key signed it") {
  const crypto::SigningKey key(crypto::Seed{9}), other(crypto::Seed{8});
  const crypto::KeyList list{1, {{crypto::KeyPurpose::Directory, "", key.public_key(), {0}, {1'000'000}}}};
  const Bytes bytes = wire::sign_directory(directory, key);
  const auto read = wire::verify_directory(bytes, list, {500});
  REQUIRE(read);
  CHECK(*read == directory);
  CHECK_FALSE(wire::verify_directory(bytes, list, {1'000'000}));
  CHECK_FALSE(wire::verify_directory(wire::sign_directory(directory, other), list, {500}));
  Bytes changed = bytes;
  changed[40] ^= 1;
  CHECK_FALSE(wire::verify_directory(changed, list, {500}));
}

TEST_CASE("an entry that has ended leads to its successor, and a circle leads nowhere") {
  wire::Directory moved = directory;
  moved.entries[0].valid_until = {1000};
  moved.entries[0].successor = samples::b;
  CHECK(moved.route(samples::a, {500})->centre == samples::a);
  CHECK(moved.route(samples::a, {2000})->centre == samples::b);
  moved.entries[1].valid_until = {1000};
  moved.entries[1].successor = samples::a;
  CHECK(moved.route(samples::a, {2000}) == nullptr);
}
