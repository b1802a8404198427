// One piece of a query against one text: by characters, by sound, by pinyin and initials, with one slip.
#pragma once

#include "shared/catalogue/search_text.h"

namespace tongban::catalogue {

enum class MatchKind : std::uint8_t { None, Exact, Pinyin, Initials, Homophone, Fuzzy };

struct Match {
  MatchKind kind = MatchKind::None;
  std::size_t start = 0, length = 0;  ///< units of the text
  int loss = 0;                       ///< how far from typed exactly; 0 for Exact
  explicit operator bool() const { return kind != MatchKind::None; }
};

/// The best place: characters as typed; Latin letters as pinyin, as initials or mixed (the last syllable may be begun).
Match match_exact(const Part& part, TextView text, const Pinyin& pinyin);

/// Same sounds, other characters (敬老咔): at least two characters, at least one of them right unless they are three.
Match match_by_sound(const Part& part, TextView text);

/// One character wrong, missing, too many or swapped with its neighbour, in Chinese of at least three characters
/// or in pinyin of at least four letters.
Match match_with_slip(const Part& part, TextView text, const Pinyin& pinyin);

}  // namespace tongban::catalogue
