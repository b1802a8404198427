#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "assets/compiler/csv_table.h"
#include "assets/compiler/read_tables.h"
#include "shared/catalogue/opening.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

bool yes(const CsvTable& table, std::size_t row, const char* column, Faults& faults) {
  const std::string& text = table.cell(row, column);
  if (text != "是" && text != "否")
    faults.add(table.place(row).file, table.place(row).line, std::string("“") + column + "” must be 是 or 否.");
  return text == "是";
}

/// Shanghai with its islands lies well inside these; a swapped pair or another datum's origin doesn't.
std::optional<double> coordinate(const CsvTable& table, std::size_t row, const char* column, double least, double most, Faults& faults) {
  const std::string& text = table.cell(row, column);
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != 0 || value < least || value > most) {
    faults.add(table.place(row).file, table.place(row).line, std::string("“") + column + "” is no degree of Shanghai: " + text + ".");
    return std::nullopt;
  }
  return value;
}

void check_unique(bool is_new, const std::string& what, const Place& place, Faults& faults) {
  if (!is_new) faults.add(place.file, place.line, "“" + what + "” stands here twice.");
}

bool read_minute(std::string_view text, std::uint16_t& minute) {
  int hour = 0, past = 0;
  auto [colon, error] = std::from_chars(text.data(), text.data() + text.size(), hour);
  const char* end = text.data() + text.size();
  if (error != std::errc() || colon == end || *colon != ':' || end - colon != 3) return false;
  const auto rest = std::from_chars(colon + 1, end, past);
  if (rest.ec != std::errc() || rest.ptr != end || hour < 0 || hour > 24 || past < 0 || past > 59) return false;
  minute = static_cast<std::uint16_t>(hour * 60 + past);
  return true;
}

/// "8:30-11:30 13:00-16:30"; 休 is closed.
std::vector<Span> read_spans(const CsvTable& table, std::size_t row, const char* column, Faults& faults) {
  std::vector<Span> spans;
  std::string_view text = table.cell(row, column);
  if (text == "休") return spans;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::size_t dash = part.find('-');
    Span span;
    const bool good = dash != std::string_view::npos && read_minute(part.substr(0, dash), span.open) &&
                      read_minute(part.substr(dash + 1), span.close) && span.open < span.close &&
                      (spans.empty() || spans.back().close < span.open);
    if (!good) {
      faults.add(table.place(row).file, table.place(row).line, std::string("“") + column + "” must be hours as in 8:30-11:30 13:00-16:30, or 休.");
      return spans;
    }
    spans.push_back(span);
  }
  return spans;
}

Hours read_hours(const CsvTable& table, std::size_t row, Faults& faults) {
  Hours hours;
  hours.note = table.cell(row, "公布时间");
  int stated = 0;
  for (const char* column : {"工作日", "双休日", "节假日"}) stated += !table.cell(row, column).empty();
  if (stated == 0 && hours.note.empty()) return citywide_hours();
  if (stated != 3 || hours.note.empty())
    faults.add(table.place(row).file, table.place(row).line, "Published hours need 公布时间, 工作日, 双休日 and 节假日 all together.");
  hours.workday = read_spans(table, row, "工作日", faults);
  hours.weekend = read_spans(table, row, "双休日", faults);
  hours.holiday = read_spans(table, row, "节假日", faults);
  hours.is_default = false;
  return hours;
}

void check_centre(const Centre& centre, const Catalogue& catalogue, const Place& place, Faults& faults) {
  const auto fault = [&](const std::string& sentence) { faults.add(place.file, place.line, sentence); };
  if (centre.id.empty() || centre.name.empty() || centre.short_name.empty()) fault("A centre needs 编号, 名称 and 简称.");
  if (!catalogue.district(centre.district)) fault("districts.csv has no “" + centre.district + "”.");
  if (!centre.township.empty()) {
    const Township* town = catalogue.find(centre.township);
    if (!town) fault("townships.csv has no “" + centre.township.text() + "”.");
    else if (town->district != centre.district) fault("The township lies in another district.");
    const bool fits = centre.sub_centre ? centre.id.text().starts_with(centre.township.text() + "-") : centre.id.text() == centre.township.text();
    if (!fits) fault("The id of a centre is its township's code, a sub-centre's with -1, -2 … after it.");
  }
  for (char c : centre.phone)
    if (!((c >= '0' && c <= '9') || c == '-' || c == '*' || c == ' ')) return fault("A phone number is digits, - and *.");
}

}  // namespace

