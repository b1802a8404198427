#include "shared/wire/carried.h"

#include <doctest/doctest.h>

#include "shared/base/base45.h"
#include "shared/base/octets.h"
#include "shared/wire/errors.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;
namespace errors = tongban::wire::carried_errors;

namespace {

Bytes octets_of(std::size_t size, std::uint64_t seed = 5) {
  fakes::SeededRandom random(seed);
  Bytes octets(size);
  random.fill(octets);
  return octets;
}

std::vector<std::string> codes_of(ByteView octets, std::size_t longest) {
  auto codes = wire::cut_into_codes(octets, longest);
  REQUIRE(codes);
  return std::move(*codes);
}

}  // namespace

TEST_CASE("base45 writes what RFC 9285 gives, and reads nothing else") {
  CHECK(to_base45(as_bytes("AB")) == "BB8");
  CHECK(to_base45(as_bytes("Hello!!")) == "%69 VD92EX0");
  CHECK(to_base45(as_bytes("base-45")) == "UJCLQE7W581");
  CHECK(as_text(*from_base45("QED8WEX0")) == "ietf!");
  for (const std::size_t size : {0u, 1u, 2u, 3u, 256u}) CHECK(from_base45(to_base45(octets_of(size))) == octets_of(size));
  for (const char* text : {"A", "GGW", ":::", "::", "ab8", "A_B", "BB8A"}) CHECK_FALSE(from_base45(text));
}

TEST_CASE("an application comes back from its codes in whatever order, also when one is scanned twice") {
  const Bytes octets = octets_of(1'000);
  auto codes = codes_of(octets, 600);
  REQUIRE(codes.size() == 3);
  for (const std::string& code : codes) CHECK(code.size() <= 600);
  wire::CodeSet set;
  CHECK(set.empty());
  CHECK(set.add(codes[2]));
  CHECK(set.add(codes[2]));
  CHECK(set.of() == 3);
  CHECK(set.missing() == std::vector<std::size_t>{1, 2});
  CHECK(set.add(codes[0]));
  CHECK_FALSE(set.complete());
  CHECK(set.add(codes[1]));
  REQUIRE(set.complete());
  CHECK(set.octets() == octets);
}

TEST_CASE("there are as few codes as can be, and what three don't hold is refused") {
  for (std::size_t size = 1; size <= 1'152; size += 7) {
    const auto codes = codes_of(octets_of(size), 600);
    const std::size_t room = 594 * 2 / 3 - 12;
    CHECK(codes.size() == (size + room - 1) / room);
  }
  CHECK(wire::cut_into_codes(octets_of(1'153), 600).error().is(errors::TooLong));
  CHECK(wire::cut_into_codes(octets_of(10), 6).error().is(errors::TooLong));
  CHECK_FALSE(wire::cut_into_codes({}, 600));
}

TEST_CASE("codes of two people are never put together") {
  const auto mine = codes_of(octets_of(700, 1), 600), theirs = codes_of(octets_of(700, 2), 600);
  wire::CodeSet set;
  CHECK(set.add(mine[0]));
  CHECK(set.add(theirs[1]).error().is(errors::OtherSet));
  CHECK(set.missing() == std::vector<std::size_t>{2});
  CHECK(set.add(mine[1]));
  CHECK(set.complete());
}

TEST_CASE("no character of a code can be changed or lost unnoticed") {
  const std::string code = codes_of(octets_of(60), 600).front();
  for (std::size_t at = 0; at < code.size(); ++at) {
    std::string changed = code;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(wire::read_code(changed));
    CHECK_FALSE(wire::read_code(code.substr(0, at)));
    CHECK_FALSE(wire::read_code(code.substr(at + 1)));
  }
}

TEST_CASE("what a keyboard makes of a code on its way is understood") {
  const Bytes octets = octets_of(333);
  const std::string code = codes_of(octets, 600).front();
  std::string small = code, wide;
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const char c : code) {
    if (c == ' ') wide += "\u3000";
    else if (c == '$') wide += "\uFFE5";
    else wide += {static_cast<char>(0xEF), static_cast<char>(0xBC + (c >= 0x60 ? 1 : 0)), static_cast<char>(0x80 + ((c - 0x20) & 0x3F))};
  }
  for (const std::string& text : {small, wide, code + "\r\n", "  " + code + "\t"}) {
    wire::CodeSet set;
    CHECK(set.add(text));
    CHECK(set.octets() == octets);
  }
}

TEST_CASE("what is no code of ours, of a newer kind, or cut off is told apart") {
  for (const char* text : {"", "https://example.org/", "TB", "TBR1abc", "HC1:NCF", "TBC:ABC.", "TBCX:AAA."}) CHECK(wire::read_code(text).error().is(errors::NotOurs));
  CHECK(wire::read_code("TBC2:ANYTHING").error().is(errors::Newer));
  for (const char* text : {"TBC1:", "TBC1:.", "TBC1:AB", "TBC1:ABC."}) CHECK(wire::read_code(text).error().is(errors::Damaged));
}

TEST_CASE("pieces that are each right but make up another whole are no application, and one can begin anew") {
  const Bytes octets = octets_of(700, 1);
  const auto right = codes_of(octets, 600);
  // The second piece of another application, under this one's name.
  const auto other = wire::read_code(codes_of(octets_of(700, 2), 600)[1]);
  REQUIRE(other);
  Writer writer;
  writer.raw(wire::read_code(right[0])->set).u8(2).u8(2).raw(other->piece);
  const auto digest = crypto::digest(writer.bytes());
  writer.raw(ByteView(digest).first(4));
  wire::CodeSet set;
  CHECK(set.add(right[0]));
  CHECK(set.add("TBC1:" + to_base45(writer.bytes()) + ".").error().is(errors::Damaged));
  CHECK(set.empty());
  for (const auto& code : right) CHECK(set.add(code));
  CHECK(set.octets() == octets);
}

TEST_CASE("the octets of a carried application name its key, and are read strictly") {
  const Bytes octets = samples::carried();
  const auto carried = wire::read_carried(octets);
  REQUIRE(carried);
  CHECK(carried->key == crypto::key_id(samples::intake_key.public_key()));
  CHECK(wire::encode(*carried) == octets);
  for (std::size_t size = 0; size < 14 + 48; ++size) CHECK(wire::read_carried(ByteView(octets).first(size)).error().is(wire::wire_errors::Malformed));
  Bytes newer = octets;
  newer[4] = 2;
  CHECK(wire::read_carried(newer).error().is(wire::wire_errors::Version));
}
