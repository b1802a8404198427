#include "client/views/format.h"

#include <algorithm>
#include <array>

namespace tongban::views {
namespace {

Word offset(Word first, int by) { return static_cast<Word>(static_cast<int>(first) + by); }
std::string number(long long value) { return std::to_string(value); }

constexpr std::pair<std::string_view, ui::Icon> icon_names[] = {
    {"baby", ui::Icon::Baby},   {"work", ui::Icon::Work},       {"med", ui::Icon::Med},   {"elder", ui::Icon::Elder},
    {"wheel", ui::Icon::Wheel}, {"flat", ui::Icon::Flat},       {"heart", ui::Icon::Heart}, {"idcard", ui::Icon::Idcard},
    {"archive", ui::Icon::Archive}, {"card", ui::Icon::Card},   {"people", ui::Icon::People}, {"person", ui::Icon::Person},
    {"doc", ui::Icon::Doc},     {"grid", ui::Icon::Grid},       {"home", ui::Icon::Home}, {"layers", ui::Icon::Layers},
    {"globe", ui::Icon::Globe}, {"bars", ui::Icon::Bars},       {"case", ui::Icon::Case}, {"walk", ui::Icon::Walk},
};

}  // namespace

std::string day(Words say, Date date) {
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  return say(Word::DayMonth, {{"month", say(offset(Word::Month1, month - 1))}, {"day", number(static_cast<unsigned>(date.day()))}});
}

std::string full_day(Words say, Date date) {
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  return say(Word::YearMonthDay, {{"year", number(static_cast<int>(date.year()))},
                                  {"month", say(offset(Word::Month1, month - 1))},
                                  {"day", number(static_cast<unsigned>(date.day()))}});
}

std::string_view weekday(Words say, Date date) { return say(offset(Word::WeekdayMonday, iso_weekday(date) - 1)); }

std::string day_with_weekday(Words say, Date date) {
  return say(Word::DayWeekday, {{"date", day(say, date)}, {"weekday", weekday(say, date)}});
}

std::string moment(Words say, Instant at) {
  const LocalTime local = shanghai_time(at);
  return say(Word::DayTime, {{"date", day(say, local.date)}, {"time", clock_text(local.minute)}});
}

std::string spans(const std::vector<catalogue::Span>& list) {
  std::string out;
  for (const auto& span : list) {
    if (!out.empty()) out += ", ";
    out += clock_text(span.open) + "–" + clock_text(span.close);
  }
  return out;
}

std::string file_size(Words say, std::uint32_t octets) {
  constexpr std::uint32_t mega = 1u << 20;
  if (octets >= mega) {
    const std::uint32_t tenths = octets / (mega / 10);
    return say(Word::SizeMegabytes, {{"n", number(tenths / 10) + "." + number(tenths % 10)}});
  }
  return say(Word::SizeKilobytes, "n", std::max<std::uint32_t>(1, octets / 1024));
}

std::string masked_identity(std::string_view text) {
  if (text.size() < 12) return std::string(text);
  return std::string(text.substr(0, 6)) + std::string(text.size() - 10, '*') + std::string(text.substr(text.size() - 4));
}

std::string masked_mobile(std::string_view text) {
  if (text.size() != 11) return std::string(text);
  return std::string(text.substr(0, 3)) + "****" + std::string(text.substr(7));
}

namespace {

const std::string& short_name(const catalogue::Centre& centre) { return centre.short_name.empty() ? centre.name : centre.short_name; }

}  // namespace

std::string centre_name(Words say, const catalogue::Centre& centre) {
  return say(Word::CentreShort, {{"name", say.english() && !centre.name_en.empty() ? centre.name_en : short_name(centre)}});
}

std::string centre_name(Words say, const catalogue::Catalogue* catalogue, const CentreId& id) {
  const catalogue::Centre* centre = catalogue ? catalogue->find(id) : nullptr;
  return centre ? centre_name(say, *centre) : id.text();
}

std::string centre_for_window(Words say, const catalogue::Catalogue* catalogue, const CentreId& id) {
  const catalogue::Centre* centre = catalogue ? catalogue->find(id) : nullptr;
  const std::string name = centre_name(say, catalogue, id);
  return say.english() && centre && !centre->name_en.empty() ? name + " " + short_name(*centre) : name;
}

std::string township_name(Words say, const catalogue::Catalogue& catalogue, const TownshipCode& code) {
  const catalogue::Township* township = catalogue.find(code);
  if (!township) return code.text();
  const catalogue::District* district = catalogue.district(township->district);
  const std::string chinese = (district ? district->name : std::string()) + township->name;
  if (!say.english() || township->name_en.empty() || !district) return chinese;
  return township->name_en + ", " + district->name_en + " " + chinese;
}

std::string to_choose(Words say, const std::string& chinese, const std::string& english) {
  return say.english() && !english.empty() ? english + " " + chinese : chinese;
}

std::string_view district_name(Words say, const catalogue::Catalogue& catalogue, const std::string& code) {
  const catalogue::District* district = catalogue.district(code);
  if (!district) return {};
  return say.english() && !district->name_en.empty() ? district->name_en : district->name;
}

std::vector<ui::Run> marked(std::string_view text, const std::vector<catalogue::Range>& ranges, bool bold) {
  std::vector<ui::Run> runs;
  std::size_t at = 0;
  for (const auto& range : ranges) {
    if (range.from < at || range.from + range.size > text.size()) continue;
    if (range.from > at) runs.push_back({.text = text.substr(at, range.from - at), .bold = bold});
    runs.push_back({.text = text.substr(range.from, range.size), .bold = bold, .marked = true});
    at = range.from + range.size;
  }
  if (at < text.size()) runs.push_back({.text = text.substr(at), .bold = bold});
  return runs;
}

ModeLook mode_look(catalogue::Mode mode) {
  switch (mode) {
    case catalogue::Mode::Direct: return {Word::ModeDirect, Word::ModeDirect, ui::Icon::Direct, ui::Style::Sunk};
    case catalogue::Mode::AcceptSeparate:
      return {Word::ModeSeparate, Word::ModeSeparateShort, ui::Icon::Split, ui::Style::Tint};
    case catalogue::Mode::OutsideReview: return {Word::ModeOutside, Word::ModeOutside, ui::Icon::Flat, ui::Style::Tint};
    case catalogue::Mode::Unpublished: break;
  }
  return {Word::ModeUnpublished, Word::ModeUnpublished, ui::Icon::Info, ui::Style::Sunk};
}

ui::Icon icon_named(std::string_view name) {
  for (const auto& [known, icon] : icon_names)
    if (known == name) return icon;
  return ui::Icon::Doc;
}

OpenLine open_line(Words say, const catalogue::Centre& centre, const catalogue::Calendar& calendar, Instant now) {
  const auto state = catalogue::opening_at(centre, calendar, now);
  OpenLine line;
  line.open = state.open;
  line.state = say(state.open ? Word::CentreOpen : Word::CentreClosed);
  if (state.open) {
    line.when = say(Word::CentreOpenUntil, {{"time", clock_text(state.until)}});
    return line;
  }
  if (!state.next_day) {
    line.known = false;
    return line;
  }
  const Date today = shanghai_time(now).date;
  const int ahead = days_between(today, state.next_day->date);
  const std::string time = clock_text(state.next_open);
  if (ahead == 0) line.when = say(Word::CentreOpensToday, {{"time", time}});
  else if (ahead == 1) line.when = say(Word::CentreOpensOn, {{"day", say(Word::CentreTomorrow)}, {"time", time}});
  else line.when = say(Word::CentreOpensOn, {{"day", day_with_weekday(say, state.next_day->date)}, {"time", time}});
  return line;
}

}  // namespace tongban::views
