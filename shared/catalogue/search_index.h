// What SearchIndex keeps, and how one piece of a query is weighed against one thing. Included by search*.cpp only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/catalogue/search.h"
#include "shared/catalogue/search_english.h"
#include "shared/catalogue/search_match.h"
#include "shared/catalogue/search_text.h"

namespace tongban::catalogue {

/// How a piece may answer to a text: as typed, by its sound, or with a slip.
enum class Way : std::uint8_t { AsTyped, BySound, WithSlip };

/// The name of a thing first, then what else it is called.
using Names = std::vector<TextRef>;

/// A piece weighed. Whole names weigh about 1000, beginnings 900, the middle 820, aliases a little less.
struct Weighed {
  int score = 0;  ///< 0: not found
  Why why = Why::Name;
  std::size_t name = 0;  ///< which of the names
  explicit operator bool() const { return score > 0; }
};

struct IndexedItem {
  Names names;
  NameSignature named;
  Signature signature;      // of both bodies, line and department
  std::u32string materials;  // folded, without separators, U+0000 between fields
  std::u32string body;
};

struct IndexedCentre {
  Names names;            // full name, short name, township's other name
  TextRef district;
  std::u32string address;
};

struct IndexedSaying {
  std::u32string said;
  std::vector<Part> meant;
};

struct SearchIndex::Parts {
  const Catalogue* catalogue = nullptr;
  Pinyin pinyin;
  TextStore texts;
  std::vector<IndexedItem> items;
  std::vector<IndexedCentre> centres;
  std::vector<IndexedSaying> sayings;  // longest first
  EnglishIndex english;

  Match match(const Part& part, TextRef text, Way way) const;
  Weighed weigh_names(const Names& names, const Part& part, Way way) const;
  Weighed weigh_item(std::size_t index, const Part& part, Way way) const;
  Weighed weigh_centre(std::size_t index, const Part& part, Way way) const;
  /// Where in the name the pieces stand; overlapping places are joined.
  std::vector<Range> highlights(TextRef name, const std::vector<Part>& parts) const;
  std::string matched_material(std::size_t item, const std::vector<Part>& parts) const;
  void add_item(const Item& item);
  void add_centre(const Centre& centre);
};

std::u32string searchable(std::string_view utf8);

/// The best score of each thing so far, and with what it was found.
class Ranking {
 public:
  explicit Ranking(std::size_t count) : best_(count) {}
  void offer(std::size_t index, const Weighed& weighed, const std::vector<Part>* parts) {
    if (weighed.score <= best_[index].weighed.score) return;
    if (!best_[index].weighed) ++found_;
    best_[index] = {weighed, parts};
  }
  std::size_t found() const { return found_; }
  struct Entry {
    Weighed weighed;
    const std::vector<Part>* parts = nullptr;
  };
  const Entry& operator[](std::size_t index) const { return best_[index]; }
  /// Indices of what was found, best first, equals in the order of the catalogue.
  std::vector<std::size_t> order(std::size_t limit) const;

 private:
  std::vector<Entry> best_;
  std::size_t found_ = 0;
};

/// All pieces must answer; the whole is their mean. `weigh(part)` weighs one against the thing in question.
template <typename Weigh>
Weighed weigh_all(const std::vector<Part>& parts, Weigh weigh) {
  Weighed whole;
  int sum = 0;
  for (const Part& part : parts) {
    const Weighed one = weigh(part);
    if (!one) return {};
    if (sum == 0 || one.why < whole.why) whole = one;
    sum += one.score;
  }
  whole.score = sum / static_cast<int>(parts.size()) - 5 * (static_cast<int>(parts.size()) - 1);
  return whole;
}

}  // namespace tongban::catalogue
