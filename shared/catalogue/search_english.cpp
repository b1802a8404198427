#include "shared/catalogue/search_english.h"

#include <algorithm>
#include <unordered_map>

#include "shared/catalogue/characters.h"

namespace tongban::catalogue {
namespace {

// As in search_weigh.cpp: from what is meant to what merely mentions it.
constexpr int scores[] = {900, 820, 560, 480, 460};
constexpr int whole_word = 30, whole_name = 60, partly = 150;

/// Words that people put around what they look for.
constexpr std::string_view small_words[] = {"a",    "an",  "and", "application", "apply", "at",   "can",  "do",   "for",  "from", "get",
                                            "have", "how", "i",   "in",          "is",    "it",   "me",   "my",   "need", "of",   "on",
                                            "or",   "the", "to",  "want",        "what",  "when", "where", "with", "you",  "your"};

bool says_little(std::string_view word) { return std::binary_search(std::begin(small_words), std::end(small_words), word); }

constexpr std::string_view apostrophe = "’";

/// Calls `each(from, word)` for the words of ASCII letters and digits, apostrophes within them; what else stands there parts them.
template <typename Each>
void each_word(std::string_view text, Each each) {
  std::size_t from = 0, end = 0;   // equal: no word is open
  const auto finish = [&] {
    if (end > from) each(from, text.substr(from, end - from));
    from = end = 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80 && !is_separator(c)) {
      if (end == from) from = at;
      end = at + 1;
    } else if (c == static_cast<unsigned char>(apostrophe[0]) && text.substr(at).starts_with(apostrophe)) {
      at += apostrophe.size() - 1;
    } else if (c != '\'') {
      finish();
    }
  }
  finish();
}

/// As it is typed: folded, without apostrophes.
void fold_word(std::string_view word, std::string& folded) {
  folded.clear();
  for (const char c : word)
    if (static_cast<unsigned char>(c) < 0x80 && c != '\'') folded += static_cast<char>(fold(static_cast<unsigned char>(c)));
}

/// How many octets of the word the typed letters take; 0 when it doesn't begin with them.
std::size_t begun(std::string_view word, std::string_view typed) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < typed.size(); ++i, ++at) {
    while (at < word.size() && (static_cast<unsigned char>(word[at]) >= 0x80 || word[at] == '\'')) ++at;
    if (at >= word.size() || fold(static_cast<unsigned char>(word[at])) != static_cast<unsigned char>(typed[i])) return 0;
  }
  return at;
}

/// Where in a text the words begun by the parts stand; sorted, apart.
std::vector<Range> words_begun(std::string_view text, const std::vector<Part>& parts) {
  std::vector<Range> ranges;
  each_word(text, [&](std::size_t from, std::string_view word) {
    std::size_t size = 0;
    for (const Part& part : parts) {
      std::string_view typed = part.letters;
      std::size_t taken = begun(word, typed);
      if (taken == 0 && typed.size() > 3 && typed.ends_with('s')) {
        typed.remove_suffix(1);
        if (begun(word, typed) == word.size()) taken = word.size();
      }
      if (taken < word.size() && says_little(typed)) taken = 0;
      size = std::max(size, taken);
    }
    if (size > 0) ranges.push_back({from, size});
  });
  return ranges;
}

bool is_english(const std::vector<Part>& parts) {
  return std::none_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_han; }) &&
         std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_letters; });
}

}  // namespace

EnglishIndex::EnglishIndex(const Catalogue& catalogue) {
  if (catalogue.english.empty()) return;
  std::unordered_map<std::string, std::uint32_t> ids;
  // Most texts are said by several items: each is cut into words once.
  struct Cut {
    std::string_view english;
    std::vector<std::uint32_t> words;
  };
  std::unordered_map<std::string_view, Cut> cut;
  std::string folded;
  const auto cut_of = [&](const std::string& text) -> const Cut& {
    const auto found = cut.try_emplace(text);
    Cut& one = found.first->second;
    if (!found.second) return one;
    one.english = catalogue.in_english(text);
    each_word(one.english, [&](std::size_t, std::string_view word) {
      fold_word(word, folded);
      one.words.push_back(ids.try_emplace(folded, static_cast<std::uint32_t>(ids.size())).first->second);
    });
    return one;
  };
  struct Heard {
    std::uint32_t word;
    Posting posting;
  };
  std::vector<Heard> heard;
  std::vector<std::size_t> said_last;  // of each word, the item that said it last, from 1
  for (std::size_t i = 0; i < catalogue.items.size(); ++i) {
    const Item& item = catalogue.items[i];
    const auto add = [&](const std::string& text, Said where) {
      const Cut& one = cut_of(text);
      said_last.resize(ids.size());
      for (const std::uint32_t word : one.words) {
        // An item's name is read before the rest: the best place of a word is its first.
        if (said_last[word] != i + 1) heard.push_back({word, {static_cast<std::uint32_t>(i), where}});
        said_last[word] = i + 1;
        if (where == Said::NameFirst) where = Said::Name;
      }
      return one.english;
    };
    names_.push_back(add(item.name, Said::NameFirst));
    name_words_.push_back(static_cast<std::uint16_t>(cut_of(item.name).words.size()));
    materials_.emplace_back();
    for (const Material& material : item.materials) materials_.back().push_back(add(material.name, Said::Material));
    add(item.line, Said::Line);
    for (const std::string* text : {&item.conditions, &item.result, &item.notes}) add(*text, Said::Text);
  }
  for (const auto& [word, id] : ids) words_.push_back(word);
  std::sort(words_.begin(), words_.end());
  std::vector<std::uint32_t> rank(ids.size());
  for (std::size_t i = 0; i < words_.size(); ++i) rank[ids.find(words_[i])->second] = static_cast<std::uint32_t>(i);
  begins_.assign(words_.size() + 1, 0);
  for (const Heard& one : heard) ++begins_[rank[one.word] + 1];
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end());
  postings_.resize(heard.size());
  for (const Heard& one : heard) postings_[next[rank[one.word]]++] = one.posting;
}

