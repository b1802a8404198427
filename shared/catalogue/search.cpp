#include "shared/catalogue/search.h"

#include <algorithm>

#include "shared/catalogue/search_index.h"

namespace tongban::catalogue {
namespace {

using Index = const std::vector<IndexedSaying>&;

/// A query in which sayings were recognised: what is left of it, and what was meant by the rest.
struct Understood {
  std::vector<Part> left;
  std::vector<Part> kept;                  // left, with the words of sayings that mean something
  std::vector<const IndexedSaying*> said;  // those that mean something
  bool any = false;
};

Understood understand(const std::vector<Part>& parts, Index sayings, const Pinyin& pinyin) {
  Understood result;
  const auto finish = [&](std::u32string& text, std::vector<Part>& list) {
    if (!text.empty()) list.push_back(make_part(text, pinyin));
    text.clear();
  };
  for (const Part& part : parts) {
    std::u32string left, kept;
    for (std::size_t at = 0; at < part.size();) {
      const std::u32string_view rest = std::u32string_view(part.characters).substr(at);
      const auto saying = std::find_if(sayings.begin(), sayings.end(), [&](const IndexedSaying& s) { return rest.starts_with(s.said); });
      if (saying == sayings.end()) {
        left += rest[0], kept += rest[0];
        ++at;
        continue;
      }
      finish(left, result.left);
      if (saying->meant.empty()) finish(kept, result.kept);
      else kept += saying->said, result.said.push_back(&*saying);
      result.any = true;
      at += saying->said.size();
    }
    finish(left, result.left);
    finish(kept, result.kept);
  }
  if (result.left.empty() && result.said.empty()) result.any = false;
  return result;
}

/// All pieces run together ("ju zhu zheng", "居住证 挂失"), when there are several.
std::vector<Part> joined(const std::vector<Part>& parts, const Pinyin& pinyin) {
  std::u32string all;
  for (const Part& part : parts) all += part.characters;
  return {make_part(all, pinyin)};
}

constexpr int saying_loss = 150, noise_loss = 20, partly = 150, english_loss = 400;

bool holds_pair(const SearchIndex::Parts& index, const IndexedItem& item, std::u32string_view pair) {
  if (!item.named.characters.may_hold(pair)) return false;
  return std::any_of(item.names.begin(), item.names.end(), [&](const TextRef name) {
    const TextView view = index.texts.view(name);
    return std::u32string_view(view.characters, view.count).find(pair) != std::u32string_view::npos;
  });
}

/// How many of the query's pairs of neighbouring characters an item's names hold, in hundredths.
int shared_pairs(const SearchIndex::Parts& index, const IndexedItem& item, const std::vector<Part>& parts) {
  int all = 0, same = 0;
  for (const Part& part : parts)
    for (std::size_t i = 1; i < part.size(); ++i, ++all) same += holds_pair(index, item, std::u32string_view(part.characters).substr(i - 1, 2));
  return all == 0 ? 0 : same * 100 / all;
}

}  // namespace

const char* why_text(Why why) {
  switch (why) {
    case Why::Name: return "name";
    case Why::English: return "english";
    case Why::Alias: return "alias";
    case Why::Pinyin: return "pinyin";
    case Why::Initials: return "initials";
    case Why::Fuzzy: return "fuzzy";
    case Why::Saying: return "saying";
    case Why::Department: return "department";
    case Why::Material: return "material";
    case Why::Notes: return "notes";
    case Why::District: return "district";
    case Why::Address: return "address";
    case Why::Code: return "code";
    case Why::Partly: return "partly";
  }
  return "name";
}

void SearchIndex::Parts::add_item(const Item& item) {
  IndexedItem indexed;
  indexed.names.push_back(texts.add(item.name, pinyin));
  for (const std::string& alias : item.aliases) indexed.names.push_back(texts.add(alias, pinyin));
  for (const Material& material : item.materials) indexed.materials += searchable(material.name) + U'\0' + searchable(material.note) + U'\0';
  for (const std::string* text : {&item.conditions, &item.notes, &item.result, &item.limit, &item.fee, &item.basis})
    indexed.body += searchable(*text) + U'\0';
  for (const TextRef name : indexed.names) indexed.named.add(texts.view(name), pinyin);
  indexed.signature.add(indexed.materials);
  indexed.signature.add(indexed.body);
  for (const std::string* text : {&item.line, &item.department}) indexed.signature.add(searchable(*text));
  items.push_back(std::move(indexed));
}

SearchIndex::SearchIndex(const Catalogue& catalogue, const Pinyin& pinyin) {
  auto parts = std::make_unique<Parts>();
  parts->catalogue = &catalogue;
  parts->pinyin = pinyin;
  for (const Item& item : catalogue.items) parts->add_item(item);
  parts->english = EnglishIndex(catalogue);
  for (const Centre& centre : catalogue.centres) parts->add_centre(centre);
  for (const Saying& saying : catalogue.sayings) {
    IndexedSaying indexed{searchable(saying.said), {}};
    for (const std::string& meant : saying.meant) indexed.meant.push_back(make_part(searchable(meant), pinyin));
    if (!indexed.said.empty()) parts->sayings.push_back(std::move(indexed));
  }
  std::stable_sort(parts->sayings.begin(), parts->sayings.end(),
                   [](const IndexedSaying& a, const IndexedSaying& b) { return a.said.size() > b.said.size(); });
  parts_ = std::move(parts);
}

SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

namespace {

/// One search over the items, in widening circles: as typed, by sound, as people say it, with a slip, partly.
class ItemSearch {
 public:
  ItemSearch(const SearchIndex::Parts& index, const std::vector<Part>& typed, const std::vector<Part>& together, const Understood& understood,
             Reading reading, Ranking& ranking) {
    const std::size_t count = index.items.size();
    const auto circle = [&](Way way) {
      std::size_t named = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const auto weigh = [&](const Part& part) { return index.weigh_item(i, part, way); };
        Weighed whole = weigh_all(typed, weigh);
        if (typed.size() > 1) {
          const Weighed one = weigh_all(together, weigh);
          if (one.score > whole.score) whole = one;
        }
        if (!whole) continue;
        named += whole.why <= Why::Fuzzy || whole.why == Why::Code;
        ranking.offer(i, whole, &typed);
      }
      return named;
    };
    const auto english = index.english.search(typed);
    const bool words = typed.size() > 1 && std::any_of(english.begin(), english.end(), [](const auto& one) { return one.why == Why::English; });
    // Several English words of one name are no pinyin.
    std::size_t named = words ? 0 : circle(Way::AsTyped);
    named += in_english(english, typed, reading, ranking);
    if (named == 0) named = circle(Way::BySound);
    if (understood.any) named += as_said(index, understood, ranking);
    if (named == 0) named = circle(Way::WithSlip);
    if (ranking.found() > 0) return;
    in_part(index, understood, ranking);
    for (const EnglishIndex::Found& one : english) ranking.offer(one.item, {one.score, one.why, 0}, &typed);
  }

