// Finding a centre: by name, pinyin, district or township; open now or not. No distance: no centre's point is known.
#include "client/views/chrome.h"
#include "client/views/format.h"

namespace tongban::views {
namespace {

void centre_row(Screen& screen, const app::CentreResults::Row& row) {
  auto& ui = screen.ui;
  const catalogue::Centre& centre = screen.catalogue().centres[row.centre];
  auto tile = ui.tile(centre.id.text(), {.route = to_path(app::with_id(app::Page::Centre, centre.id.text())),
                                         .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 16, .pad = {14, 20}, .align = ui::Align::Center,
                                                 .selected = screen.model.settings.centre == centre.id}});
  {
    auto words = ui.column({.gap = 4, .grow = 1});
    {
      auto title = ui.row({.gap = 12, .wrap = true});
      // The full name says what all of them are; it is written out where it was searched in, and on the centre's own page.
      const std::string known_as = centre_name(screen.say, centre);
      const bool whole = ui.flowing() || !row.highlights.empty();
      ui.rich(whole ? marked(centre.name, row.highlights, true) : marked(known_as, {}, true), {.size = ui::TextSize::H3, .bold = true});
      if (centre.sub_centre) ui.tag(screen.say(Word::CentreSub), ui::Style::Sunk);
    }
    open_state(screen, centre, false);
    ui.caption(centre.address.empty() ? district_name(screen.say, screen.catalogue(), centre.district) : std::string_view(centre.address));
  }
  ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
}

/// What centre_row makes a row from; whether the centre is open turns with the minute.
std::uint64_t stamp_of(const Screen& screen, const app::CentreResults::Row& row) {
  constexpr std::int64_t minute_ms = 60'000;
  ui::Stamp stamp = screen.stamp();
  stamp.add(row.centre).add(static_cast<std::uint64_t>(screen.model.now.ms / minute_ms));
  stamp.add(screen.model.settings.centre == screen.catalogue().centres[row.centre].id ? 1 : 0);
  for (const auto& range : row.highlights) stamp.add(range.from).add(range.size);
  return stamp.value();
}

void filters(Screen& screen) {
  auto& ui = screen.ui;
  auto filter = screen.model.route.centres;
  const auto& districts = screen.catalogue().districts;
  {
    auto row = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
    if (ui.pill("open", screen.say(Word::CentresOpenNow), filter.open_now ? ui::Icon::Check : ui::Icon::Clock, filter.open_now ? 1 : 0)) {
      filter.open_now = !filter.open_now;
      screen.want(intent::FilterCentres{filter});
    }
  }
  std::vector<ui::Option> options = {{.key = "all", .label = screen.say(Word::CentresAllDistricts)}};
  int selected = 0;
  for (const auto& district : districts) {
    if (district.code == filter.district) selected = static_cast<int>(options.size());
    options.push_back({.key = district.code, .label = screen.zh_or_en(district.name, district.name_en)});
  }
  if (auto chosen = ui.select("district", options, selected, {.label = screen.say(Word::CentresDistrict)})) {
    filter.district = *chosen > 0 ? districts[static_cast<std::size_t>(*chosen - 1)].code : std::string();
    screen.want(intent::FilterCentres{filter});
  }
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

void centres(Screen& screen) {
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
        filters(screen);
        results(screen);
      }
    }
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
