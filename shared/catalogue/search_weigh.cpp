#include <algorithm>

#include "shared/catalogue/characters.h"
#include "shared/catalogue/search_index.h"

namespace tongban::catalogue {
namespace {

// Places of a match, from what people most likely mean to what merely mentions it.
constexpr int whole_name = 1000, beginning = 900, middle = 820;
constexpr int alias_whole_loss = 20, alias_loss = 40;
constexpr int of_code = 990, of_material = 560, of_department = 480, of_body = 460, of_district = 600, of_address = 450;

Why why_of(MatchKind kind, bool alias) {
  switch (kind) {
    case MatchKind::Pinyin: return Why::Pinyin;
    case MatchKind::Initials: return Why::Initials;
    case MatchKind::Homophone:
    case MatchKind::Fuzzy: return Why::Fuzzy;
    default: return alias ? Why::Alias : Why::Name;
  }
}

int score_of(const Match& match, std::size_t count, bool alias) {
  const bool whole = match.start == 0 && match.length >= count;
  int score = whole ? whole_name : match.start == 0 ? beginning : middle;
  if (alias) score -= whole ? alias_whole_loss : alias_loss;
  // The more of a text was named, the surer; the later it comes, the less.
  if (!whole) score += static_cast<int>(60 * match.length / std::max<std::size_t>(count, 1));
  return score - static_cast<int>(std::min<std::size_t>(match.start, 30)) - match.loss;
}

/// False: none of the names can answer. A slip touches one character, and at most three pairs of letters (a swap).
bool may_answer(const NameSignature& names, const Part& part, Way way) {
  if (part.has_han && part.has_letters) return true;
  switch (way) {
    case Way::AsTyped: return part.has_letters ? names.letters.missing_pairs(part.characters) == 0 : names.characters.may_hold(part.characters);
    case Way::BySound: return !part.has_letters && part.size() >= 2 && names.sounds.may_hold(part.sounds);
    case Way::WithSlip:
      return part.has_letters ? names.letters.missing_pairs(part.characters) <= 3 : names.characters.missing_characters(part.characters) <= 1;
  }
  return true;
}

bool starts_code(const Item& item, const Part& part) {
  if (part.has_han || part.size() < 4) return false;
  if (item.id.text() == part.letters) return true;
  return part.size() >= 6 && std::any_of(item.codes.begin(), item.codes.end(), [&](const std::string& code) { return code.starts_with(part.letters); });
}

}  // namespace

std::u32string searchable(std::string_view utf8) {
  std::u32string text;
  for (char32_t c : decode_utf8(utf8)) {
    const char32_t folded = fold(c);
    if (!is_separator(folded)) text += folded;
  }
  return text;
}

Match SearchIndex::Parts::match(const Part& part, TextRef text, Way way) const {
  const TextView view = texts.view(text);
  switch (way) {
    case Way::AsTyped: return match_exact(part, view, pinyin);
    case Way::BySound: return match_by_sound(part, view);
    case Way::WithSlip: return match_with_slip(part, view, pinyin);
  }
  return {};
}

Weighed SearchIndex::Parts::weigh_names(const Names& names, const Part& part, Way way) const {
  Weighed best;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Match found = match(part, names[i], way);
    if (!found) continue;
    const int score = score_of(found, names[i].count, i > 0);
    if (score > best.score) best = {score, why_of(found.kind, i > 0), i};
  }
  return best;
}

Weighed SearchIndex::Parts::weigh_item(std::size_t index, const Part& part, Way way) const {
  const IndexedItem& indexed = items[index];
  const Weighed named = may_answer(indexed.named, part, way) ? weigh_names(indexed.names, part, way) : Weighed{};
  if (named || way != Way::AsTyped) return named;
  const Item& item = catalogue->items[index];
  if (starts_code(item, part)) return {of_code, Why::Code, 0};
  // A single character, or letters, stand in nearly every guide: they find names only.
  if (part.has_letters || part.size() < 2 || !indexed.signature.may_hold(part.characters)) return {};
  if (indexed.materials.find(part.characters) != std::u32string::npos) return {of_material, Why::Material, 0};
  if (searchable(item.line) == part.characters || searchable(item.department).find(part.characters) != std::u32string::npos)
    return {of_department, Why::Department, 0};
  if (indexed.body.find(part.characters) != std::u32string::npos) return {of_body, Why::Notes, 0};
  return {};
}

Weighed SearchIndex::Parts::weigh_centre(std::size_t index, const Part& part, Way way) const {
  const IndexedCentre& indexed = centres[index];
  Weighed best = weigh_names(indexed.names, part, way);
  if (const Match found = match(part, indexed.district, way); found && of_district - found.loss > best.score)
    best = {of_district - found.loss, Why::District, 0};
  if (!best && way == Way::AsTyped && part.size() >= 2 && indexed.address.find(part.characters) != std::u32string::npos)
    best = {of_address, Why::Address, 0};
  return best;
}

std::vector<Range> SearchIndex::Parts::highlights(TextRef name, const std::vector<Part>& parts) const {
  std::vector<Range> ranges;
  const TextView view = texts.view(name);
  for (const Part& part : parts) {
    Match found;
    for (const Way way : {Way::AsTyped, Way::BySound, Way::WithSlip})
      if (!found) found = match(part, name, way);
    if (!found) continue;
    const std::size_t from = view.offsets[found.start];
    const std::size_t last = found.start + found.length - 1;
    const std::size_t end = view.offsets[last] + std::size_t{view.sizes[last]};
    ranges.push_back({from, end - from});
  }
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
  std::vector<Range> joined;
  for (const Range& range : ranges) {
    if (!joined.empty() && range.from <= joined.back().from + joined.back().size)
      joined.back().size = std::max(joined.back().size, range.from + range.size - joined.back().from);
    else joined.push_back(range);
  }
  return joined;
}

std::vector<std::size_t> Ranking::order(std::size_t limit) const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < best_.size(); ++i)
    if (best_[i].weighed) indices.push_back(i);
  const std::size_t kept = std::min(limit, indices.size());
  std::partial_sort(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(kept), indices.end(), [&](std::size_t a, std::size_t b) {
    return best_[a].weighed.score != best_[b].weighed.score ? best_[a].weighed.score > best_[b].weighed.score : a < b;
  });
  indices.resize(kept);
  return indices;
}

}  // namespace tongban::catalogue