EnglishIndex::Span EnglishIndex::begun_by(std::string_view typed) const {
  const auto from = std::lower_bound(words_.begin(), words_.end(), typed);
  const auto to = std::partition_point(from, words_.end(), [&](const std::string& word) { return std::string_view(word).starts_with(typed); });
  return {static_cast<std::size_t>(from - words_.begin()), static_cast<std::size_t>(to - words_.begin())};
}

/// Of every item; 0 where no word begins so.
std::vector<int> EnglishIndex::weigh(std::string_view typed) const {
  std::vector<int> best(name_words_.size());
  Span span = begun_by(typed);
  // "pensions" for "pension"
  if (span.from == span.to && typed.size() > 3 && typed.ends_with('s')) typed.remove_suffix(1), span = begun_by(typed);
  for (std::size_t word = span.from; word < span.to; ++word) {
    const int more = words_[word].size() == typed.size() ? whole_word : 0;
    for (std::uint32_t at = begins_[word]; at < begins_[word + 1]; ++at) {
      const Posting& posting = postings_[at];
      best[posting.item] = std::max(best[posting.item], scores[static_cast<std::size_t>(posting.said)] + more);
    }
  }
  return best;
}

std::vector<EnglishIndex::Found> EnglishIndex::search(const std::vector<Part>& parts) const {
  std::vector<Found> found;
  // One letter begins a word in nearly every text.
  if (words_.empty() || !is_english(parts) || (parts.size() == 1 && parts[0].size() < 2)) return found;
  struct Sum {
    int score = 0, asked = 0, met = 0, named = 0;
  };
  std::vector<Sum> sums(name_words_.size());
  const bool all_small = std::all_of(parts.begin(), parts.end(), [](const Part& part) { return says_little(part.letters); });
  int asked = 0;
  for (const Part& part : parts) {
    const bool small = !all_small && says_little(part.letters);
    asked += !small;
    const std::vector<int> scored = weigh(part.letters);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (scored[i] == 0) continue;
      ++sums[i].met;
      sums[i].named += scored[i] >= scores[static_cast<std::size_t>(Said::Name)];
      if (!small) sums[i].score += scored[i], ++sums[i].asked;
    }
  }
  int most = 0;
  for (const Sum& sum : sums) most = std::max(most, sum.asked);
  if (most == 0) return found;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const Sum& sum = sums[i];
    if (sum.asked < most) continue;
    const int mean = sum.score / sum.asked;
    const int of_name = sum.named == 0 ? 0 : whole_name * std::min<int>(sum.named, name_words_[i]) / name_words_[i];
    if (most < asked) found.push_back({i, partly + mean / 10 + of_name, Why::Partly});
    else found.push_back({i, mean + of_name, sum.named > 0 ? Why::English : mean >= scores[static_cast<std::size_t>(Said::Material)] ? Why::Material : Why::Notes});
  }
  return found;
}

std::vector<Range> EnglishIndex::highlights(std::size_t item, const std::vector<Part>& parts) const {
  if (names_.empty() || !is_english(parts)) return {};
  return words_begun(names_[item], parts);
}

std::optional<std::size_t> EnglishIndex::material(std::size_t item, const std::vector<Part>& parts) const {
  if (materials_.empty() || !is_english(parts)) return std::nullopt;
  std::vector<Part> asked;
  for (const Part& part : parts)
    if (!says_little(part.letters)) asked.push_back(part);
  if (asked.empty()) asked = parts;
  for (std::size_t i = 0; i < materials_[item].size(); ++i)
    if (!words_begun(materials_[item][i], asked).empty()) return i;
  return std::nullopt;
}

}  // namespace tongban::catalogue
