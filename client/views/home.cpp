// The first screen: one search field, the life events, what is being prepared, and a centre to go to.
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/rows.h"

namespace tongban::views {
namespace {

constexpr std::size_t suggestions = 6;
constexpr std::size_t life_events_shown = 8;

ui::TextSize section_size(const ui::Ui& ui) { return ui.phone() ? ui::TextSize::H3 : ui::TextSize::H2; }

/// As many of the examples "失业登记、补贴、工伤" as a tile has room for; whole ones only.
std::string_view first_examples(std::string_view hint) {
  constexpr std::string_view comma = "、";
  constexpr std::size_t room = 9 * comma.size();   // nine characters
  if (hint.size() <= room) return hint;
  const std::size_t end = hint.rfind(comma, room);
  return end == std::string_view::npos ? hint : hint.substr(0, end);
}

void life_events(Screen& screen) {
  auto& ui = screen.ui;
  const auto& catalogue = screen.catalogue();
  auto section = ui.column({.gap = 12});
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
    ui.heading(2, screen.say(Word::HomeLifeEvents), {.size = section_size(ui), .grow = 1});
    const auto count = static_cast<long long>(catalogue.items.size());
    ui.link("all", screen.say(ui.phone() ? Word::HomeAllItemsShort : Word::HomeAllItems, "n", count), "/items", {.chevron = true});
  }
  const bool narrow = ui.phone();
  auto grid = ui.box({.role = ui::Role::List, .label = screen.say(Word::HomeLifeEvents), .axis = ui::Axis::Grid,
                      .gap = narrow ? 4.f : 14.f, .pad = narrow ? ui::Pad{8} : ui::Pad{}, .min_column = !narrow ? 170.f : screen.say.english() ? 130.f : 78.f,
                      .style = narrow ? ui::Style::Card : ui::Style::None});
  // On a phone the last of the first tiles leads to the others.
  const bool folds = narrow && !ui.flowing() && catalogue.life_events.size() > life_events_shown, all = !folds || ui.unfolded("more");
  for (std::size_t at = 0; at < catalogue.life_events.size(); ++at) {
    const auto& event = catalogue.life_events[at];
    if (!all && at + 1 >= life_events_shown) break;
    const auto name = screen.zh_or_en(event.name, event.name_en);
    const std::string route = to_path(app::items({.event = event.key}));
    if (narrow) {
      auto tile = ui.tile(event.key, {.route = route, .box = {.role = ui::Role::Item, .gap = 8, .pad = {14, 2}, .align = ui::Align::Center}});
      ui.icon(icon_named(event.icon), 28, ui::Tone::Accent);
      ui.text(name, {.size = ui::TextSize::Caption, .center = true});
    } else {
      auto tile = ui.tile(event.key, {.route = route, .box = {.role = ui::Role::Item, .gap = 4, .pad = {18, 16}, .min_height = 142, .style = ui::Style::Card}});
      ui.icon(icon_named(event.icon), 32, ui::Tone::Accent);
      ui.spring();
      ui.text(name, {.size = ui::TextSize::H3, .bold = true});
      if (!event.hint.empty() && !screen.say.english()) ui.text(first_examples(event.hint), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .lines = 1});
    }
  }
  if (!folds) return;
  auto tile = ui.unfold("more", {.box = {.role = ui::Role::Item, .gap = 8, .pad = {14, 2}, .align = ui::Align::Center}});
  ui.icon(all ? ui::Icon::Up : ui::Icon::More, 28, ui::Tone::Accent);
  ui.text(screen.say(all ? Word::HomeFewer : Word::More), {.size = ui::TextSize::Caption, .center = true});
}

void found_while_typing(Screen& screen) {
  auto& ui = screen.ui;
  auto list = ui.list(screen.say(Word::AnnounceResults, "n", static_cast<long long>(screen.model.items.rows.size())),
                      {.style = ui::Style::Card, .divided = true});
  std::size_t shown = 0;
  for (const auto& row : screen.model.items.rows) {
    if (shown++ == suggestions) break;
    item_row(screen, row);
  }
}

void typed_results(Screen& screen) {
  auto& ui = screen.ui;
  const auto count = static_cast<long long>(screen.model.items.rows.size());
  ui.announce(screen.say(Word::AnnounceResults, "n", count));
  if (count == 0) {
    ui.empty(ui::Icon::Search, screen.say(Word::ItemsNone, {{"query", screen.model.typed}}),
             screen.say(Word::ItemsNoneCaption, {{"hotline", screen.hotline()}}));
    return;
  }
  found_while_typing(screen);
  auto row = ui.row({});
  ui.link("all-found", screen.say(Word::HomeAllItems, "n", count), to_path(app::items({.query = screen.model.typed})), {.chevron = true});
}