std::vector<TownshipPinyin> read_places(const std::string& folder, Catalogue& catalogue, Faults& faults) {
  const CsvTable districts = CsvTable::load(folder, "districts.csv", {"代码", "名称", "英文"}, faults);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < districts.size(); ++i) {
    District district{districts.cell(i, "代码"), districts.cell(i, "名称"), districts.cell(i, "英文")};
    check_code(district.code, "“代码”", districts.place(i), faults);
    check_unique(seen.insert(district.code).second, district.code, districts.place(i), faults);
    catalogue.districts.push_back(std::move(district));
  }
  std::sort(catalogue.districts.begin(), catalogue.districts.end(), [](const District& a, const District& b) { return a.code < b.code; });
  const CsvTable towns = CsvTable::load(
      folder, "townships.csv", {"代码", "名称", "区代码", "类别", "拼音", "见于2017版", "见于2023版", "2017版名称", "纬度", "经度", "坐标来源"}, faults);
  std::vector<TownshipPinyin> readings;
  for (std::size_t i = 0; i < towns.size(); ++i) {
    Township town;
    town.code = TownshipCode(towns.cell(i, "代码"));
    town.name = towns.cell(i, "名称");
    town.district = towns.cell(i, "区代码");
    town.name_2017 = towns.cell(i, "2017版名称");
    town.in_2017 = yes(towns, i, "见于2017版", faults);
    town.in_2023 = yes(towns, i, "见于2023版", faults);
    town.lat = coordinate(towns, i, "纬度", 30.5, 32.0, faults);
    town.lng = coordinate(towns, i, "经度", 120.5, 122.5, faults);
    check_code(town.code.text(), "“代码”", towns.place(i), faults);
    check_unique(seen.insert(town.code.text()).second, town.code.text(), towns.place(i), faults);
    if (town.name.empty()) faults.add(towns.place(i).file, towns.place(i).line, "A township needs a name.");
    if (!catalogue.district(town.district)) faults.add(towns.place(i).file, towns.place(i).line, "districts.csv has no “" + town.district + "”.");
    readings.push_back({town.name, towns.cell(i, "拼音"), towns.place(i)});
    catalogue.townships.push_back(std::move(town));
  }
  std::sort(catalogue.townships.begin(), catalogue.townships.end(), [](const Township& a, const Township& b) { return a.code < b.code; });
  return readings;
}

void read_centres(const std::string& folder, const std::set<std::string>& sources, Catalogue& catalogue, Faults& faults) {
  const CsvTable table = CsvTable::load(folder, "centres.csv",
                                        {"编号", "名称", "简称", "区代码", "街镇代码", "分中心", "机构代码", "地址", "电话", "公布时间", "工作日",
                                         "双休日", "节假日", "纬度", "经度", "可信度", "可信度原文", "来源", "等级2019"}, faults);
  const std::vector<std::string> statuses{"推定名称", "仅知名称", "名称确认", "较早实录", "实录"};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Place place = table.place(i);
    Centre centre;
    centre.id = CentreId(table.cell(i, "编号"));
    centre.name = table.cell(i, "名称");
    centre.short_name = table.cell(i, "简称");
    centre.district = table.cell(i, "区代码");
    centre.township = TownshipCode(table.cell(i, "街镇代码"));
    centre.sub_centre = yes(table, i, "分中心", faults);
    centre.address = table.cell(i, "地址");
    centre.phone = table.cell(i, "电话");
    centre.hours = read_hours(table, i, faults);
    centre.lat = coordinate(table, i, "纬度", 30.5, 32.0, faults);
    centre.lng = coordinate(table, i, "经度", 120.5, 122.5, faults);
    centre.source = table.cell(i, "来源");
    centre.grade_2019 = table.cell(i, "等级2019");
    const auto status = std::find(statuses.begin(), statuses.end(), table.cell(i, "可信度"));
    if (status == statuses.end()) faults.add(place.file, place.line, "“可信度” must be 推定名称, 仅知名称, 名称确认, 较早实录 or 实录.");
    else centre.status = static_cast<CentreStatus>(status - statuses.begin());
    if (!sources.count(centre.source)) faults.add(place.file, place.line, "sources.yaml has no “" + centre.source + "”.");
    check_unique(seen.insert(centre.id.text()).second, centre.id.text(), place, faults);
    check_centre(centre, catalogue, place, faults);
    catalogue.centres.push_back(std::move(centre));
  }
  std::sort(catalogue.centres.begin(), catalogue.centres.end(), [](const Centre& a, const Centre& b) { return a.id < b.id; });
}

}  // namespace tongban::compiler
