#include "shared/catalogue/places.h"

#include <cctype>
#include <span>

#include "shared/catalogue/characters.h"

namespace tongban::catalogue {
namespace {

struct Generic { std::string_view chinese, english; };
constexpr Generic kinds[] = {{"街道", "Subdistrict"}, {"镇", "Town"}, {"乡", "Township"}, {"农场", "Farm"}, {"林场", "Forest Farm"},
                             {"工业区", "Industrial Zone"}, {"新区", "New Area"}, {"社区", "Community"}};
// Longer ones first: a road's end may be the end of another.
constexpr Generic roads[] = {{"东路", "East Road"}, {"西路", "West Road"}, {"南路", "South Road"}, {"北路", "North Road"}, {"中路", "Middle Road"},
                             {"二路", "No. 2 Road"}, {"路", "Road"}, {"新村", "Xincun"}};
/// What a query says in English, and how a name has it; nothing: it tells no place from another.
constexpr Generic spoken[] = {{"路", "road"}, {"东", "east"}, {"西", "west"}, {"南", "south"}, {"北", "north"}, {"中", "middle"}, {"二", "2"}, {"", "no."},
                              {"", "subdistrict"}, {"", "town"}, {"", "township"}, {"", "district"}, {"", "centre"}, {"", "center"}};
constexpr std::size_t longest_name = 6;   ///< in characters; what is longer is a description, such as 自由贸易试验区

/// Takes the generic end off the name and puts its translation before `rest`.
void translate_end(std::string_view& name, std::string& rest, std::span<const Generic> known) {
  for (const auto& [chinese, english] : known) {
    if (!name.ends_with(chinese) || name.size() == chinese.size()) continue;
    name.remove_suffix(chinese.size());
    rest = " " + std::string(english) + rest;
    return;
  }
}

std::string romanised(std::string_view name, const Pinyin& pinyin) {
  const std::u32string characters = decode_utf8(name);
  if (characters.size() > longest_name) return {};
  std::string word;
  for (const SyllableId id : pinyin.readings(characters)) {
    const std::string_view syllable = pinyin.syllable(id);
    if (syllable.empty()) return {};
    // Jing'an: without the sign it would be read jin-gan.
    if (!word.empty() && std::string_view("aoe").find(syllable[0]) != std::string_view::npos) word += '\'';
    for (const char letter : syllable) {
      if (letter == 'v') word += "ü";
      else word += letter;
    }
  }
  if (!word.empty()) word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
  return word;
}

}  // namespace

std::string english_place(std::string_view name, const Pinyin& pinyin) {
  std::string rest;
  translate_end(name, rest, kinds);
  if (rest.empty()) return {};
  translate_end(name, rest, roads);
  const std::string word = romanised(name, pinyin);
  return word.empty() ? word : word + rest;
}

void name_places(Catalogue& catalogue, const Pinyin& pinyin) {
  for (Township& town : catalogue.townships) town.name_en = english_place(town.name, pinyin);
  for (Centre& centre : catalogue.centres) centre.name_en = english_place(centre.short_name, pinyin);
}

std::string place_query(std::string_view query) {
  std::string words, word;
  bool numbered = false;   // "No. 2 Road"; a 2 by itself may be of an address
  const auto end_word = [&] {
    std::string_view meant = word;
    for (const auto& [chinese, english] : spoken)
      if (english == word && (word != "2" || numbered)) meant = chinese;
    numbered = word == "no.";
    if (!meant.empty()) (words += words.empty() ? "" : " ") += meant;
    word.clear();
  };
  for (const char letter : query) {
    if (letter == ' ') end_word();
    else word += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  end_word();
  return words.empty() ? std::string(query) : words;
}

}  // namespace tongban::catalogue
