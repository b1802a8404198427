#include "client/views/chrome.h"

#include <algorithm>
#include <chrono>

#include "client/app/qr.h"
#include "client/views/carry.h"
#include "client/views/format.h"
#include "client/views/receipt.h"

namespace tongban::views {
namespace {

struct Place {
  const char* key;
  Word label;
  ui::Icon icon;
  app::Page page;
};
constexpr Place places[] = {
    {"home", Word::NavHome, ui::Icon::Home, app::Page::Home},
    {"items", Word::NavItems, ui::Icon::Search, app::Page::Items},
    {"centres", Word::NavCentres, ui::Icon::Pin, app::Page::Centres},
    {"cases", Word::NavCases, ui::Icon::Case, app::Page::Cases},
    {"help", Word::NavHelp, ui::Icon::Ask, app::Page::Help},
};

/// Which entry of the navigation a page belongs to.
app::Page home_of(app::Page page) {
  switch (page) {
    case app::Page::Item: case app::Page::Prepare: return app::Page::Items;
    case app::Page::Case: case app::Page::Drafts: return app::Page::Cases;
    case app::Page::Centre: return app::Page::Centres;
    case app::Page::Settings: return app::Page::Help;
    default: return page;
  }
}

/// Nothing while it isn't known: until the store has opened, what is done lives in memory.
std::string_view saved_words(const Screen& screen) {
  if (screen.model.public_browser) return screen.say(Word::SessionKept);
  switch (screen.model.storage) {
    case app::Storage::MemoryOnly: return screen.say(Word::StoreMemoryOnly);
    case app::Storage::Persistent: return screen.say(Word::SavedHere);
    case app::Storage::Unknown: break;
  }
  return {};
}

ui::Icon saved_icon(const Screen& screen) {
  return screen.model.storage == app::Storage::MemoryOnly && !screen.model.public_browser ? ui::Icon::Info : ui::Icon::Saved;
}

/// In large type the words take the rail's whole width, and say enough without their sign.
void rail_sign(Screen& screen, ui::Icon icon, std::string_view words, ui::Tone tone) {
  auto& ui = screen.ui;
  auto line = ui.row({.gap = 6});
  if (ui.type_size() < ui::TypeSize::Extra) ui.icon(icon, 20, tone);
  ui.text(words, {.size = ui::TextSize::Caption, .tone = tone, .grow = 1});
}

void net_sign(Screen& screen) {
  const bool connected = screen.model.connected();
  rail_sign(screen, connected ? ui::Icon::Wifi : ui::Icon::Nowifi, screen.say(connected ? Word::Online : Word::Offline), connected ? ui::Tone::Accent : ui::Tone::Ink);
}

std::string session_time(const Screen& screen) {
  const auto minutes = (screen.model.now - screen.model.session->begun) / std::chrono::minutes(1);
  return minutes < 1 ? std::string(screen.say(Word::SessionBegun)) : screen.say(Word::SessionClock, "n", static_cast<long long>(minutes));
}

void leave_button(Screen& screen, ui::ButtonKind kind, ui::ButtonSize size) {
  if (screen.ui.button("leave", screen.say(Word::SessionLeave), {.kind = kind, .size = size, .icon = ui::Icon::Exit}))
    screen.want(intent::Ask{app::Question::Erase});
}

void session_rail(Screen& screen) {
  if (!screen.model.session) return;
  auto& ui = screen.ui;
  auto part = ui.column({.key = "session", .gap = 4, .pad = {12, 4, 0, 4}, .align = ui::Align::Center});
  ui.caption(session_time(screen));
  leave_button(screen, ui::ButtonKind::Stacked, ui::ButtonSize::Normal);
}

void still_here(Screen& screen) {
  auto& ui = screen.ui;
  if (!screen.model.session || !screen.model.session->ends) return;
  constexpr long long steps = 6;
  const auto all = app::Session::countdown / std::chrono::seconds(1);
  const auto left = std::max<long long>(0, (*screen.model.session->ends - screen.model.now + std::chrono::milliseconds(999)) / std::chrono::seconds(1));
  auto region = ui.region(ui::Region::Dialog);
  const bool beside = ui.wide() && can_take_home(screen);
  auto dialog = ui.dialog("still-here", screen.say(Word::StillHereTitle),
                          {.caption = screen.say(Word::StillHereCaption, "n", left), .max_width = beside ? 920.f : 520.f, .alert = true});
  ui.announce(screen.say(Word::StillHereAnnounce), true);
  {
    auto columns = ui.row({.gap = 24, .align = ui::Align::Center});
    {
      auto words = ui.column({.gap = 16, .grow = 1});
      ui.text(screen.say(Word::SecondsLeft, "n", left), {.size = ui::TextSize::Display, .bold = true, .center = true});
      ui.progress(screen.say(Word::SecondsLeft, "n", left), static_cast<int>((left * steps + all - 1) / all), steps);
      ui.caption(screen.say(Word::StillHereSent));
    }
    if (beside) take_home_code(screen);
  }
  auto buttons = ui.row({.gap = 12, .wrap = true});
  if (ui.button("stay", screen.say(Word::StillHereStay), {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .grow = 1}) || dialog.dismissed())
    screen.want(intent::Answer{false});
  if (ui.button("leave", screen.say(Word::StillHereLeave), {.icon = ui::Icon::Trash})) screen.want(intent::Answer{true});
}

void guide_code(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Item* item = screen.model.item();
  if (!item) return;
  const app::GuideNotes* notes = screen.model.guide(item->id);
  const auto code = app::make_qr(screen.model.origin + to_path(app::item_with(item->id.text(), notes ? *notes : app::GuideNotes{})));
  if (!code) return;
  auto region = ui.region(ui::Region::Dialog);
  auto dialog = ui.dialog("code", screen.say(Word::GuideQrTitle), {.caption = screen.say(Word::GuideQrCaption), .max_width = 400});
  {
    auto middle = ui.column({.align = ui::Align::Center});
    ui.modules(screen.say(Word::GuideQrAlt), code->dark, code->side, 280);
  }
  if (ui.button("close", screen.say(Word::Close), {.grow = 1}) || dialog.dismissed()) screen.want(intent::Answer{false});
}

void rail(Screen& screen) {
  auto& ui = screen.ui;
  auto region = ui.region(ui::Region::Rail);
  {
    auto brand = ui.column({.gap = 4, .pad = {20, 0, 12, 0}, .align = ui::Align::Center});
    ui.logo(40);
    ui.text(screen.say(Word::AppName), {.bold = true});
  }
  {
    auto nav = ui.box({.key = "nav", .role = ui::Role::Navigation, .label = screen.say(Word::NavLabel)});
    for (const Place& place : places)
      ui.nav(place.key, screen.say(place.label), place.icon, to_path(app::plain(place.page)),
             home_of(screen.model.route.page) == place.page);
  }
  ui.spring();
  {
    ui.line();
    session_rail(screen);
    auto foot = ui.column({.key = "state", .role = ui::Role::Status, .gap = 4, .pad = {12, 4, 16, 12}});
    net_sign(screen);
    const std::string_view saved = saved_words(screen);
    if (!saved.empty()) rail_sign(screen, saved_icon(screen), saved, ui::Tone::Accent);
  }
}

void top_bar(Screen& screen, const Frame& frame) {
  auto& ui = screen.ui;
  auto region = ui.region(ui::Region::Top, {.line_below = frame.back});
  auto bar = ui.row({.gap = 12, .pad = {6, ui.margin().right, 6, frame.back ? 4.f : ui.margin().left}, .grow = 1,
                     .min_height = ui.phone() ? 64.f : 76.f});
  // A title of one character and … says nothing; the page's heading does.
  const bool room = ui.flowing() || ui.ems() >= (screen.say.english() ? 16 : 13);
  const bool named = room || (frame.bar_title.empty() && !screen.say.english());
  if (frame.back) {
    back_button(screen);
    auto words = ui.column({.grow = 1});
    if (room) ui.text(frame.bar_title, {.bold = true, .lines = 1});
    if (room && !frame.bar_caption.empty()) ui.text(frame.bar_caption, {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .lines = 1});
  } else {
    ui.logo(34);
    if (named)
      ui.text(frame.bar_title.empty() ? screen.say(Word::AppName) : frame.bar_title,
              {.size = ui::TextSize::H3, .bold = true, .grow = 1, .lines = 1});
    else ui.spring();
  }
  if (frame.status && ui.wide() && !ui.roomy()) {
    const bool online = screen.model.connected();
    const std::string_view saved = frame.saved.empty() ? saved_words(screen) : frame.saved;
    const ui::Ui::Sign signs[] = {
        {online ? ui::Icon::Wifi : ui::Icon::Nowifi, screen.say(online ? Word::Online : Word::Offline), online ? ui::Tone::Accent : ui::Tone::Ink},
        {saved_icon(screen), saved}};
    ui.capsule(std::span(signs).first(saved.empty() ? 1 : 2));
  }
  pills(screen);
}

void question_dialog(Screen& screen, Word title, Word caption, Word yes, bool danger) {
  auto& ui = screen.ui;
  auto region = ui.region(ui::Region::Dialog);
  auto dialog = ui.dialog("question", screen.say(title), {.caption = screen.say(caption), .alert = danger});
  if (screen.model.question == app::Question::Erase && !screen.model.outbox.empty())
    ui.banner(ui::Style::Warn, screen.say(Word::SettingsEraseOutbox, "n", static_cast<long long>(screen.model.outbox.size())), {}, ui::Icon::Warn);
  if (screen.model.question == app::Question::Erase && screen.model.public_browser) take_home_code(screen);
  if (screen.model.question == app::Question::WithdrawCase)
    if (auto text = ui.field("why", screen.say(Word::CaseWithdrawReason), {.value = screen.model.question_text, .max_length = 200}))
      screen.want(intent::QuestionText{*text});
  auto buttons = ui.row({.gap = 12, .justify = ui::Justify::End, .wrap = true});
  if (ui.button("no", screen.say(Word::Cancel)) || dialog.dismissed()) screen.want(intent::Answer{false});
  if (ui.button("yes", screen.say(yes), {.kind = danger ? ui::ButtonKind::Danger : ui::ButtonKind::Filled}))
    screen.want(intent::Answer{true});
}

}  // namespace

ui::Scope open_page(Screen& screen, const Frame& frame) {
  auto page = screen.ui.page({.title = frame.title, .route = frame.route});
  if (screen.ui.desktop() && !frame.status) rail(screen);
  else top_bar(screen, frame);
  return page;
}

void tabs(Screen& screen) {
  auto& ui = screen.ui;
  if (ui.desktop()) return;
  auto region = ui.region(ui::Region::Bottom);
  auto nav = ui.box({.key = "tabs", .role = ui::Role::Navigation, .label = screen.say(Word::NavLabel), .axis = ui::Axis::Row});
  const app::Page here = home_of(screen.model.route.page);
  for (const Place& place : places) {
    if (place.page == app::Page::Help && ui.phone() && !ui.flowing()) continue;  // reached from the home screen there
    ui.nav(place.key, screen.say(place.label), place.icon, to_path(app::plain(place.page)), here == place.page);
  }
}

void over(Screen& screen) {
  auto& ui = screen.ui;
  switch (screen.model.question) {
    case app::Question::DeleteDraft:
      question_dialog(screen, Word::DraftDeleteAsk, Word::DraftDeleteCaption, Word::DraftDelete, true);
      break;
    case app::Question::Erase:
      question_dialog(screen, Word::SettingsEraseAsk, Word::SettingsEraseCaption, Word::SettingsEraseGo, true);
      break;
    case app::Question::WithdrawCase:
      question_dialog(screen, Word::CaseWithdrawAsk, Word::CaseWithdrawCaption, Word::CaseWithdrawGo, true);
      break;
    case app::Question::MakePublic:
      question_dialog(screen, Word::PublicMakeAsk, Word::PublicCaption, Word::PublicMake, true);
      break;
    case app::Question::MakePrivate:
      question_dialog(screen, Word::PublicUnmakeAsk, Word::PublicCaption, Word::PublicUnmake, true);
      break;
    case app::Question::StillHere: still_here(screen); break;
    case app::Question::GuideCode: guide_code(screen); break;
    case app::Question::DraftCode: take_home_dialog(screen); break;
    case app::Question::Receipt: receipt_dialog(screen); break;
    case app::Question::None: break;
  }
  if (!screen.model.toast && screen.model.offers_build) {
    auto region = ui.region(ui::Region::Toast);
    if (ui.toast("new-build", screen.say(Word::NewBuild), ui::Icon::Refresh, screen.say(Word::NewBuildSwitch))) screen.want(intent::SwitchBuild{});
  }
  if (screen.model.toast) {
    auto region = ui.region(ui::Region::Toast);
    const auto& toast = *screen.model.toast;
    if (ui.toast("toast", toast.text, toast.undo ? ui::Icon::Trash : ui::Icon::Saved,
                 toast.undo ? screen.say(Word::Undo) : std::string_view{}))
      screen.want(intent::Undo{});
  }
}

void pills(Screen& screen) {
  auto& ui = screen.ui;
  auto group = ui.row({.key = "tools", .role = ui::Role::Group, .label = screen.say(Word::ToolsLabel), .gap = 12});
  const auto size = screen.model.settings.type_size;
  constexpr Word sizes[] = {Word::LargerText, Word::SizeLarge, Word::SizeExtraLarge, Word::SizeLargest};
  const bool larger = size != app::TypeSize::Normal;
  if (ui.pill("size", screen.say(sizes[static_cast<int>(size)]), ui::Icon::Big, larger ? 1 : 0))
    screen.want(intent::SetTypeSize{static_cast<app::TypeSize>((static_cast<int>(size) + 1) % 4)});
  if (screen.model.voice.here && !screen.say.english()) {
    const bool reading = screen.model.voice.reading;
    if (ui.pill("read", screen.say(reading ? Word::ReadAloudStop : Word::ReadAloud), ui::Icon::Speak, reading ? 1 : 0))
      screen.want(intent::ReadAloud{!reading});
    if (ui.phone()) return;
  }
  // On a phone the second pill has room beside the logo only, and only at the usual size.
  constexpr float beside_logo = 20;
  if (ui.phone() && (larger || ui.ems() < beside_logo || screen.say.english() || screen.model.route.page != app::Page::Home)) return;
  const bool dark = screen.model.settings.theme == app::Theme::HighContrast;
  if (ui.pill("contrast", screen.say(Word::HighContrast), ui::Icon::Contrast, dark ? 1 : 0))
    screen.want(intent::SetTheme{dark ? app::Theme::Light : app::Theme::HighContrast});
  if (ui.phone()) return;
  if (ui.pill("language", screen.say(Word::SwitchLanguage), ui::Icon::Globe))
    screen.want(intent::SetLanguage{screen.say.english() ? app::Language::Chinese : app::Language::English});
}

void plain_head(Screen& screen, Word title) {
  auto& ui = screen.ui;
  auto head = ui.row({.gap = 16, .align = ui::Align::Start});
  {
    auto words = ui.column({.grow = 1});
    ui.heading(1, screen.say(title));
  }
  if (ui.desktop()) pills(screen);
}

void back_button(Screen& screen) {
  if (screen.ui.button("back", screen.say(Word::Back), {.kind = ui::ButtonKind::Icon, .icon = ui::Icon::Back}))
    screen.want(intent::Back{});
}

void session_strip(Screen& screen) {
  auto& ui = screen.ui;
  if (!screen.model.session) return;
  auto around = ui.column({.key = "session", .pad = {8, ui.margin().right, 0, ui.margin().left}});
  auto strip = ui.row({.gap = 12, .pad = {4, 8, 4, 16}, .align = ui::Align::Center, .wrap = true, .style = ui::Style::Sunk});
  ui.icon(ui::Icon::Clock, 24);
  ui.text(session_time(screen), {.size = ui::TextSize::Caption, .grow = 1});
  leave_button(screen, ui::ButtonKind::Outlined, ui::ButtonSize::Small);
}

void strips(Screen& screen) {
  session_strip(screen);
  offline_strip(screen);
}

void offline_strip(Screen& screen) {
  auto& ui = screen.ui;
  if (screen.model.connected() || screen.timeless()) return;
  auto strip = ui.row({.key = "offline", .gap = 12, .pad = {10, ui.margin().right, 10, ui.margin().left}, .align = ui::Align::Center,
                       .style = ui::Style::Band});
  ui.icon(ui::Icon::Nowifi, 24);
  ui.text(screen.say(Word::OfflineBar), {.size = ui::TextSize::Caption, .grow = 1});
  const std::string_view saved = saved_words(screen);
  const bool room = ui.wide() || (ui.type_size() == ui::TypeSize::Normal && !screen.say.english());
  if (!room || saved.empty()) return;
  ui.icon(saved_icon(screen), 20, ui::Tone::Accent);
  ui.text(saved, {.size = ui::TextSize::Caption, .tone = ui::Tone::Accent, .bold = true});
}

ui::Pad page_pad(const Screen& screen) {
  const float side = screen.ui.margin().left;
  return screen.ui.desktop() ? ui::Pad(20, side, 40, side) : ui::Pad(16, side, 32, side);
}

void mode_tag(Screen& screen, catalogue::Mode mode) {
  const ModeLook look = mode_look(mode);
  screen.ui.tag(screen.say(look.short_name), look.style, look.icon);
}

void open_state(Screen& screen, const catalogue::Centre& centre, bool dot) {
  auto& ui = screen.ui;
  if (screen.timeless()) return;
  const OpenLine line = open_line(screen.say, centre, screen.catalogue().calendar, screen.model.now);
  auto row = ui.row({.gap = 8, .wrap = true});
  if (!line.known) return ui.caption(screen.say(Word::CentreHoursUnknown));
  if (dot) ui.dot(line.open ? ui::Tone::Accent : ui::Tone::Ink3);
  ui.text(line.state, {.tone = line.open ? ui::Tone::Accent : ui::Tone::Ink2, .bold = true});
  ui.text(line.when, {.tone = ui::Tone::Ink2});
}

void keep_button(Screen& screen, app::PrintJob job, std::string_view name, const ui::Button& look) {
  if (screen.ui.flowing() || !screen.model.may_keep()) return;
  if (screen.ui.button("keep", screen.say(Word::KeepPicture), look)) screen.want(intent::KeepPicture{job, std::string(name)});
}

void share_button(Screen& screen, std::string_view title, const std::string& path, const ui::Button& look) {
  if (!screen.model.may_keep() || !screen.model.can_share) return;
  if (screen.ui.button("share", screen.say(Word::Share), look)) screen.want(intent::Share{std::string(title), path});
}

void hotline_line(Screen& screen) {
  if (screen.hotline().empty()) return;
  auto& ui = screen.ui;
  auto row = ui.row({.gap = 12, .pad = {4, 4}, .wrap = true});
  ui.icon(ui::Icon::Call, 24, ui::Tone::Accent);
  ui.text(screen.say(Word::HotlineLine), {.tone = ui::Tone::Ink2});
  ui.link("hotline", screen.hotline(), "tel:" + std::string(screen.hotline()), {.size = ui::TextSize::H3});
}

bool no_catalogue(Screen& screen) {
  auto& ui = screen.ui;
  if (screen.model.has_catalogue()) return false;
  switch (screen.model.shelf.state) {
    case app::ShelfState::Loading: ui.spinner(screen.say(Word::CatalogueLoading)); return true;
    case app::ShelfState::Broken:
      ui.empty(ui::Icon::Warn, screen.say(Word::CatalogueBroken), screen.say(Word::CatalogueBrokenCaption));
      break;
    default:
      ui.empty(ui::Icon::Nowifi, screen.say(Word::CatalogueMissing), screen.say(Word::CatalogueMissingCaption));
      break;
  }
  auto row = ui.row({.justify = ui::Justify::Center});
  if (ui.button("retry", screen.say(Word::Retry), {.kind = ui::ButtonKind::Filled, .icon = ui::Icon::Refresh}))
    screen.want(intent::RetryCatalogue{});
  return true;
}

void search_field(Screen& screen, std::string_view key, Word label, std::string_view placeholder, bool big, bool button) {
  auto& ui = screen.ui;
  auto form = ui.box({.key = "search", .role = ui::Role::Search, .label = screen.say(label)});
  if (auto typed = ui.field(key, screen.say(label),
                            {.value = screen.model.typed, .kind = ui::FieldKind::Search, .placeholder = placeholder,
                             .label_hidden = true, .button = button ? screen.say(Word::SearchGo) : std::string_view{}, .max_length = 64, .big = big}))
    screen.want(intent::Type{*typed});
  if (ui.searched()) screen.want(intent::Search{});
}

}  // namespace tongban::views
