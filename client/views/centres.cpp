// Finding a centre: by name, pinyin, district or township; open now or not. No distance: no centre's point is known.
#include "client/views/centres.h"

#include <algorithm>

#include "client/views/chrome.h"
#include "client/views/format.h"

namespace tongban::views {
namespace {

/// "五角场街道中心": the full name says what all of them are. It is written out where something was searched for that isn't
/// in the short one, and on the centre's own page; on an English page below the English name.
std::string row_name(const Screen& screen, const app::CentreResults::Row& row) {
  const catalogue::Centre& centre = screen.catalogue().centres[row.centre];
  std::string short_name = centre_name(screen.say, centre);
  const auto parting = std::mismatch(short_name.begin(), short_name.end(), centre.name.begin(), centre.name.end()).first;
  const auto alike = static_cast<std::size_t>(parting - short_name.begin());
  const bool within = std::all_of(row.highlights.begin(), row.highlights.end(), [&](const auto& found) { return found.from + found.size <= alike; });
  return within && !screen.ui.flowing() ? short_name : centre.name;
}

/// It has a name of its own in the language of the page.
bool is_named(const Screen& screen, const catalogue::Centre& centre) { return screen.say.english() && !centre.name_en.empty(); }

/// Where its own page stands beside the list, the list stays narrowed as it is.
std::string address_of(const Screen& screen, const catalogue::Centre& centre) {
  app::Route route = app::with_id(app::Page::Centre, centre.id.text());
  if (room_beside_centres(screen)) route.centres = screen.model.route.centres;
  return to_path(route);
}

bool is_chosen(const Screen& screen, const catalogue::Centre& centre) {
  return screen.model.route.page == app::Page::Centre && screen.model.route.id == centre.id.text();
}

/// The row that stands out: the centre beside the list where there is one, else the person's.
bool stands_out(const Screen& screen, const catalogue::Centre& centre) {
  return room_beside_centres(screen) ? is_chosen(screen, centre) : screen.model.settings.centre == centre.id;
}

void centre_row(Screen& screen, const app::CentreResults::Row& row) {
  auto& ui = screen.ui;
  const catalogue::Centre& centre = screen.catalogue().centres[row.centre];
  const std::string route = address_of(screen, centre);
  auto tile = ui.tile(centre.id.text(), {.route = route,
                                         .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 16, .pad = {14, 20}, .align = ui::Align::Center,
                                                 .selected = stands_out(screen, centre)},
                                         .current = is_chosen(screen, centre)});
  {
    auto words = ui.column({.gap = 4, .grow = 1});
    {
      auto title = ui.row({.gap = 12, .wrap = true});
      const std::string name = row_name(screen, row);
      if (is_named(screen, centre)) ui.text(centre_name(screen.say, centre), {.size = ui::TextSize::H3, .bold = true});
      else ui.rich(marked(name, row.highlights, true), {.size = ui::TextSize::H3, .bold = true});
      if (centre.sub_centre) ui.tag(screen.say(Word::CentreSub), ui::Style::Sunk);
    }
    if (is_named(screen, centre)) ui.rich(marked(centre.name, row.highlights, false), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2});
    open_state(screen, centre, false);
    ui.caption(centre.address.empty() ? district_name(screen.say, screen.catalogue(), centre.district) : std::string_view(centre.address));
  }
  ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
}

/// What centre_row makes a row from; whether the centre is open turns with the minute.
std::uint64_t stamp_of(const Screen& screen, const app::CentreResults::Row& row) {
  constexpr std::int64_t minute_ms = 60'000;
  const catalogue::Centre& centre = screen.catalogue().centres[row.centre];
  ui::Stamp stamp = screen.stamp();
  stamp.add(row.centre).add(static_cast<std::uint64_t>(screen.model.now.ms / minute_ms));
  stamp.add(stands_out(screen, centre) ? 1 : 0).add(address_of(screen, centre)).add(centre.name_en);
  for (const auto& range : row.highlights) stamp.add(range.from).add(range.size);
  return stamp.value();
}

void open_filter(Screen& screen) {
  auto filter = screen.model.route.centres;
  if (!screen.ui.pill("open", screen.say(Word::CentresOpenNow), filter.open_now ? ui::Icon::Check : ui::Icon::Clock, filter.open_now ? 1 : 0)) return;
  filter.open_now = !filter.open_now;
  screen.want(intent::FilterCentres{filter});
}

