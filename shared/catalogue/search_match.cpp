#include "shared/catalogue/search_match.h"

#include <algorithm>
#include <array>
#include <string>

namespace tongban::catalogue {
namespace {

// Loss of a match, so that the way of typing decides only between matches of the same place.
constexpr int loss_pinyin = 40, loss_begun_syllable = 10, loss_mixed = 60, loss_initials = 110;
constexpr int loss_sound = 70, loss_slip = 230, loss_slip_sound = 190;

bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

Match match_characters(const Part& part, TextView text) {
  const std::size_t size = part.size();
  for (std::size_t at = 0; at + size <= text.count; ++at)
    if (std::equal(part.characters.begin(), part.characters.end(), text.characters + at)) return {MatchKind::Exact, at, size, 0};
  return {};
}

/// Lays the query's letters over the text's syllables. Kept small: the recursion is as deep as the query is long.
struct Speller {
  const Part& part;
  TextView text;
  const Pinyin& pinyin;
  std::size_t start = 0;
  int budget = 400;  // a hostile query of one letter a hundred times must end, too
  Match best{};

  void run(std::size_t at, std::size_t typed, int spelled, int initials, int begun) {
    if (--budget < 0) return;
    if (typed == part.size()) return offer(at, spelled, initials, begun);
    if (at >= text.count) return;
    const char32_t c = part.characters[typed];
    if (!is_letter(c) || text.syllables[at] == 0) {
      if (text.characters[at] == c) run(at + 1, typed + 1, spelled, initials, begun);
      return;
    }
    if (text.letters[at] != static_cast<char>(c)) return;
    const std::string_view syllable = pinyin.syllable(text.syllables[at]);
    std::size_t same = 1;
    while (same < syllable.size() && typed + same < part.size() && part.characters[typed + same] == static_cast<unsigned char>(syllable[same])) ++same;
    if (same == syllable.size()) run(at + 1, typed + same, spelled + 1, initials, begun);
    else if (typed + same == part.size() && same > 1) return offer(at + 1, spelled, initials, begun + 1);
    if (same == syllable.size() && syllable.size() == 1) return;
    if (same >= 2 && syllable[1] == 'h') run(at + 1, typed + 2, spelled, initials + 1, begun);
    run(at + 1, typed + 1, spelled, initials + 1, begun);
  }

  void offer(std::size_t end, int spelled, int initials, int begun) {
    const bool only_initials = initials > 0 && spelled == 0;
    const int loss = only_initials ? loss_initials : initials > 0 ? loss_mixed + loss_pinyin : (spelled || begun) ? loss_pinyin : 0;
    const Match match{only_initials ? MatchKind::Initials : spelled + begun + initials > 0 ? MatchKind::Pinyin : MatchKind::Exact, start,
                      end - start, loss + (begun ? loss_begun_syllable : 0)};
    if (!best || match.loss < best.loss) best = match;
  }
};

Match match_spelled(const Part& part, TextView text, const Pinyin& pinyin) {
  const char32_t first = part.characters[0];
  Match best;
  for (std::size_t at = 0; at < text.count; ++at) {
    if (is_letter(first) ? text.letters[at] != static_cast<char>(first) : text.characters[at] != first) continue;
    Speller speller{part, text, pinyin, at};
    speller.run(at, 0, 0, 0, 0);
    if (speller.best && (!best || speller.best.loss < best.loss)) best = speller.best;
  }
  return best;
}

/// Where `typed` stands at the beginning of `there` but for one slip: how many of `there` it takes, 0 if it doesn't.
template <typename Char>
std::size_t one_slip(const Char* typed, std::size_t m, const Char* there, std::size_t n, std::size_t& wrong) {
  std::size_t j = 0;
  while (j < m && j < n && typed[j] == there[j]) ++j;
  if (j == m) return 0;  // no slip at all: found before
  wrong = j;
  const auto rest = [&](std::size_t t, std::size_t h) { return m - t <= n - h && std::equal(typed + t, typed + m, there + h); };
  if (j + 1 <= n && j + 1 <= m && rest(j + 1, j + 1)) return m;                   // another character
  if (j + 2 <= n && j + 2 <= m && typed[j] == there[j + 1] && typed[j + 1] == there[j] && rest(j + 2, j + 2)) return m;  // swapped
  if (j > 0 && j + 1 <= n && rest(j, j + 1)) return m + 1;                        // one missing
  if (j + 1 <= m && m > 1 && j <= n && rest(j + 1, j)) return m - 1;              // one too many
  return 0;
}

/// The pinyin of the units from `from` on, as far as a slip could reach, and where each unit ends in it.
struct Spelled {
  std::array<char, 80> letters;
  std::array<std::uint8_t, 80> ends;
  std::size_t size = 0, units = 0;

