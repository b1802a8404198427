#include "shared/wire/envelope.h"

#include <doctest/doctest.h>

#include "shared/wire/parcel.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;
using wire::LetterKind;

namespace {

const fakes::FixedCentreKeys keys_a({samples::a}), keys_b({samples::b});
const wire::Directory directory = fakes::fixed_directory({samples::a, samples::b});

Bytes envelope(LetterKind kind) {
  fakes::SeededRandom random(77);
  return *wire::write_envelope(ports::fresh<EnvelopeId>(random), samples::letter(kind), directory.find(samples::b, {0})->sealing, keys_a, random);
}

}  // namespace

TEST_CASE("a letter of every kind is opened by its addressee and by nobody else") {
  for (const LetterKind kind : {LetterKind::Transfer, LetterKind::Progress, LetterKind::GiveBack, LetterKind::Request, LetterKind::Enquiry, LetterKind::Claim}) {
    const auto read = wire::read_envelope(envelope(kind));
    REQUIRE(read);
    const auto letter = wire::open_letter(*read, keys_b);
    REQUIRE(letter);
    CHECK(*letter == samples::letter(kind));
    CHECK_FALSE(wire::open_letter(*read, keys_a));
  }
}

TEST_CASE("an envelope is signed by its sender: any changed octet is noticed") {
  const Bytes bytes = envelope(LetterKind::Progress);
  const crypto::PublicKey key = directory.find(samples::a, {0})->signing;
  CHECK(wire::envelope_signed_by(bytes, key));
  for (std::size_t i = 0; i < bytes.size(); i += 7) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    CHECK_FALSE(wire::envelope_signed_by(changed, key));
  }
}

TEST_CASE("a relay that puts another sender on the outside is found out by the inside") {
  auto read = *wire::read_envelope(envelope(LetterKind::Transfer));
  read.from = fakes::dapuqiao;
  CHECK(wire::open_letter(read, keys_b).error().is(wire::envelope_errors::Address));
}

TEST_CASE("nothing of the case can be read on the outside") {
  const Bytes bytes = envelope(LetterKind::Transfer);
  CHECK(as_text(bytes).find("演示") == std::string_view::npos);
  CHECK(as_text(bytes).find("310109195001010015") == std::string_view::npos);
}

TEST_CASE("an answer is believed when the addressee signed it") {
  const Bytes bytes = *wire::write_answer(samples::answer(), keys_b);
  const auto read = wire::read_answer(bytes, directory.find(samples::b, {0})->signing);
  REQUIRE(read);
  CHECK(*read == samples::answer());
  CHECK_FALSE(wire::read_answer(bytes, directory.find(samples::a, {0})->signing));
  CHECK(wire::answer_signer(bytes)->by == samples::b);
}

TEST_CASE("a parcel brings a file to its centre, and only when its sender signed it") {
  fakes::SeededRandom random(3);
  const Bytes file(100'000, 0x5A);
  const crypto::SealingPublic to = directory.find(samples::b, {0})->sealing;
  Bytes bytes = *wire::write_parcel({samples::a, samples::b, file}, to, keys_a, random);
  CHECK(wire::open_parcel(bytes, keys_b, directory.keys(), {0})->file == file);
  CHECK_FALSE(wire::open_parcel(bytes, keys_a, directory.keys(), {0}));
  bytes[bytes.size() / 2] ^= 1;
  CHECK(wire::open_parcel(bytes, keys_b, directory.keys(), {0}).error().is(wire::envelope_errors::Signature));
}
