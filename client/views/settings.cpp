// How the portal looks, and what it keeps on this device.
#include <cstdio>

#include "client/views/chrome.h"
#include "client/views/format.h"

namespace tongban::views {
namespace {

void looks(Screen& screen) {
  auto& ui = screen.ui;
  const auto& settings = screen.model.settings;
  auto card = ui.card({.key = "look", .gap = 20});
  ui.heading(2, screen.say(Word::SettingsLook), {.size = ui::TextSize::H3});
  const ui::Option sizes[] = {{.key = "normal", .label = screen.say(Word::SizeNormal)}, {.key = "large", .label = screen.say(Word::SizeLarge)},
                              {.key = "extra", .label = screen.say(Word::SizeExtraLarge)}, {.key = "largest", .label = screen.say(Word::SizeLargest)}};
  if (auto chosen = ui.choice("size", sizes, static_cast<int>(settings.type_size), {.look = ui.phone() || ui.roomy() ? ui::Look::Radio : ui::Look::Segmented, .label = screen.say(Word::SettingsTypeSize)}))
    screen.want(intent::SetTypeSize{static_cast<app::TypeSize>(*chosen)});
  const ui::Option themes[] = {{.key = "light", .label = screen.say(Word::ThemeLight)}, {.key = "dark", .label = screen.say(Word::ThemeDark)}};
  if (auto chosen = ui.choice("theme", themes, static_cast<int>(settings.theme), {.label = screen.say(Word::SettingsContrast)}))
    screen.want(intent::SetTheme{static_cast<app::Theme>(*chosen)});
  const ui::Option languages[] = {{.key = "zh", .label = screen.say(Word::LanguageChinese)}, {.key = "en", .label = screen.say(Word::LanguageEnglish)}};
  if (auto chosen = ui.choice("language", languages, static_cast<int>(settings.language), {.label = screen.say(Word::SettingsLanguage)}))
    screen.want(intent::SetLanguage{static_cast<app::Language>(*chosen)});
}

long long photos_kept(const Model& model) {
  std::size_t count = 0;
  for (const auto& draft : model.drafts)
    for (const auto& paper : draft.papers) count += paper.photos.size();
  for (const auto& entry : model.outbox) count += entry.files.size();
  for (const auto& entry : model.cases)
    for (const auto& paper : entry.mending) count += paper.photos.size();
  return static_cast<long long>(count);
}

/// What the browser gives the portal's records, and whether it may take it back.
void room(Screen& screen) {
  const Model& model = screen.model;
  if (!model.storage_use || model.storage != app::Storage::Persistent) return;
  const auto& use = *model.storage_use;
  const double megabytes = static_cast<double>(use.octets) / (1 << 20);
  char amount[16];
  std::snprintf(amount, sizeof amount, "%.1f", megabytes);
  screen.ui.caption(screen.say(use.promised ? Word::StoredRoomPromised : Word::StoredRoom, {{"n", amount}}));
}

void new_build(Screen& screen) {
  auto& ui = screen.ui;
  if (!screen.model.new_build) return;
  auto card = ui.box({.key = "new-build", .role = ui::Role::Status, .gap = 12, .pad = 20, .style = ui::Style::Tint});
  ui.text(screen.say(Word::NewBuild), {.bold = true});
  auto row = ui.row({});
  if (ui.button("switch", screen.say(Word::NewBuildSwitch), {.kind = ui::ButtonKind::Filled})) screen.want(intent::SwitchBuild{});
}

void stored(Screen& screen) {
  auto& ui = screen.ui;
  const Model& model = screen.model;
  auto card = ui.card({.key = "stored", .gap = 12});
  ui.heading(2, screen.say(Word::SettingsStored), {.size = ui::TextSize::H3});
  {
    auto list = ui.list(screen.say(Word::SettingsStored), {.gap = 8});
    const auto line = [&](std::string_view key, const std::string& text) {
      auto row = ui.item(key, {.axis = ui::Axis::Row, .gap = 8});
      ui.text(text);
    };
    if (!model.guides.empty()) line("guides", screen.say(Word::StoredGuides, "n", static_cast<long long>(model.guides.size())));
    line("drafts", screen.say(Word::StoredDrafts, "n", static_cast<long long>(model.drafts.size())));
    line("photos", screen.say(Word::StoredPhotos, "n", photos_kept(model)));
    line("outbox", screen.say(Word::StoredOutbox, "n", static_cast<long long>(model.outbox.size())));
    line("cases", screen.say(Word::StoredCases, "n", static_cast<long long>(model.cases.size())));
    if (model.has_catalogue()) {
      std::string text = screen.say(Word::StoredCatalogue, {{"edition", screen.catalogue().edition}});
      if (model.shelf.fetched.ms > 0)
        text += std::string(screen.say(Word::Comma)) + screen.say(Word::CatalogueAge, {{"date", day(screen.say, shanghai_time(model.shelf.fetched).date)}});
      line("catalogue", text);
    }
  }
  if (model.storage != app::Storage::Unknown) ui.caption(screen.say(model.storage == app::Storage::MemoryOnly ? Word::StoredMemory : Word::StoredHow));
  room(screen);
  auto row = ui.row({});
  if (ui.button("erase", screen.say(Word::SettingsErase), {.icon = ui::Icon::Trash})) screen.want(intent::Ask{app::Question::Erase});
}

}  // namespace

void settings(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::SettingsTitle), .route = "/settings", .bar_title = screen.say(Word::AppName), .back = true});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    plain_head(screen, Word::SettingsTitle);
    new_build(screen);
    {
      auto columns = ui.grid({.gap = 20, .min_column = 400});
      looks(screen);
      stored(screen);
    }
    ui.link("staff", screen.say(Word::SettingsStaff), "/staff", {.icon = ui::Icon::Lock});
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
