// The list of items: searched, filtered, each row a way to its guide.
#include <map>
#include <optional>
#include <span>

#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/rows.h"

namespace tongban::views {
namespace {

bool is_pinyin(std::string_view text) {
  bool letters = false;
  for (unsigned char c : text) {
    if (c >= 0x80) return false;
    letters |= c >= 'A';
  }
  return letters;
}

std::string headline(Screen& screen) {
  const auto& filter = screen.model.route.items;
  const auto count = std::to_string(screen.model.items.rows.size());
  if (!filter.query.empty())
    return screen.say(is_pinyin(filter.query) ? Word::ItemsFoundPinyin : Word::ItemsFound, {{"query", filter.query}, {"n", count}});
  for (const auto& event : screen.catalogue().life_events)
    if (event.key == filter.event) return screen.say(Word::ItemsFound, {{"query", screen.zh_or_en(event.name, event.name_en)}, {"n", count}});
  return screen.say(Word::ItemsAll, {{"n", count}});
}

int filters_on(const app::ItemFilter& filter) {
  return static_cast<int>(filter.departments.size()) + (filter.mode.empty() ? 0 : 1) + (filter.audience.empty() ? 0 : 1) + (filter.event.empty() ? 0 : 1);
}

struct Facet {
  const char* key;   ///< as in the address; "" stands for all
  Word word;
};

/// One of several, each with what it would leave; what would leave nothing isn't offered. Gives the key that was chosen.
std::optional<std::string> facet(Screen& screen, const char* key, Word label, std::span<const Facet> facets, const std::map<std::string, int>& counts, const std::string& now) {
  int all = 0, selected = 0;
  for (const auto& [name, count] : counts) all += count;
  std::vector<std::string> labels;
  std::vector<ui::Option> options;
  std::vector<const char*> keys;
  labels.reserve(facets.size());
  for (const Facet& one : facets) {
    const auto found = counts.find(one.key);
    const int count = *one.key ? (found == counts.end() ? 0 : found->second) : all;
    if (*one.key && count == 0 && now != one.key) continue;
    if (now == one.key) selected = static_cast<int>(keys.size());
    labels.push_back(std::to_string(count));
    options.push_back({.key = *one.key ? one.key : "all", .label = screen.say(one.word), .trailing = labels.back()});
    keys.push_back(one.key);
  }
  const auto chosen = screen.ui.choice(key, options, selected, {.look = ui::Look::Radio, .label = screen.say(label)});
  if (!chosen) return std::nullopt;
  return keys[static_cast<std::size_t>(*chosen)];
}

void mode_filter(Screen& screen) {
  constexpr Facet modes[] = {{"", Word::FilterAll}, {"direct", Word::ModeDirect}, {"separate", Word::ModeSeparateShort},
                             {"outside", Word::ModeOutside}, {"unpublished", Word::ModeUnpublished}};
  auto filter = screen.model.route.items;
  if (const auto chosen = facet(screen, "mode", Word::FilterMode, modes, screen.model.items.modes, filter.mode)) {
    filter.mode = *chosen;
    screen.want(intent::FilterItems{filter});
  }
}

void audience_filter(Screen& screen) {
  constexpr Facet audiences[] = {{"", Word::FilterAll}, {"permit", Word::FilterPermit}, {"registered", Word::FilterRegistered},
                                 {"unstated", Word::FilterUnstated}};
  auto filter = screen.model.route.items;
  if (const auto chosen = facet(screen, "for", Word::FilterYou, audiences, screen.model.items.audiences, filter.audience)) {
    filter.audience = *chosen;
    screen.want(intent::FilterItems{filter});
  }
}

/// Several may be chosen; with none, all are shown. What would leave nothing isn't offered.
void department_filter(Screen& screen) {
  auto& ui = screen.ui;
  const auto& chosen = screen.model.route.items.departments;
  auto group = ui.column({.key = "department", .role = ui::Role::Group, .label = screen.say(Word::FilterDepartment)});
  ui.text(screen.say(Word::FilterDepartment), {.bold = true});
  for (const auto& [name, count] : screen.model.items.departments) {
    const bool now = chosen.contains(name);
    if (name.empty() || (count == 0 && !now)) continue;
    if (!ui.check(name, screen.of_item(name), {.checked = now, .trailing = std::to_string(count)})) continue;
    auto filter = screen.model.route.items;
    if (now) filter.departments.erase(name);
    else filter.departments.insert(name);
    screen.want(intent::FilterItems{filter});
  }
}

void event_filter(Screen& screen) {
  auto& ui = screen.ui;
  std::vector<ui::Option> options;
  const auto& events = screen.catalogue().life_events;
  int selected = 0;
  options.push_back({.key = "all", .label = screen.say(Word::FilterAll)});
  for (const auto& event : events) {
    if (screen.model.route.items.event == event.key) selected = static_cast<int>(options.size());
    options.push_back({.key = event.key, .label = screen.zh_or_en(event.name, event.name_en)});
  }
  if (auto chosen = ui.select("event", options, selected, {.label = screen.say(Word::FilterEvent)})) {
    auto filter = screen.model.route.items;
    filter.event = *chosen > 0 ? events[static_cast<std::size_t>(*chosen - 1)].key : std::string();
    screen.want(intent::FilterItems{filter});
  }
}

void filters(Screen& screen) {
  auto& ui = screen.ui;
  mode_filter(screen);
  audience_filter(screen);
  event_filter(screen);
  department_filter(screen);
  if (!ui.phone()) {
    auto note = ui.column({.gap = 8, .pad = 16, .style = ui::Style::Tint});
    {
      auto head = ui.row({.gap = 8});
      ui.icon(ui::Icon::Split, 24, ui::Tone::Accent);
      ui.text(screen.say(Word::WhatIsSeparate), {.bold = true});
    }
    ui.caption(screen.say(Word::WhatIsSeparateText), ui::Tone::Ink);
  }
}

/// What item_row makes a row from.
std::uint64_t stamp_of(const Screen& screen, const app::ItemResults::Row& row) {
  ui::Stamp stamp = screen.stamp();
  stamp.add(row.item).add(static_cast<std::uint64_t>(row.why)).add(row.matched);
  for (const auto* ranges : {&row.highlights, &row.highlights_english})
    for (const auto& range : *ranges) stamp.add(range.from).add(range.size);
  return stamp.value();
}

void results(Screen& screen) {
  auto& ui = screen.ui;
  const auto& filter = screen.model.route.items;
  ui.heading(1, headline(screen), {.size = ui::TextSize::H2});
  if (filters_on(filter) > 0 || !filter.query.empty())
    ui.announce(screen.say(Word::AnnounceResults, "n", static_cast<long long>(screen.model.items.rows.size())));
  if (screen.model.items.rows.empty()) {
    if (screen.model.items.found == 0)
      ui.empty(ui::Icon::Search, screen.say(Word::ItemsNone, {{"query", filter.query}}), screen.say(Word::ItemsNoneCaption, {{"hotline", screen.hotline()}}));
    else
      ui.empty(ui::Icon::Filter, screen.say(Word::ItemsNoneFilter));
    auto row = ui.row({.justify = ui::Justify::Center});
    if (ui.button("clear", screen.say(Word::ItemsClearFilter))) screen.want(intent::FilterItems{{.query = screen.model.items.found ? filter.query : std::string()}});
    return;
  }
  auto list = ui.list(screen.say(Word::ItemsTitle), {.style = ui::Style::Card, .divided = true});
  for (const auto& row : screen.model.items.rows)
    if (auto part = ui.part(screen.catalogue().items[row.item].id.text(), stamp_of(screen, row))) item_row(screen, row);
}

}  // namespace

void items(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::ItemsTitle), .route = "/items", .bar_title = screen.say(Word::ItemsTitle)});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto top = ui.row({.gap = 24, .align = ui::Align::Center, .justify = ui::Justify::Between, .wrap = ui.roomy()});
      {
        auto box = ui.column({.grow = 1, .max_width = ui.desktop() ? 640.f : 0.f});
        search_field(screen, "q", Word::SearchLabel, screen.say(ui.phone() ? Word::HomeSearchHintShort : Word::HomeSearchHint), false);
      }
      if (ui.desktop()) pills(screen);
    }
    if (!screen.model.has_catalogue()) ui.heading(1, screen.say(Word::ItemsTitle), {.size = ui::TextSize::H2});
    if (!no_catalogue(screen)) {
      if (ui.wide() && !ui.roomy()) {
        auto columns = ui.row({.gap = 36, .align = ui::Align::Start});
        {
          auto left = ui.column({.gap = 24, .width = 236});
          filters(screen);
        }
        auto right = ui.column({.gap = 16, .grow = 1});
        results(screen);
      } else {
        const int on = filters_on(screen.model.route.items);
        {
          auto more = ui.disclosure("filter", on ? screen.say(Word::ItemsFilterOn, "n", on) : std::string(screen.say(Word::ItemsFilter)));
          if (more.open()) {
            auto inside = ui.column({.gap = 20, .pad = 16, .style = ui::Style::Card});
            filters(screen);
          }
        }
        results(screen);
      }
    }
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
