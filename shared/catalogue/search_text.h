// What the search compares: texts cut into units (one character each, separators left out), and queries likewise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/catalogue/pinyin.h"

namespace tongban::catalogue {

/// A run of units inside a TextStore.
struct TextRef {
  std::uint32_t begin = 0, count = 0;
};

/// Pointers to `count` units, side by side.
struct TextView {
  const char32_t* characters = nullptr;   ///< folded
  const SyllableId* syllables = nullptr;  ///< 0: no reading (Latin letters, digits)
  const char* letters = nullptr;          ///< first letter of the reading, or the folded ASCII character, else 0
  const std::uint16_t* offsets = nullptr;  ///< where the unit begins in the text's UTF-8
  const std::uint8_t* sizes = nullptr;     ///< and its octets there
  std::size_t count = 0;
};

/// All texts of one kind (names, aliases) in four arrays, so that a search walks through memory in order.
class TextStore {
 public:
  TextRef add(std::string_view utf8, const Pinyin& pinyin);
  TextView view(TextRef ref) const {
    return {characters_.data() + ref.begin, syllables_.data() + ref.begin, letters_.data() + ref.begin, offsets_.data() + ref.begin,
            sizes_.data() + ref.begin, ref.count};
  }

 private:
  std::vector<char32_t> characters_;
  std::vector<SyllableId> syllables_;
  std::vector<char> letters_;
  std::vector<std::uint16_t> offsets_;
  std::vector<std::uint8_t> sizes_;
};

/// A piece of a query without separators.
struct Part {
  std::u32string characters;              ///< folded
  std::vector<SyllableId> readings;       ///< of the Chinese characters; 0 elsewhere
  std::u32string sounds;                  ///< the readings again, for signatures
  std::string letters;                    ///< the same as ASCII when it is only letters and digits, else empty
  bool has_han = false, has_letters = false;
  std::size_t size() const { return characters.size(); }
};

Part make_part(std::u32string_view characters, const Pinyin& pinyin);

/// Cut at separators; at most 64 characters are looked at.
std::vector<Part> make_parts(std::string_view query, const Pinyin& pinyin);

/// A set of characters and of neighbours, 1024 bits: tells in a glance that a text can't hold a phrase.
class Signature {
 public:
  void add(std::u32string_view text);
  void add_pair(char32_t first, char32_t second) { set(place(first, second)); }
  /// False: surely absent.
  bool may_hold(std::u32string_view phrase) const;
  /// How many of the phrase's characters, or pairs of neighbours, are surely absent.
  std::size_t missing_characters(std::u32string_view phrase) const;
  std::size_t missing_pairs(std::u32string_view phrase) const;

 private:
  static std::uint32_t place(char32_t first, char32_t second) {
    return (static_cast<std::uint32_t>(first) * 0x9e3779b1u ^ static_cast<std::uint32_t>(second) * 0x85ebca6bu) >> 22;
  }
  void set(std::uint32_t bit) { bits_[bit >> 6] |= std::uint64_t{1} << (bit & 63); }
  bool has(std::uint32_t bit) const { return (bits_[bit >> 6] >> (bit & 63) & 1) != 0; }
  std::uint64_t bits_[16] = {};
};

/// What all names of one thing can answer to, so that most things are passed over without reading their names.
struct NameSignature {
  Signature characters;
  Signature sounds;   ///< of syllables, as characters
  Signature letters;  ///< pairs of letters that may be typed one after the other, spelled out or as initials

  void add(TextView text, const Pinyin& pinyin);
};

}  // namespace tongban::catalogue