void district_filter(Screen& screen, bool label_hidden) {
  auto filter = screen.model.route.centres;
  const auto& districts = screen.catalogue().districts;
  std::vector<ui::Option> options = {{.key = "all", .label = screen.say(Word::CentresAllDistricts)}};
  int selected = 0;
  for (const auto& district : districts) {
    if (district.code == filter.district) selected = static_cast<int>(options.size());
    options.push_back({.key = district.code, .label = screen.zh_or_en(district.name, district.name_en)});
  }
  const auto chosen = screen.ui.select("district", options, selected, {.label = screen.say(Word::CentresDistrict), .label_hidden = label_hidden, .grow = label_hidden ? 1.f : 0.f});
  if (!chosen) return;
  filter.district = *chosen > 0 ? districts[static_cast<std::size_t>(*chosen - 1)].code : std::string();
  screen.want(intent::FilterCentres{filter});
}

/// Both in one line where it is long enough, so that the list begins higher up.
void filters(Screen& screen) {
  auto& ui = screen.ui;
  constexpr float least_ems = 20;
  const bool one_line = room_beside_centres(screen) || (ui.phone() && !ui.flowing() && ui.ems() >= least_ems);
  if (one_line) {
    auto line = ui.row({.gap = 12});
    open_filter(screen);
    district_filter(screen, true);
    return;
  }
  {
    auto line = ui.row({});
    open_filter(screen);
  }
  district_filter(screen, false);
}

void results(Screen& screen) {
  auto& ui = screen.ui;
  const auto& filter = screen.model.route.centres;
  const auto count = static_cast<long long>(screen.model.centres.rows.size());
  {
    auto head = ui.row({.gap = 16, .align = ui::Align::Baseline, .justify = ui::Justify::Between, .wrap = true});
    const bool all = filter == app::CentreFilter{};
    ui.heading(1, screen.say(all ? Word::CentresAll : Word::CentresFound, "n", count), {.size = ui::TextSize::H2});
    ui.caption(screen.say(Word::CentresAnywhere));
  }
  if (count == 0) {
    ui.empty(ui::Icon::Pin, screen.say(Word::CentresNone, {{"query", filter.query}}), screen.say(Word::CentresNoneCaption));
    auto row = ui.row({.justify = ui::Justify::Center});
    if (ui.button("clear", screen.say(Word::ItemsClearFilter))) screen.want(intent::FilterCentres{});
    return;
  }
  if (!filter.query.empty()) ui.announce(screen.say(Word::CentresFound, "n", count));
  auto list = ui.list(screen.say(Word::CentresTitle), {.style = ui::Style::Card, .divided = true});
  for (const auto& row : screen.model.centres.rows)
    if (auto part = ui.part(screen.catalogue().centres[row.centre].id.text(), stamp_of(screen, row))) centre_row(screen, row);
}

}  // namespace

void centres_list(Screen& screen) {
  filters(screen);
  results(screen);
}

void centres(Screen& screen) {
  if (room_beside_centres(screen)) return centres_beside(screen);
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::CentresTitle), .route = "/centres", .bar_title = screen.say(Word::CentresTitle)});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto top = ui.row({.gap = 24, .align = ui::Align::Center, .justify = ui::Justify::Between});
      {
        auto box = ui.column({.grow = 1, .max_width = ui.desktop() ? 640.f : 0.f});
        search_field(screen, "q", Word::CentresSearchLabel, screen.say(Word::CentresSearch), false, ui.wide());
      }
      if (ui.desktop()) pills(screen);
    }
    if (!screen.model.has_catalogue()) ui.heading(1, screen.say(Word::CentresTitle), {.size = ui::TextSize::H2});
    if (!no_catalogue(screen)) {
      if (ui.wide() && !ui.roomy()) {
        auto columns = ui.row({.gap = 36, .align = ui::Align::Start});
        {
          auto left = ui.column({.gap = 20, .width = 236});
          filters(screen);
        }
        auto right = ui.column({.gap = 16, .grow = 1});
        results(screen);
      } else {
        centres_list(screen);
      }
    }
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