void needs_you(Screen& screen) {
  auto& ui = screen.ui;
  int returned = 0;
  for (const auto& entry : screen.model.cases) returned += entry.view && entry.view->stage == casework::Stage::Returned ? 1 : 0;
  if (returned > 0) {
    auto tile = ui.tile("returned", {.route = "/cases", .box = {.axis = ui::Axis::Row, .gap = 12, .pad = 16, .align = ui::Align::Center, .style = ui::Style::Warn}});
    ui.icon(ui::Icon::Warn, 28, ui::Tone::Warn);
    ui.text(screen.say(Word::HomeNeedsYou, "n", returned), {.tone = ui::Tone::Warn, .bold = true, .grow = 1});
    ui.icon(ui::Icon::Right, 24, ui::Tone::Warn);
  }
  if (!screen.model.outbox.empty()) {
    auto tile = ui.tile("waiting", {.route = "/cases", .box = {.axis = ui::Axis::Row, .gap = 12, .pad = 16, .align = ui::Align::Center, .style = ui::Style::Sunk}});
    ui.icon(ui::Icon::Up2, 28);
    ui.text(screen.say(Word::HomeCasesWaiting, "n", static_cast<long long>(screen.model.outbox.size())), {.bold = true, .grow = 1});
    ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
  }
}

void my_drafts(Screen& screen) {
  auto& ui = screen.ui;
  constexpr std::size_t most = 2;
  if (screen.model.drafts.empty() && ui.phone()) return;
  auto section = ui.column({.gap = 12});
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Center});
    ui.heading(2, screen.say(Word::HomeDrafts), {.size = section_size(ui), .grow = 1});
    if (screen.model.drafts.size() > most)
      ui.link("drafts", screen.say(Word::NumberedOf, "n", static_cast<long long>(screen.model.drafts.size())), "/drafts", {.chevron = true});
  }
  if (screen.model.drafts.empty()) {
    auto card = ui.card();
    ui.text(screen.say(Word::HomeNoDrafts), {.tone = ui::Tone::Ink2});
    return;
  }
  auto list = ui.list(screen.say(Word::HomeDrafts), {.gap = 12});
  for (std::size_t at = 0; at < screen.model.drafts.size() && at < most; ++at) draft_row(screen, screen.model.drafts[at], false);
}

void my_centre(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Centre* centre = screen.model.preferred();
  if (!centre) {
    auto tile = ui.tile("choose", {.route = "/centres", .box = {.axis = ui::Axis::Row, .gap = 16, .pad = 20, .align = ui::Align::Center, .style = ui::Style::Card}});
    if (ui.flowing() || ui.ems() >= 14) ui.icon(ui::Icon::Pin, 28, ui::Tone::Accent);
    {
      auto words = ui.column({.gap = 2, .grow = 1});
      ui.text(screen.say(Word::HomeChooseCentre), {.size = ui::TextSize::H3, .bold = true});
      ui.caption(screen.say(Word::HomeChooseCentreCaption));
    }
    ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
    return;
  }
  auto section = ui.column({.gap = 12});
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Center});
    ui.heading(2, screen.say(Word::HomeCentre), {.size = section_size(ui), .grow = 1});
    ui.link("change", screen.say(Word::HomeChangeCentre), "/centres", {.chevron = true});
  }
  auto tile = ui.tile("centre", {.route = to_path(app::with_id(app::Page::Centre, centre->id.text())),
                                 .box = {.gap = 4, .pad = 20, .style = ui::Style::Card}});
  open_state(screen, *centre, true);
  ui.text(centre_name(screen.say, *centre), {.size = ui::TextSize::H3, .bold = true});
  ui.caption(centre->address.empty() ? district_name(screen.say, screen.catalogue(), centre->district) : std::string_view(centre->address));
}

void find_part(Screen& screen) {
  auto& ui = screen.ui;
  {
    auto title = ui.column({.gap = 4});
    ui.heading(1, screen.say(Word::HomeTitle), {.size = ui.phone() ? ui::TextSize::H1 : ui::TextSize::Display});
    if (ui.wide() && screen.model.has_catalogue())
      ui.text(screen.say(Word::AppTagline, "n", static_cast<long long>(screen.catalogue().centres.size())), {.tone = ui::Tone::Ink2});
  }
  search_field(screen, "q", Word::SearchLabel, screen.say(ui.phone() ? Word::HomeSearchHintShort : Word::HomeSearchHint), ui.desktop());
  if (no_catalogue(screen)) return;
  if (!screen.model.typed.empty()) return typed_results(screen);
  life_events(screen);
}

void mine_part(Screen& screen) {
  needs_you(screen);
  my_drafts(screen);
  if (screen.model.has_catalogue()) my_centre(screen);
  hotline_line(screen);
}

}  // namespace

void home(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::AppName), .route = "/"});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    const bool crowded = screen.say.english() && ui.ems() < 48;   // long words need the whole width
    if (ui.desktop() && !ui.roomy() && !crowded) {
      auto columns = ui.row({.gap = 40, .pad = page_pad(screen), .align = ui::Align::Start});
      {
        auto left = ui.column({.gap = 28, .pad = {36, 0, 0, 0}, .grow = 2.2f});
        find_part(screen);
      }
      auto right = ui.column({.gap = 28, .grow = 1, .min_width = 352});
      {
        auto tools = ui.row({.justify = ui::Justify::End});
        pills(screen);
      }
      mine_part(screen);
    } else {
      auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
      if (ui.desktop()) {
        auto tools = ui.row({.justify = ui::Justify::End});
        pills(screen);
      }
      find_part(screen);
      mine_part(screen);
      if (ui.phone()) {
        auto more = ui.row({.gap = 20, .wrap = true});
        ui.link("help", screen.say(Word::NavHelp), "/help", {.icon = ui::Icon::Ask});
        ui.link("settings", screen.say(Word::NavSettings), "/settings", {.icon = ui::Icon::Gear});
      }
    }
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
