#include <doctest/doctest.h>

#include "shared/base/octets.h"
#include "shared/wire/errors.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;

TEST_CASE("an application comes back from its octets, and the octets from it") {
  const casework::Application application = samples::application();
  const Bytes bytes = wire::encode(application);
  const auto read = wire::decode_application(bytes);
  REQUIRE(read);
  CHECK(*read == application);
  CHECK(wire::encode(*read) == bytes);
}

TEST_CASE("every kind of event comes back from its octets") {
  for (const casework::Event& event : samples::events()) {
    const auto read = wire::decode_event(wire::encode(event));
    REQUIRE(read);
    CHECK(*read == event);
  }
}

TEST_CASE("octets cut short or longer are refused, wherever they are cut") {
  Bytes bytes = wire::encode(samples::application());
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(wire::decode_application(ByteView(bytes).first(size)));
  bytes.push_back(0);
  CHECK_FALSE(wire::decode_application(bytes));
  const Bytes letter = wire::encode(samples::letter(wire::LetterKind::Transfer));
  for (std::size_t size = 0; size < letter.size(); ++size) CHECK_FALSE(wire::decode_letter(ByteView(letter).first(size)));
}

TEST_CASE("whatever can be read is written the same again: one text for one value") {
  const Bytes bytes = wire::encode(samples::application());
  fakes::SeededRandom random(9);
  for (int round = 0; round < 5000; ++round) {
    Bytes changed = bytes;
    changed[static_cast<std::size_t>(random.below(changed.size()))] = static_cast<std::uint8_t>(random.next());
    const auto read = wire::decode_application(changed);
    if (read) CHECK(wire::encode(*read) == changed);
  }
}

TEST_CASE("no changed octet of an event goes unnoticed") {
  const Bytes bytes = wire::encode(samples::events()[3]);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x10;
    CHECK_FALSE(wire::decode_event(changed));
  }
}

TEST_CASE("a chain with an event left out, exchanged or put on another application is refused") {
  const casework::Digest content = wire::content_digest(samples::application());
  std::vector<casework::Event> events = samples::events();
  CHECK(wire::verify_chain(events, content));
  CHECK_FALSE(wire::verify_chain(events, crypto::digest(as_bytes("another"))));
  auto without = events;
  without.erase(without.begin() + 4);
  CHECK(wire::verify_chain(without, content).error().is(wire::wire_errors::Chain));
  std::swap(events[4], events[5]);
  CHECK_FALSE(wire::verify_chain(events, content));
}

TEST_CASE("a newer format is refused as that, not as damage") {
  Bytes bytes = wire::encode(samples::application());
  bytes[4] = 2;
  CHECK(wire::decode_application(bytes).error().is(wire::wire_errors::Version));
}

TEST_CASE("well-formed UTF-8 is told from anything else") {
  CHECK(is_utf8("办事 𬱖 a"));
  CHECK_FALSE(is_utf8("\xC0\x80"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xE5\x8A"));
}
