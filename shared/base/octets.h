// Writing and reading binary formats: little-endian numbers, lengths before contents, nothing else.
//
// A Reader never reads past its end and never allocates more than what is really there. The first fault sticks:
// read a whole record, then ask `done()` once.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "shared/base/bytes.h"

namespace tongban {

/// Well-formed UTF-8 without surrogates or over-long forms (RFC 3629).
inline bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    const std::size_t more = lead < 0x80 ? 0 : lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 4;
    if (more == 4 || text.size() - i <= more) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((static_cast<std::uint8_t>(text[i + k]) & 0xC0) != 0x80) return false;
    }
    const auto second = more > 0 ? static_cast<std::uint8_t>(text[i + 1]) : std::uint8_t{0};
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return false;
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return false;
    i += more + 1;
  }
  return true;
}

class Writer {
 public:
  /// `usual`: octets that there will mostly be room enough for.
  explicit Writer(std::size_t usual = 256) { bytes_.reserve(usual); }

  Writer& u8(std::uint8_t value) { return number(value); }
  Writer& u16(std::uint16_t value) { return number(value); }
  Writer& u32(std::uint32_t value) { return number(value); }
  Writer& u64(std::uint64_t value) { return number(value); }
  Writer& i64(std::int64_t value) { return number(static_cast<std::uint64_t>(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  Writer& kind(Enum value) { return u8(static_cast<std::uint8_t>(value)); }
  Writer& flag(bool value) { return u8(value ? 1 : 0); }

  /// Octets whose number the format fixes.
  Writer& raw(ByteView octets) {
    bytes_.insert(bytes_.end(), octets.begin(), octets.end());
    return *this;
  }
  /// u16 length, then UTF-8. Longer text is cut at 65,535 octets: checks before encoding must not let it come so far.
  Writer& text(std::string_view text) {
    const auto size = std::min<std::size_t>(text.size(), std::numeric_limits<std::uint16_t>::max());
    u16(static_cast<std::uint16_t>(size));
    return raw(as_bytes(text.substr(0, size)));
  }
  /// u32 length, then octets.
  Writer& blob(ByteView octets) {
    u32(static_cast<std::uint32_t>(octets.size()));
    return raw(octets);
  }

  const Bytes& bytes() const& { return bytes_; }
  Bytes&& bytes() && { return std::move(bytes_); }

 private:
  template <typename Number>
  Writer& number(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }

  Bytes bytes_;
};

class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  std::uint8_t u8() { return number<std::uint8_t>(); }
  std::uint16_t u16() { return number<std::uint16_t>(); }
  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::uint64_t u64() { return number<std::uint64_t>(); }
  std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
  /// An enumerator from 0 to `last`; anything else is a fault.
  template <typename Enum>
  Enum kind(Enum last, Enum first = Enum{}) {
    const std::uint8_t value = u8();
    if (value > static_cast<std::uint8_t>(last) || value < static_cast<std::uint8_t>(first)) fail();
    return good_ ? static_cast<Enum>(value) : first;
  }
  bool flag() {
    const std::uint8_t value = u8();
    if (value > 1) fail();
    return good_ && value == 1;
  }
  ByteView raw(std::size_t size) {
    if (!good_ || rest_.size() < size) {
      fail();
      return {};
    }
    const ByteView octets = rest_.first(size);
    rest_ = rest_.subspan(size);
    return octets;
  }
  template <std::size_t Size>
  void raw(std::array<std::uint8_t, Size>& out) {
    const ByteView octets = raw(Size);
    if (good_) std::copy(octets.begin(), octets.end(), out.begin());
  }
  std::string text() {
    const std::string_view text = as_text(raw(u16()));
    if (!is_utf8(text)) fail();
    return good_ ? std::string(text) : std::string();
  }
  ByteView blob() { return raw(u32()); }
  /// A number of things to follow, each of at least `least` octets: more than could be there is a fault.
  std::size_t count(std::uint64_t number, std::size_t least) {
    if (number > rest_.size() / std::max<std::size_t>(least, 1)) fail();
    return good_ ? static_cast<std::size_t>(number) : 0;
  }

  void fail() { good_ = false; }
  bool good() const { return good_; }
  ByteView rest() const { return rest_; }
  /// Everything was there, and nothing is left over.
  bool done() const { return good_ && rest_.empty(); }

 private:
  template <typename Number>
  Number number() {
    const ByteView octets = raw(sizeof(Number));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < octets.size(); ++i) value |= std::uint64_t{octets[i]} << (8 * i);
    return static_cast<Number>(value);
  }

  ByteView rest_;
  bool good_ = true;
};

}  // namespace tongban
