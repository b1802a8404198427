#include "shared/catalogue/search_text.h"

#include "shared/catalogue/characters.h"

namespace tongban::catalogue {

TextRef TextStore::add(std::string_view utf8, const Pinyin& pinyin) {
  TextRef ref{static_cast<std::uint32_t>(characters_.size()), 0};
  const std::u32string whole = decode_utf8(utf8);
  const std::vector<SyllableId> readings = pinyin.readings(whole);
  std::size_t offset = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string octets;
    append_utf8(octets, whole[i]);
    const char32_t c = fold(whole[i]);
    if (!is_separator(c) && offset < 0xff00) {
      characters_.push_back(c);
      syllables_.push_back(readings[i]);
      const std::string_view syllable = pinyin.syllable(readings[i]);
      letters_.push_back(readings[i] ? syllable[0] : c < 0x80 ? static_cast<char>(c) : '\0');
      offsets_.push_back(static_cast<std::uint16_t>(offset));
      ++ref.count;
      end = offset + octets.size();
    }
    offset += octets.size();
  }
  characters_.push_back(0);
  syllables_.push_back(0);
  letters_.push_back(0);
  offsets_.push_back(static_cast<std::uint16_t>(end));
  return ref;
}

Part make_part(std::u32string_view characters, const Pinyin& pinyin) {
  Part part;
  part.characters.assign(characters);
  part.readings = pinyin.readings(characters);
  for (char32_t c : characters) {
    part.has_han = part.has_han || c >= 0x80;
    part.has_letters = part.has_letters || (c >= U'a' && c <= U'z');
    part.letters += c < 0x80 ? static_cast<char>(c) : '?';
  }
  if (part.has_han) part.letters.clear();
  return part;
}

std::vector<Part> make_parts(std::string_view query, const Pinyin& pinyin) {
  std::u32string characters = decode_utf8(query);
  if (characters.size() > 64) characters.resize(64);
  std::vector<Part> parts;
  std::u32string current;
  const auto finish = [&] {
    if (!current.empty()) parts.push_back(make_part(current, pinyin));
    current.clear();
  };
  for (char32_t c : characters) {
    const char32_t folded = fold(c);
    // The apostrophe parts syllables (xi'an) and is no gap.
    if (folded == U'\'' || folded == U'’') continue;
    if (is_separator(folded)) finish();
    else current += folded;
  }
  finish();
  return parts;
}

void Signature::add(std::u32string_view text) {
  char32_t before = 0;
  for (char32_t c : text) {
    for (const std::uint32_t bit : {place(c, 0), place(before, c)}) bits_[bit >> 6] |= std::uint64_t{1} << (bit & 63);
    before = c;
  }
}

bool Signature::may_hold(std::u32string_view phrase) const {
  const auto has = [&](std::uint32_t bit) { return (bits_[bit >> 6] >> (bit & 63) & 1) != 0; };
  if (phrase.size() == 1) return has(place(phrase[0], 0));
  for (std::size_t i = 1; i < phrase.size(); ++i)
    if (!has(place(phrase[i - 1], phrase[i]))) return false;
  return true;
}

}  // namespace tongban::catalogue
