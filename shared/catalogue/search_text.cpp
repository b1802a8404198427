#include "shared/catalogue/search_text.h"

#include "shared/catalogue/characters.h"

namespace tongban::catalogue {

TextRef TextStore::add(std::string_view utf8, const Pinyin& pinyin) {
  TextRef ref{static_cast<std::uint32_t>(characters_.size()), 0};
  const std::u32string whole = decode_utf8(utf8);
  const std::vector<SyllableId> readings = pinyin.readings(whole);
  std::size_t offset = 0;
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
      sizes_.push_back(static_cast<std::uint8_t>(octets.size()));
      ++ref.count;
    }
    offset += octets.size();
  }
  return ref;
}

Part make_part(std::u32string_view characters, const Pinyin& pinyin) {
  Part part;
  part.characters.assign(characters);
  part.readings = pinyin.readings(characters);
  part.sounds.assign(part.readings.begin(), part.readings.end());
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
    set(place(c, 0));
    set(place(before, c));
    before = c;
  }
}

bool Signature::may_hold(std::u32string_view phrase) const {
  return phrase.size() == 1 ? missing_characters(phrase) == 0 : missing_pairs(phrase) == 0;
}

std::size_t Signature::missing_characters(std::u32string_view phrase) const {
  std::size_t missing = 0;
  for (char32_t c : phrase) missing += !has(place(c, 0));
  return missing;
}

std::size_t Signature::missing_pairs(std::u32string_view phrase) const {
  std::size_t missing = 0;
  for (std::size_t i = 1; i < phrase.size(); ++i) missing += !has(place(phrase[i - 1], phrase[i]));
  return missing;
}

void NameSignature::add(TextView text, const Pinyin& pinyin) {
  characters.add({text.characters, text.count});
  std::u32string syllables(text.syllables, text.syllables + text.count);
  sounds.add(syllables);
  for (std::size_t i = 0; i < text.count; ++i) {
    const std::string_view syllable = pinyin.syllable(text.syllables[i]);
    for (std::size_t k = 1; k < syllable.size(); ++k) letters.add_pair(static_cast<char32_t>(syllable[k - 1]), static_cast<char32_t>(syllable[k]));
    if (i + 1 == text.count) break;
    // What was typed of this one ends in its initial, in the h of zh, ch, sh, or in its last letter.
    const auto next = static_cast<char32_t>(static_cast<unsigned char>(text.letters[i + 1]));
    letters.add_pair(static_cast<char32_t>(static_cast<unsigned char>(text.letters[i])), next);
    if (syllable.size() > 1) letters.add_pair(static_cast<char32_t>(syllable.back()), next);
    if (syllable.size() > 1 && syllable[1] == 'h') letters.add_pair(U'h', next);
  }
}

}  // namespace tongban::catalogue
