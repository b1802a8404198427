// The tables and lists beside the items: places, centres, calendar, life events, sayings.
#pragma once

#include <set>
#include <string>

#include "assets/compiler/faults.h"
#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// catalogue.yaml: version, edition, hotline, and how far the calendar is published.
void read_heading(const std::string& folder, catalogue::Catalogue& catalogue, Faults& faults);
/// districts.csv and townships.csv; the column 拼音 is returned for comparison with the table of readings.
struct TownshipPinyin {
  std::string name, pinyin;
  Place place;
};
std::vector<TownshipPinyin> read_places(const std::string& folder, catalogue::Catalogue& catalogue, Faults& faults);
/// centres.csv; needs the places.
void read_centres(const std::string& folder, const std::set<std::string>& sources, catalogue::Catalogue& catalogue, Faults& faults);
/// calendar.csv; needs the heading.
void read_calendar(const std::string& folder, catalogue::Catalogue& catalogue, Faults& faults);
/// life_events.yaml; needs the items, and gives each its groups.
void read_life_events(const std::string& folder, catalogue::Catalogue& catalogue, Faults& faults);
/// sayings.yaml
void read_sayings(const std::string& folder, catalogue::Catalogue& catalogue, Faults& faults);

}  // namespace tongban::compiler
