#include "shared/catalogue/pinyin.h"

#include <algorithm>

#include "shared/catalogue/characters.h"
#include "shared/catalogue/columns.h"

namespace tongban::catalogue {
namespace {

constexpr std::string_view magic = "TBPY1";

/// Text without the canonical alphabet: the table has every character that there is.
bool read_plain(ByteView& in, std::string& out) {
  const auto end = std::find(in.begin(), in.end(), std::uint8_t{0});
  if (end == in.end()) return false;
  out.assign(in.begin(), end);
  in = in.subspan(out.size() + 1);
  return true;
}

bool read_count(ByteView& in, std::size_t& count) {
  std::uint64_t read = 0;
  if (!read_number(in, read) || read > in.size()) return false;
  count = static_cast<std::size_t>(read);
  return true;
}

}  // namespace

Expected<Pinyin> Pinyin::open(ByteView in) {
  const auto damaged = [] { return Error(pinyin_errors::Damaged); };
  if (in.size() < magic.size() || as_text(in.first(magic.size())) != magic) return damaged();
  in = in.subspan(magic.size());
  Pinyin table;
  std::size_t count = 0;
  table.syllables_.emplace_back();
  if (!read_count(in, count)) return damaged();
  for (std::size_t i = 0; i < count; ++i) {
    if (!read_plain(in, table.syllables_.emplace_back())) return damaged();
    if (table.syllables_[i] >= table.syllables_[i + 1]) return damaged();
  }
  const auto read_syllable = [&](SyllableId& id) {
    std::uint64_t value = 0;
    if (!read_number(in, value) || value >= table.syllables_.size()) return false;
    id = static_cast<SyllableId>(value);
    return true;
  };
  if (!read_count(in, count)) return damaged();
  table.characters_.resize(count);
  table.readings_.resize(count);
  std::uint64_t character = 0;
  for (char32_t& c : table.characters_) {
    std::uint64_t step = 0;
    if (!read_number(in, step) || step == 0 || (character += step) > 0x10ffff) return damaged();
    c = static_cast<char32_t>(character);
  }
  for (SyllableId& id : table.readings_)
    if (!read_syllable(id)) return damaged();
  if (!read_count(in, count)) return damaged();
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    if (!read_plain(in, text)) return damaged();
    Word word{decode_utf8(text), {}};
    word.readings.resize(word.text.size());
    for (SyllableId& id : word.readings)
      if (!read_syllable(id)) return damaged();
    if (word.text.empty() || (i > 0 && table.words_.back().text >= word.text)) return damaged();
    table.words_.push_back(std::move(word));
  }
  if (!in.empty()) return damaged();
  return table;
}

SyllableId Pinyin::reading(char32_t character) const {
  const auto at = std::lower_bound(characters_.begin(), characters_.end(), character);
  if (at == characters_.end() || *at != character) return 0;
  return readings_[static_cast<std::size_t>(at - characters_.begin())];
}

SyllableId Pinyin::find(std::string_view syllable) const {
  if (syllables_.empty()) return 0;
  const auto at = std::lower_bound(syllables_.begin() + 1, syllables_.end(), syllable);
  return at != syllables_.end() && *at == syllable ? static_cast<SyllableId>(at - syllables_.begin()) : SyllableId{0};
}

std::vector<SyllableId> Pinyin::readings(std::u32string_view text) const {
  std::vector<SyllableId> ids(text.size());
  for (std::size_t i = 0; i < text.size();) {
    // The longest word with a reading of its own that begins here; words are sorted, so longer ones come later.
    const Word* longest = nullptr;
    auto at = std::lower_bound(words_.begin(), words_.end(), text[i],
                               [](const Word& word, char32_t c) { return word.text[0] < c; });
    for (; at != words_.end() && at->text[0] == text[i]; ++at)
      if (text.substr(i, at->text.size()) == at->text && (!longest || at->text.size() > longest->text.size())) longest = &*at;
    if (longest) {
      std::copy(longest->readings.begin(), longest->readings.end(), ids.begin() + static_cast<std::ptrdiff_t>(i));
      i += longest->text.size();
    } else {
      ids[i] = reading(text[i]);
      ++i;
    }
  }
  return ids;
}

std::string Pinyin::spell(std::string_view utf8) const {
  std::string spelled;
  for (SyllableId id : readings(decode_utf8(utf8))) {
    if (id == 0) continue;
    if (!spelled.empty()) spelled += ' ';
    spelled += syllable(id);
  }
  return spelled;
}

}  // namespace tongban::catalogue
