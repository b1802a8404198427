// What a supervisor and the city office see instead of cases: how many stand where, since when, and which transfers are late.
#include <algorithm>
#include <span>
#include <utility>

#include "client/views/format.h"
#include "client/views/staff_parts.h"

namespace tongban::views {
namespace {

using casework::CentreCount;
using casework::LateLetters;
using casework::WorkList;

constexpr std::size_t most_centres = 12, most_lanes = 12;
constexpr std::int64_t hour_ms = 3'600'000, day_hours = 24;

/// "2 天 6 小时"
std::string span_text(Words say, std::int64_t ms) {
  const std::int64_t hours = ms / hour_ms;
  if (hours < 1) return std::string(say(Word::SpanShort));
  if (hours < day_hours) return say(Word::SpanHours, "h", hours);
  return say(Word::SpanDays, {{"d", std::to_string(hours / day_hours)}, {"h", std::to_string(hours % day_hours)}});
}

std::string since(const Screen& screen, Instant at) { return screen.say(Word::OverviewOldest, {{"span", span_text(screen.say, (screen.model.now - at).count())}}); }

std::string name_of(const Screen& screen, const CentreId& centre) {
  return centre.empty() ? std::string() : centre_name(screen.say, screen.model.shelf.catalogue, centre);
}

void list_card(Screen& screen, Word name, WorkList list, const casework::Workload& workload) {
  auto& ui = screen.ui;
  std::uint64_t cases = 0;
  Instant oldest{};
  for (const CentreCount& one : workload.counts) {
    if (one.list != list || one.cases == 0) continue;
    cases += one.cases;
    if (oldest.ms == 0 || one.oldest < oldest) oldest = one.oldest;
  }
  auto card = ui.card({.key = casework::name_of(list), .role = ui::Role::Item, .gap = 2, .pad = 16});
  ui.text(screen.say(name), {.tone = ui::Tone::Ink2});
  ui.text(std::to_string(cases), {.size = ui::TextSize::H1, .bold = true});
  // How long ago something was finished presses nobody.
  if (cases > 0 && list != WorkList::Done) ui.caption(since(screen, oldest));
}

void lists_row(Screen& screen, const casework::Workload& workload) {
  constexpr float least_column = 150;
  auto list = screen.ui.list(screen.say(Word::StaffLists), {.axis = ui::Axis::Grid, .gap = 12, .min_column = least_column});
  for (const auto& [one, name] : work_lists) list_card(screen, name, one, workload);
}

struct Load {
  CentreId centre;
  std::uint64_t cases;   ///< that nobody has finished yet
};

/// Those with the most open cases, most first. The node tells counts centre by centre.
std::vector<Load> busiest_of(const casework::Workload& workload) {
  std::vector<Load> loads;
  for (const CentreCount& one : workload.counts) {
    if (one.list == WorkList::Done || one.cases == 0) continue;
    if (loads.empty() || loads.back().centre != one.holder) loads.push_back({one.holder, 0});
    loads.back().cases += one.cases;
  }
  const auto more = [](const Load& a, const Load& b) { return a.cases < b.cases; };
  // As many turns as there are rows: fewer octets on a slow line than a sort is.
  for (std::size_t row = 0; row < std::min(most_centres, loads.size()); ++row) {
    const auto from = loads.begin() + static_cast<std::ptrdiff_t>(row);
    std::iter_swap(from, std::max_element(from, loads.end(), more));
  }
  if (loads.size() > most_centres) loads.resize(most_centres);
  return loads;
}

void centres_card(Screen& screen, const casework::Workload& workload) {
  auto& ui = screen.ui;
  const std::vector<Load> busiest = busiest_of(workload);
  auto card = ui.card({.key = "centres", .gap = 12, .grow = 1});
  ui.heading(2, screen.say(Word::OverviewCentres), {.size = ui::TextSize::H3});
  if (busiest.empty()) return ui.empty(ui::Icon::Bars, screen.say(Word::OverviewNoCases));
  auto list = ui.list(screen.say(Word::OverviewCentres), {.gap = 8});
  for (const auto& [centre, cases] : busiest) {
    auto row = ui.item(centre.text(), {.axis = ui::Axis::Row, .gap = 12, .align = ui::Align::Center});
    {
      auto name = ui.column({.width = ui.phone() ? 120.f : 190.f});
      ui.text(name_of(screen, centre), {.lines = 1});
    }
    {
      auto bar = ui.column({.grow = 1});
      ui.bar(static_cast<int>(cases), static_cast<int>(busiest.front().cases));
    }
    auto number = ui.column({.width = 48});
    ui.text(std::to_string(cases), {.bold = true, .end = true});
  }
}

/// Lanes on which letters wait, as the node tells them: those that wait longest first.
void lanes_card(Screen& screen, std::string_view key, Word title, std::span<const LateLetters> lanes, ui::Tone tone) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = key, .gap = 12});
  ui.heading(2, screen.say(title), {.size = ui::TextSize::H3});
  auto list = ui.list(screen.say(title), {.gap = 8, .divided = true});
  for (const LateLetters& lane : lanes.first(std::min(most_lanes, lanes.size()))) {
    auto row = ui.item(lane.from.text() + lane.to.text(), {.gap = 2, .pad = {4, 0}});
    {
      auto route = ui.row({.gap = 6, .wrap = true});
      ui.text(name_of(screen, lane.from), {.bold = true});
      ui.icon(ui::Icon::Arrow, 20, ui::Tone::Ink2);
      ui.text(name_of(screen, lane.to), {.bold = true});
    }
    const std::string letters = screen.say(Word::OverviewLetters, "n", static_cast<long long>(lane.letters));
    ui.caption(lane.oldest.ms > 0 ? letters + "  " + since(screen, lane.oldest) : letters, tone);
  }
}

void transfers(Screen& screen, const casework::Workload& workload) {
  auto& ui = screen.ui;
  auto column = ui.column({.gap = 16, .grow = 1});
  if (workload.late.empty() && workload.missing.empty()) return ui.banner(ui::Style::Tint, screen.say(Word::OverviewLateNone), {}, ui::Icon::Check);
  if (!workload.late.empty()) {
    lanes_card(screen, "late", Word::OverviewLate, workload.late, ui::Tone::Warn);
    ui.caption(screen.say(Word::OverviewRemindHow));
  }
  if (!workload.missing.empty()) lanes_card(screen, "missing", Word::OverviewMissing, workload.missing, ui::Tone::Error);
}

}  // namespace

void staff_overview(Screen& screen) {
  auto& ui = screen.ui;
  const auto& desk = screen.model.staff;
  if (!desk.fault_zh.empty()) ui.banner(ui::Style::Error, screen.zh_or_en(desk.fault_zh, desk.fault_en), {}, ui::Icon::Err);
  if (!desk.workload) {
    if (desk.loading) ui.spinner(screen.say(Word::Loading));
    return;
  }
  ui.caption(screen.say(Word::OverviewScope, {{"time", moment(screen.say, desk.fetched)}}));
  lists_row(screen, *desk.workload);
  auto columns = ui.box({.axis = ui.desktop() ? ui::Axis::Row : ui::Axis::Column, .gap = 16, .align = ui.desktop() ? ui::Align::Start : ui::Align::Stretch});
  centres_card(screen, *desk.workload);
  transfers(screen, *desk.workload);
}

}  // namespace tongban::views