 private:
  static std::size_t in_english(const std::vector<EnglishIndex::Found>& english, const std::vector<Part>& typed, Reading reading, Ranking& ranking) {
    // For a Chinese reader below all that pinyin names.
    const int loss = reading == Reading::Chinese && ranking.found() > 0 ? english_loss : 0;
    std::size_t named = 0;
    for (const EnglishIndex::Found& one : english) {
      if (one.why == Why::Partly) continue;
      ranking.offer(one.item, {one.score - loss, one.why, 0}, &typed);
      named += one.why == Why::English;
    }
    return named;
  }

  static std::size_t as_said(const SearchIndex::Parts& index, const Understood& understood, Ranking& ranking) {
    std::size_t named = 0;
    for (std::size_t i = 0; i < index.items.size(); ++i) {
      int sum = 0, count = 0;
      Weighed whole;
      const auto add = [&](const Weighed& one) {
        if (count == 0 || one.why < whole.why) whole = one;
        sum += one.score, ++count;
        return static_cast<bool>(one);
      };
      bool all = true;
      for (const Part& part : understood.left) {
        Weighed one = index.weigh_item(i, part, Way::AsTyped);
        if (!one) one = index.weigh_item(i, part, Way::BySound);
        if (!(all = add(one))) break;
      }
      for (std::size_t s = 0; all && s < understood.said.size(); ++s) {
        Weighed best;
        for (const Part& meant : understood.said[s]->meant) {
          const Weighed one = index.weigh_item(i, meant, Way::AsTyped);
          if (one.score > best.score) best = one;
        }
        all = add(best);
      }
      if (!all || count == 0) continue;
      whole.score = sum / count - (understood.said.empty() ? noise_loss : saying_loss);
      if (!understood.said.empty()) whole.why = Why::Saying;
      ranking.offer(i, whole, &understood.left);
      ++named;
    }
    return named;
  }

  static void in_part(const SearchIndex::Parts& index, const Understood& understood, Ranking& ranking) {
    for (std::size_t i = 0; i < index.items.size(); ++i) {
      const int same = shared_pairs(index, index.items[i], understood.kept);
      int meant = 0;
      for (const IndexedSaying* saying : understood.said)
        for (const Part& word : saying->meant) meant = std::max(meant, index.weigh_item(i, word, Way::AsTyped).score);
      if (same >= 34 || meant > 0) ranking.offer(i, {partly + same + meant / 10, Why::Partly, 0}, &understood.kept);
    }
  }
};

}  // namespace

/// The first that says it, in either language; empty: none.
std::string SearchIndex::Parts::matched_material(std::size_t item, const std::vector<Part>& parts) const {
  const auto& materials = catalogue->items[item].materials;
  if (const auto at = english.material(item, parts)) return materials[*at].name;
  for (const Material& material : materials)
    if (searchable(material.name).find(parts[0].characters) != std::u32string::npos) return material.name;
  return {};
}

std::vector<Hit> SearchIndex::search(std::string_view query, std::size_t limit, Reading reading) const {
  const Parts& index = *parts_;
  const std::vector<Part> typed = make_parts(query, index.pinyin);
  if (typed.empty()) return {};
  const std::vector<Part> together = joined(typed, index.pinyin);
  const Understood understood = understand(typed, index.sayings, index.pinyin);
  Ranking ranking(index.items.size());
  ItemSearch(index, typed, together, understood, reading, ranking);
  std::vector<Hit> hits;
  for (std::size_t i : ranking.order(limit)) {
    const auto& [weighed, parts] = ranking[i];
    const Item& item = index.catalogue->items[i];
    Hit hit{i, weighed.score, weighed.why, {}, {}, index.english.highlights(i, typed)};
    if (weighed.why != Why::English) hit.highlights = index.highlights(index.items[i].names[0], *parts);
    if (weighed.why != Why::English && hit.highlights.empty() && typed.size() > 1) hit.highlights = index.highlights(index.items[i].names[0], together);
    if (weighed.name > 0) hit.matched = item.aliases[weighed.name - 1];
    if (weighed.why == Why::Material) hit.matched = index.matched_material(i, *parts);
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace tongban::catalogue
