// Readings of Chinese characters, without tones, for the search (pinyin.bin; README.md has the layout).
//
// Not part of the signed catalogue: a wrong reading only makes something harder to find.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/base/bytes.h"

namespace tongban::catalogue {

namespace pinyin_errors {
inline constexpr ErrorCode Damaged{"pinyin.damaged", "拼音表坏了，请重新下载", "The pinyin table is damaged; please download it again."};
}  // namespace pinyin_errors

/// Index of a syllable in the table; 0: none.
using SyllableId = std::uint16_t;

class Pinyin {
 public:
  /// A table without readings: the search still works by characters.
  Pinyin() = default;
  static Expected<Pinyin> open(ByteView bytes);

  /// 0 when the table has no reading for it.
  SyllableId reading(char32_t character) const;
  /// "zhong"; ü is written v. Empty for 0.
  std::string_view syllable(SyllableId id) const { return id < syllables_.size() ? syllables_[id] : std::string_view(); }
  /// 0 when it is no syllable of the table.
  SyllableId find(std::string_view syllable) const;

  /// One reading a character of `text` (decoded), words with a reading of their own (闵行 min hang) first.
  std::vector<SyllableId> readings(std::u32string_view text) const;
  /// Syllables joined by spaces; characters without a reading are left out.
  std::string spell(std::string_view utf8) const;

  bool empty() const { return characters_.empty(); }

 private:
  struct Word {
    std::u32string text;
    std::vector<SyllableId> readings;
  };
  std::vector<std::string> syllables_;        // sorted from index 1 on
  std::vector<char32_t> characters_;          // sorted
  std::vector<SyllableId> readings_;          // beside characters_
  std::vector<Word> words_;                   // sorted by text
};

}  // namespace tongban::catalogue
