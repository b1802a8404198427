#include "assets/compiler/read_tables.h"

#include <algorithm>
#include <charconv>

#include "assets/compiler/csv_table.h"
#include "assets/compiler/yaml_fields.h"

namespace tongban::compiler {

using namespace catalogue;

void read_heading(const std::string& folder, Catalogue& catalogue, Faults& faults) {
  const std::string file = "catalogue.yaml";
  const auto root = load_yaml(folder, file, faults);
  if (!root) return;
  YamlFields fields(*root, file, faults);
  const std::string version = fields.required("版本号");
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), catalogue.version);
  if (error != std::errc() || end != version.data() + version.size() || catalogue.version == 0)
    faults.add(file, fields.line("版本号"), "“版本号” must be a number from 1 on.");
  catalogue.edition = fields.required("版次");
  if (catalogue.edition.size() > 64) faults.add(file, fields.line("版次"), "“版次” is longer than 64 octets.");
  catalogue.hotline = fields.required("热线");
  const auto last = fields.date("节假日公布至");
  if (last) catalogue.calendar.last_published = *last;
  else faults.add(file, fields.line("节假日公布至"), "“节假日公布至” is missing.");
}

void read_calendar(const std::string& folder, Catalogue& catalogue, Faults& faults) {
  const CsvTable table = CsvTable::load(folder, "calendar.csv", {"日期", "名称", "类别"}, faults);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Place place = table.place(i);
    const auto fault = [&](const std::string& sentence) { faults.add(place.file, place.line, sentence); };
    const auto date = parse_date(table.cell(i, "日期"));
    const std::string& kind = table.cell(i, "类别");
    if (!date || date->year() < std::chrono::year(2000)) {
      fault("“日期” must be a day written 2026-10-01.");
      continue;
    }
    if (kind != "休" && kind != "班") fault("“类别” must be 休 or 班.");
    if (kind == "班" && iso_weekday(*date) <= 5) fault("A make-up workday (班) falls on a Saturday or Sunday.");
    if (catalogue.calendar.last_published.ok() && days_between(catalogue.calendar.last_published, *date) > 0)
      fault("The day lies beyond “节假日公布至” of catalogue.yaml.");
    if (!catalogue.calendar.exceptions.emplace(*date, kind == "班" ? DayKind::MakeUpWorkday : DayKind::Holiday).second)
      fault("The day stands here twice.");
  }
}

void read_life_events(const std::string& folder, Catalogue& catalogue, Faults& faults) {
  const std::string file = "life_events.yaml";
  const auto root = load_yaml(folder, file, faults);
  if (!root) return;
  for (const auto& entry : *root) {
    YamlFields fields(entry, file, faults);
    LifeEvent event{fields.required("键"), fields.required("名称"), fields.required("英文"), fields.text("提示"), fields.required("图标")};
    const auto same = [&](const LifeEvent& other) { return other.key == event.key; };
    if (std::any_of(catalogue.life_events.begin(), catalogue.life_events.end(), same))
      faults.add(file, line_of(entry), "“" + event.key + "” stands here twice.");
    for (const TextAt& id : fields.texts("事项")) {
      const auto at = std::find_if(catalogue.items.begin(), catalogue.items.end(), [&](const Item& i) { return i.id.text() == id.text; });
      if (at == catalogue.items.end()) faults.add(file, id.line, "There is no item “" + id.text + "”.");
      else at->life_events.push_back(static_cast<std::uint8_t>(catalogue.life_events.size()));
    }
    catalogue.life_events.push_back(std::move(event));
  }
  for (const Item& item : catalogue.items)
    if (item.life_events.empty()) faults.add(file, 0, "The item “" + item.id.text() + "” is in no group, so nobody finds it by life events.");
}

void read_sayings(const std::string& folder, Catalogue& catalogue, Faults& faults) {
  const std::string file = "sayings.yaml";
  const auto root = load_yaml(folder, file, faults);
  if (!root) return;
  std::set<std::string> seen;
  for (const auto& entry : *root) {
    YamlFields fields(entry, file, faults);
    Saying saying{fields.required("说法"), {}};
    for (const TextAt& meant : fields.texts("意思")) saying.meant.push_back(meant.text);
    if (!seen.insert(saying.said).second) faults.add(file, line_of(entry), "“" + saying.said + "” stands here twice.");
    catalogue.sayings.push_back(std::move(saying));
  }
}

}  // namespace tongban::compiler
