#include "shared/wire/carried.h"

#include <algorithm>

#include "shared/base/base45.h"
#include "shared/base/octets.h"
#include "shared/crypto/digest.h"
#include "shared/wire/errors.h"

namespace tongban::wire {
namespace {

constexpr std::string_view magic = "TBCA";
constexpr std::uint16_t format = 1;
constexpr std::size_t least_box = 48;  // of crypto_box_seal, around nothing

constexpr std::string_view name = "TBC", opening = "TBC1:";
constexpr char closing = '.';
constexpr std::size_t check_size = 4;
constexpr std::size_t frame_size = sizeof(CodeSetId) + 2 + check_size;

CodeSetId set_of(ByteView octets) {
  const auto digest = crypto::digest(octets);
  CodeSetId set;
  std::copy_n(digest.begin(), set.size(), set.begin());
  return set;
}

std::string write_code(const CodeSetId& set, std::size_t number, std::size_t of, ByteView piece) {
  Writer writer;
  writer.raw(set).u8(static_cast<std::uint8_t>(number)).u8(static_cast<std::uint8_t>(of)).raw(piece);
  const auto digest = crypto::digest(writer.bytes());
  writer.raw(ByteView(digest).first(check_size));
  return std::string(opening) + to_base45(writer.bytes()) + closing;
}

/// What the characters were before a keyboard, an input method or a reader's settings changed their looks.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octet = [&](std::size_t at) { return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0}; };
    char c = text[i];
    // U+FF01–U+FF5E are ASCII's own in full width; U+3000 is the space, U+FFE5 stands where the dollar is typed.
    if (octet(i) == 0xEF && (octet(i + 1) == 0xBC || octet(i + 1) == 0xBD)) {
      const int code = (octet(i + 1) - 0xBC) * 64 + (octet(i + 2) & 0x3F) + 0x20;
      c = static_cast<char>(code);
      i += 2;
    } else if (octet(i) == 0xE3 && text.substr(i, 3) == "\u3000") {
      c = ' ';
      i += 2;
    } else if (octet(i) == 0xEF && text.substr(i, 3) == "\uFFE5") {
      c = '$';
      i += 2;
    }
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += c;
  }
  const auto outside = [](char c) { return c == '\r' || c == '\n' || c == '\t' || c == ' '; };
  while (!out.empty() && outside(out.back())) out.pop_back();
  out.erase(0, static_cast<std::size_t>(std::find_if_not(out.begin(), out.end(), outside) - out.begin()));
  return out;
}

}  // namespace

Bytes encode(const Carried& carried) {
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).raw(carried.key).raw(carried.box);
  return std::move(writer).bytes();
}

Expected<Carried> read_carried(ByteView octets) {
  Reader reader(octets);
  if (as_text(reader.raw(magic.size())) != magic) return wire_errors::Malformed;
  if (const auto number = reader.u16(); reader.good() && number != format) return wire_errors::Version;
  Carried carried;
  reader.raw(carried.key);
  if (!reader.good() || reader.rest().size() < least_box) return wire_errors::Malformed;
  carried.box.assign(reader.rest().begin(), reader.rest().end());
  return carried;
}

Expected<std::vector<std::string>> cut_into_codes(ByteView octets, std::size_t longest) {
  const std::size_t characters = longest - std::min(longest, opening.size() + 1);
  const std::size_t held = characters / 3 * 2 + (characters % 3 == 2 ? 1 : 0);
  const std::size_t room = held - std::min(held, frame_size);
  if (octets.empty() || room == 0) return carried_errors::TooLong;
  const std::size_t of = (octets.size() + room - 1) / room;
  if (of > most_codes) return carried_errors::TooLong;
  const std::size_t each = (octets.size() + of - 1) / of;
  const CodeSetId set = set_of(octets);
  std::vector<std::string> codes;
  for (std::size_t number = 1; number <= of; ++number) {
    const ByteView rest = octets.subspan((number - 1) * each);
    codes.push_back(write_code(set, number, of, rest.first(std::min(each, rest.size()))));
  }
  return codes;
}

Expected<Code> read_code(std::string_view typed) {
  const std::string text = plain(typed);
  if (!text.starts_with(name)) return carried_errors::NotOurs;
  if (!text.starts_with(opening)) {
    const bool numbered = text.size() > opening.size() && text[name.size()] >= '2' && text[name.size()] <= '9' && text[name.size() + 1] == ':';
    return numbered ? carried_errors::Newer : carried_errors::NotOurs;
  }
  if (text.back() != closing) return carried_errors::Damaged;
  const auto octets = from_base45(std::string_view(text).substr(opening.size(), text.size() - opening.size() - 1));
  if (!octets || octets->size() <= frame_size) return carried_errors::Damaged;
  const ByteView covered = ByteView(*octets).first(octets->size() - check_size);
  const auto digest = crypto::digest(covered);
  if (!std::equal(digest.begin(), digest.begin() + check_size, octets->end() - check_size)) return carried_errors::Damaged;
  Reader reader(covered);
  Code code;
  reader.raw(code.set);
  code.number = reader.u8();
  code.of = reader.u8();
  if (code.of < 1 || code.of > most_codes || code.number < 1 || code.number > code.of) return carried_errors::Damaged;
  code.piece.assign(reader.rest().begin(), reader.rest().end());
  return code;
}

Expected<void> CodeSet::add(std::string_view text) {
  TRY(auto code, read_code(text));
  if (of_ > 0 && (code.set != set_ || code.of != of_)) return carried_errors::OtherSet;
  set_ = code.set;
  of_ = code.of;
  pieces_[code.number - 1] = std::move(code.piece);
  if (!complete() || set_of(octets()) == set_) return {};
  clear();
  return carried_errors::Damaged;
}

std::vector<std::size_t> CodeSet::missing() const {
  std::vector<std::size_t> numbers;
  for (std::size_t number = 1; number <= of_; ++number)
    if (!has(number)) numbers.push_back(number);
  return numbers;
}

Bytes CodeSet::octets() const {
  Bytes all;
  for (const Bytes& piece : pieces_) all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

}  // namespace tongban::wire
