#include "shared/catalogue/characters.h"

#include <cstdint>

namespace tongban::catalogue {
namespace {

struct Toned {
  char32_t toned, plain;
};
// Pinyin as dictionaries print it, and ü in all its forms: keyboards have v.
constexpr Toned toned_vowels[] = {
    {U'ā', U'a'}, {U'á', U'a'}, {U'ǎ', U'a'}, {U'à', U'a'}, {U'ē', U'e'}, {U'é', U'e'}, {U'ě', U'e'}, {U'è', U'e'},
    {U'ī', U'i'}, {U'í', U'i'}, {U'ǐ', U'i'}, {U'ì', U'i'}, {U'ō', U'o'}, {U'ó', U'o'}, {U'ǒ', U'o'}, {U'ò', U'o'},
    {U'ū', U'u'}, {U'ú', U'u'}, {U'ǔ', U'u'}, {U'ù', U'u'}, {U'ǖ', U'v'}, {U'ǘ', U'v'}, {U'ǚ', U'v'}, {U'ǜ', U'v'},
    {U'ü', U'v'}, {U'Ü', U'v'}, {U'ń', U'n'}, {U'ň', U'n'}, {U'ǹ', U'n'}, {U'ḿ', U'm'},
};

}  // namespace

std::size_t decode_one(std::string_view utf8, char32_t& character) {
  if (utf8.empty()) return 0;
  const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(utf8[i]); };
  const std::uint8_t lead = octet(0);
  if (lead < 0x80) {
    character = lead;
    return 1;
  }
  const std::size_t size = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (size == 0 || lead >= 0xf5 || utf8.size() < size) return 0;
  char32_t value = lead & (0x7f >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((octet(i) & 0xc0) != 0x80) return 0;
    value = value << 6 | (octet(i) & 0x3f);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return 0;
  character = value;
  return size;
}

std::u32string decode_utf8(std::string_view utf8) {
  std::u32string characters;
  characters.reserve(utf8.size());
  while (!utf8.empty()) {
    char32_t c = 0xfffd;
    const std::size_t size = decode_one(utf8, c);
    characters.push_back(size ? c : 0xfffd);
    utf8.remove_prefix(size ? size : 1);
  }
  return characters;
}

void append_utf8(std::string& out, char32_t c) {
  const auto push = [&](char32_t octet) { out.push_back(static_cast<char>(octet)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xc0 | c >> 6), push(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    push(0xe0 | c >> 12), push(0x80 | (c >> 6 & 0x3f)), push(0x80 | (c & 0x3f));
  } else {
    push(0xf0 | c >> 18), push(0x80 | (c >> 12 & 0x3f)), push(0x80 | (c >> 6 & 0x3f)), push(0x80 | (c & 0x3f));
  }
}

std::string encode_utf8(std::u32string_view characters) {
  std::string out;
  for (char32_t c : characters) append_utf8(out, c);
  return out;
}

char32_t fold(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) c = c - 0xff01 + 0x21;
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  if (c < 0x80 || c > 0x1eff) return c;
  for (const Toned& t : toned_vowels)
    if (t.toned == c) return t.plain;
  return c;
}

bool is_separator(char32_t c) {
  if (c < 0x80) return !((c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'));
  return (c >= 0x2000 && c <= 0x206f) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0xb7 ||
         (c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20) || (c >= 0xff3b && c <= 0xff40) ||
         (c >= 0xff5b && c <= 0xff65) || c == 0xfffd;
}

bool is_han(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x323af) || c == 0x3007;
}

}  // namespace tongban::catalogue
