#include "assets/compiler/pinyin_table.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <set>

#include "assets/compiler/csv_table.h"
#include "shared/catalogue/characters.h"
#include "shared/catalogue/columns.h"
#include "shared/catalogue/pinyin.h"

namespace tongban::compiler {
namespace {

using catalogue::append_number;

/// "zhǒng" → "zhong", "lǜ" → "lv".
std::string plain_syllable(std::string_view toned) {
  std::string plain;
  for (char32_t c : catalogue::decode_utf8(toned)) catalogue::append_utf8(plain, catalogue::fold(c));
  return plain;
}

bool is_syllable(const std::string& text) {
  return !text.empty() && text.size() <= 6 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Lines as "U+4E00: yī  # 一".
std::map<char32_t, std::string> read_characters(const std::string& folder, Faults& faults) {
  std::map<char32_t, std::string> readings;
  const std::string file = "pinyin/kMandarin_8105.txt";
  std::ifstream in(folder + "/" + file);
  if (!in) faults.add(file, 0, "The file can't be read.");
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::uint32_t character = 0;
    const std::size_t colon = line.find(": ");
    const bool coded = line.starts_with("U+") && colon != std::string::npos &&
                       std::from_chars(line.data() + 2, line.data() + colon, character, 16).ptr == line.data() + colon;
    const std::string syllable = coded ? plain_syllable(line.substr(colon + 2, line.find_first_of(" ,", colon + 2) - colon - 2)) : "";
    if (!is_syllable(syllable)) faults.add(file, number, "A line must read “U+4E00: yī  # 一”.");
    else readings[static_cast<char32_t>(character)] = syllable;
  }
  return readings;
}

struct Word {
  std::u32string text;
  std::vector<std::string> syllables;
};

std::vector<Word> read_words(const std::string& folder, Faults& faults) {
  std::vector<Word> words;
  const CsvTable table = CsvTable::load(folder, "pinyin/words.csv", {"词", "拼音", "说明"}, faults);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Place place = table.place(i);
    Word word{catalogue::decode_utf8(table.cell(i, "词")), {}};
    std::string_view rest = table.cell(i, "拼音");
    while (!rest.empty()) {
      word.syllables.emplace_back(rest.substr(0, rest.find(' ')));
      rest.remove_prefix(std::min(rest.size(), word.syllables.back().size() + 1));
    }
    if (word.text.empty() || word.syllables.size() != word.text.size() || !std::all_of(word.syllables.begin(), word.syllables.end(), is_syllable))
      faults.add(place.file, place.line, "A word needs one plain syllable for each character, as in 闵行,min hang.");
    else words.push_back(std::move(word));
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.text < b.text; });
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i].text == words[i - 1].text) faults.add("pinyin/words.csv", 0, "“" + catalogue::encode_utf8(words[i].text) + "” stands here twice.");
  return words;
}

void append_plain(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
  out.push_back(0);
}

Bytes write_table(const std::map<char32_t, std::string>& characters, const std::vector<Word>& words) {
  std::set<std::string> syllables;
  for (const auto& [c, syllable] : characters) syllables.insert(syllable);
  for (const Word& word : words) syllables.insert(word.syllables.begin(), word.syllables.end());
  const auto id = [&](const std::string& syllable) { return std::distance(syllables.begin(), syllables.find(syllable)) + 1; };
  Bytes out{'T', 'B', 'P', 'Y', '1'};
  append_number(out, syllables.size());
  for (const std::string& syllable : syllables) append_plain(out, syllable);
  append_number(out, characters.size());
  char32_t before = 0;
  for (const auto& [c, syllable] : characters) append_number(out, c - before), before = c;
  for (const auto& [c, syllable] : characters) append_number(out, static_cast<std::uint64_t>(id(syllable)));
  append_number(out, words.size());
  for (const Word& word : words) {
    append_plain(out, catalogue::encode_utf8(word.text));
    for (const std::string& syllable : word.syllables) append_number(out, static_cast<std::uint64_t>(id(syllable)));
  }
  return out;
}

}  // namespace

Bytes make_pinyin(const std::string& folder, const std::vector<TownshipPinyin>& expected, Faults& faults) {
  const auto characters = read_characters(folder, faults);
  const auto words = read_words(folder, faults);
  Bytes bytes = write_table(characters, words);
  const auto table = catalogue::Pinyin::open(bytes);
  if (!table) {
    faults.add("pinyin", 0, "The table can't be read back.");
    return bytes;
  }
  for (const TownshipPinyin& town : expected) {
    const std::string spelled = table->spell(town.name);
    if (spelled != town.pinyin)
      faults.add(town.place.file, town.place.line, "“" + town.name + "” is read “" + town.pinyin + "” here, but “" + spelled + "” by pinyin/words.csv and the table.");
  }
  return bytes;
}

}  // namespace tongban::compiler
