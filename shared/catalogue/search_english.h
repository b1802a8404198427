// Finding an item by English words: each is begun by what was typed. Included by search*.cpp only.
//
// All words of the English texts, sorted, and for each the items that say it: a keystroke reads one stretch of that list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/catalogue/search.h"
#include "shared/catalogue/search_text.h"

namespace tongban::catalogue {

/// Where an item says a word.
enum class Said : std::uint8_t { NameFirst, Name, Material, Line, Text };

/// The catalogue must outlive it.
class EnglishIndex {
 public:
  EnglishIndex() = default;
  explicit EnglishIndex(const Catalogue& catalogue);

  struct Found {
    std::size_t item = 0;
    int score = 0;
    Why why = Why::English;
  };
  /// Only for queries of Latin letters and digits. Every word must be met, but for those that say nothing ("how to").
  /// When no item has all of them, those that have the most, as Why::Partly.
  std::vector<Found> search(const std::vector<Part>& parts) const;

  /// Where in the English name of an item the words begun by the parts stand; sorted, apart.
  std::vector<Range> highlights(std::size_t item, const std::vector<Part>& parts) const;
  /// The first of its materials that says one of them.
  std::optional<std::size_t> material(std::size_t item, const std::vector<Part>& parts) const;

 private:
  struct Posting {
    std::uint32_t item;
    Said said;
  };
  struct Span {
    std::size_t from, to;
  };
  Span begun_by(std::string_view typed) const;
  std::vector<int> weigh(std::string_view typed) const;

  std::vector<std::string> words_;        // sorted
  std::vector<std::uint32_t> begins_;     // of each word's postings, and the end of all
  std::vector<Posting> postings_;
  std::vector<std::uint16_t> name_words_;  // how many the English name of an item has
  std::vector<std::string_view> names_;    // in the catalogue, as is what follows
  std::vector<std::vector<std::string_view>> materials_;
};

}  // namespace tongban::catalogue
