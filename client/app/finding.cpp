#include "client/app/finding.h"

#include <algorithm>

#include "shared/catalogue/opening.h"

namespace tongban::app {
namespace {

bool in_event(const catalogue::Catalogue& catalogue, const catalogue::Item& item, const std::string& event) {
  return std::any_of(item.life_events.begin(), item.life_events.end(),
                     [&](std::uint8_t at) { return at < catalogue.life_events.size() && catalogue.life_events[at].key == event; });
}

/// As they stand in an address.
const char* mode_key(catalogue::Mode mode) {
  switch (mode) {
    case catalogue::Mode::Direct: return "direct";
    case catalogue::Mode::AcceptSeparate: return "separate";
    case catalogue::Mode::OutsideReview: return "outside";
    case catalogue::Mode::Unpublished: break;
  }
  return "unpublished";
}

const char* audience_key(catalogue::Audience audience) {
  switch (audience) {
    case catalogue::Audience::PermitHolderToo: return "permit";
    case catalogue::Audience::RegisteredOnly: return "registered";
    case catalogue::Audience::NotStated: break;
  }
  return "unstated";
}

std::vector<ItemResults::Row> candidates(const catalogue::Catalogue& catalogue, const catalogue::SearchIndex& index,
                                         const std::string& query, catalogue::Reading reading) {
  std::vector<ItemResults::Row> rows;
  if (query.empty()) {
    for (std::size_t at = 0; at < catalogue.items.size(); ++at) rows.push_back({.item = at, .matched = {}, .highlights = {}, .highlights_english = {}});
  } else {
    for (auto& hit : index.search(query, catalogue.items.size(), reading))
      rows.push_back({hit.index, hit.why, std::move(hit.matched), std::move(hit.highlights), std::move(hit.highlights_english)});
  }
  return rows;
}

}  // namespace

ItemResults find_items(const catalogue::Catalogue& catalogue, const catalogue::SearchIndex& index,
                       const ItemFilter& filter, catalogue::Reading reading) {
  ItemResults results;
  for (auto& row : candidates(catalogue, index, filter.query, reading)) {
    const catalogue::Item& item = catalogue.items[row.item];
    if (!filter.event.empty() && !in_event(catalogue, item, filter.event)) continue;
    ++results.found;
    // Each filter counts what it would leave, so its number never lies about what a press brings.
    const bool by_department = filter.departments.empty() || filter.departments.contains(item.line);
    const bool by_mode = filter.mode.empty() || filter.mode == mode_key(item.mode);
    const bool by_audience = filter.audience.empty() || filter.audience == audience_key(item.audience);
    if (by_mode && by_audience) ++results.departments[item.line];
    if (by_department && by_audience) ++results.modes[mode_key(item.mode)];
    if (by_department && by_mode) ++results.audiences[audience_key(item.audience)];
    if (by_department && by_mode && by_audience) results.rows.push_back(std::move(row));
  }
  return results;
}

CentreResults find_centres(const catalogue::Catalogue& catalogue, const catalogue::SearchIndex& index,
                           const CentreFilter& filter, Instant now) {
  CentreResults results;
  const auto add = [&](std::size_t at, std::vector<catalogue::Range> highlights) {
    const catalogue::Centre& centre = catalogue.centres[at];
    if (!filter.district.empty() && centre.district != filter.district) return;
    if (filter.open_now && !catalogue::opening_at(centre, catalogue.calendar, now).open) return;
    results.rows.push_back({at, std::move(highlights)});
  };
  if (filter.query.empty()) {
    for (std::size_t at = 0; at < catalogue.centres.size(); ++at) add(at, {});
  } else {
    for (auto& hit : index.search_centres(filter.query, catalogue.centres.size())) add(hit.index, std::move(hit.highlights));
  }
  return results;
}

}  // namespace tongban::app