  Spelled(TextView text, std::size_t from, std::size_t wanted, const Pinyin& pinyin) {
    for (std::size_t i = from; i < text.count && size < wanted; ++i) {
      const char plain = text.characters[i] < 0x80 ? static_cast<char>(text.characters[i]) : '?';
      const std::string_view syllable = text.syllables[i] ? pinyin.syllable(text.syllables[i]) : std::string_view(&plain, 1);
      if (size + syllable.size() > letters.size()) return;
      size += syllable.copy(letters.data() + size, syllable.size());
      ends[units++] = static_cast<std::uint8_t>(size);
    }
  }
};

Match slip_in_pinyin(const Part& part, TextView text, const Pinyin& pinyin) {
  for (std::size_t i = 0; i < text.count; ++i) {
    // People get the first letter right; asking for it keeps this quick.
    if (text.letters[i] != part.letters[0]) continue;
    const Spelled spelled(text, i, part.size() + 1, pinyin);
    std::size_t wrong = 0;
    const std::size_t taken = one_slip(part.letters.data(), part.size(), spelled.letters.data(), spelled.size, wrong);
    if (taken == 0 || wrong == 0) continue;
    std::size_t units = 1;
    while (units < spelled.units && spelled.ends[units - 1] < taken) ++units;
    return {MatchKind::Fuzzy, i, units, loss_slip};
  }
  return {};
}

}  // namespace

Match match_exact(const Part& part, TextView text, const Pinyin& pinyin) {
  if (part.size() == 0 || text.count == 0) return {};
  if (const Match exact = match_characters(part, text)) return exact;
  return part.has_letters ? match_spelled(part, text, pinyin) : Match{};
}

Match match_by_sound(const Part& part, TextView text) {
  const std::size_t size = part.size();
  if (size < 2 || part.has_letters) return {};
  Match best;
  for (std::size_t at = 0; at + size <= text.count; ++at) {
    std::size_t right = 0, i = 0;
    for (; i < size; ++i) {
      if (text.characters[at + i] == part.characters[i]) ++right;
      else if (part.readings[i] == 0 || part.readings[i] != text.syllables[at + i]) break;
    }
    if (i < size || (right == 0 && size < 3)) continue;
    const int loss = loss_sound + 20 * static_cast<int>(size - right);
    if (!best || loss < best.loss) best = {MatchKind::Homophone, at, size, loss};
  }
  return best;
}

Match match_with_slip(const Part& part, TextView text, const Pinyin& pinyin) {
  const std::size_t size = part.size();
  if (!part.has_han) return part.has_letters && size >= 4 ? slip_in_pinyin(part, text, pinyin) : Match{};
  if (size < 3) return {};
  Match best;
  for (std::size_t at = 0; at < text.count; ++at) {
    std::size_t wrong = 0;
    const std::size_t taken = one_slip(part.characters.data(), size, text.characters + at, text.count - at, wrong);
    if (taken == 0) continue;
    const bool sounds = taken == size && part.readings[wrong] != 0 && part.readings[wrong] == text.syllables[at + wrong];
    const int loss = sounds ? loss_slip_sound : loss_slip + (wrong == 0 ? 30 : 0) + (size == 3 ? 40 : 0);
    if (!best || loss < best.loss) best = {MatchKind::Fuzzy, at, taken, loss};
  }
  return best;
}

}  // namespace tongban::catalogue
