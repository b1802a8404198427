// Finding an item or a centre by what people type: characters, pinyin, initials, a mixture, with a slip, English words.
//
// An index is built once a catalogue (a few milliseconds) and then only read; it keeps references to the
// catalogue, which must outlive it, and copies what it needs of the pinyin table.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/catalogue/model.h"
#include "shared/catalogue/pinyin.h"

namespace tongban::catalogue {

/// What of the item or centre answered the query, best first.
enum class Why : std::uint8_t { Name, English, Alias, Pinyin, Initials, Fuzzy, Saying, Department, Material, Notes, District, Address, Code, Partly };

/// "name", "alias" …: for JSON.
const char* why_text(Why why);

/// Whose words come first where letters may be pinyin or English ("can" of 残疾人 or of "cancel").
enum class Reading : std::uint8_t { Chinese, English };

/// A part of the name, in octets of its UTF-8.
struct Range {
  std::size_t from = 0, size = 0;
  bool operator==(const Range&) const = default;
};

struct Hit {
  std::size_t index = 0;       ///< into Catalogue::items or Catalogue::centres
  int score = 0;               ///< higher is better; only comparable within one answer
  Why why = Why::Name;
  std::string matched;         ///< what answered when it wasn't the name: the alias, the material; else empty
  std::vector<Range> highlights;  ///< of the name; sorted, apart
  std::vector<Range> highlights_english;  ///< of the English name
};

class SearchIndex {
 public:
  SearchIndex(const Catalogue& catalogue, const Pinyin& pinyin);
  ~SearchIndex();
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;

  /// Best first. An empty query answers nothing. Queries are cut at 64 characters.
  std::vector<Hit> search(std::string_view query, std::size_t limit = 50, Reading reading = Reading::Chinese) const;
  std::vector<Hit> search_centres(std::string_view query, std::size_t limit = 50) const;

  struct Parts;  // search_index.h

 private:
  std::unique_ptr<const Parts> parts_;
};

}  // namespace tongban::catalogue
