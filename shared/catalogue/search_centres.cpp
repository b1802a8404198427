#include "shared/catalogue/characters.h"
#include "shared/catalogue/places.h"
#include "shared/catalogue/search.h"
#include "shared/catalogue/search_index.h"

namespace tongban::catalogue {

void SearchIndex::Parts::add_centre(const Centre& centre) {
  IndexedCentre indexed;
  indexed.names.push_back(texts.add(centre.name, pinyin));
  indexed.names.push_back(texts.add(centre.short_name, pinyin));
  if (const Township* town = catalogue->find(centre.township)) {
    if (town->name != centre.short_name) indexed.names.push_back(texts.add(town->name, pinyin));
    if (!town->name_2017.empty()) indexed.names.push_back(texts.add(town->name_2017, pinyin));
  }
  const District* district = catalogue->district(centre.district);
  indexed.district = texts.add(district ? district->name : std::string(), pinyin);
  indexed.address = searchable(centre.address);
  centres.push_back(std::move(indexed));
}

std::vector<Hit> SearchIndex::search_centres(std::string_view query, std::size_t limit) const {
  const Parts& index = *parts_;
  const std::vector<Part> typed = make_parts(place_query(query), index.pinyin);
  if (typed.empty()) return {};
  std::u32string all;
  for (const Part& part : typed) all += part.characters;
  const std::vector<Part> together{make_part(all, index.pinyin)};
  Ranking ranking(index.centres.size());
  for (const Way way : {Way::AsTyped, Way::BySound, Way::WithSlip}) {
    if (ranking.found() > 0) break;
    for (std::size_t i = 0; i < index.centres.size(); ++i) {
      const auto weigh = [&](const Part& part) { return index.weigh_centre(i, part, way); };
      ranking.offer(i, weigh_all(typed, weigh), &typed);
      if (typed.size() > 1) ranking.offer(i, weigh_all(together, weigh), &together);
    }
  }
  std::vector<Hit> hits;
  for (std::size_t i : ranking.order(limit)) {
    const auto& [weighed, parts] = ranking[i];
    const Centre& centre = index.catalogue->centres[i];
    Hit hit{i, weighed.score, weighed.why, {}, index.highlights(index.centres[i].names[0], *parts), {}};
    if (weighed.why == Why::District)
      if (const District* district = index.catalogue->district(centre.district)) hit.matched = district->name;
    if (weighed.why == Why::Address) hit.matched = centre.address;
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace tongban::catalogue
