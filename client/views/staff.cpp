// The window's first screens: signing in, and the list of what is to be done.
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/staff_parts.h"
#include "client/views/timeline.h"

namespace tongban::views {
namespace {

using casework::Stage;
using casework::WorkList;

WorkList list_of(const casework::WorkRow& row) {
  return casework::list_of(row.holder, row.received_by, row.custodian, row.passing_to, row.stage);
}

void rail(Screen& screen) {
  auto& ui = screen.ui;
  auto region = ui.region(ui::Region::Rail);
  {
    auto brand = ui.column({.gap = 4, .pad = {16, 0, 12, 0}, .align = ui::Align::Center});
    ui.logo(36);
    ui.text(screen.say(Word::StaffTitle), {.tone = ui::Tone::OnInk, .bold = true});
  }
  {
    auto nav = ui.box({.key = "nav", .role = ui::Role::Navigation, .label = screen.say(Word::NavLabel)});
    const auto page = screen.model.route.page;
    ui.nav("queue", screen.say(Word::StaffQueue), ui::Icon::Inbox, "/staff", page == app::Page::Staff || page == app::Page::StaffCase);
    ui.nav("items", screen.say(Word::StaffItems), ui::Icon::Search, "/items", false);
  }
  ui.spring();
  if (screen.model.staff.state == app::SignIn::In && ui.button("out", screen.say(Word::StaffSignOut), {.kind = ui::ButtonKind::Stacked, .icon = ui::Icon::Exit}))
    screen.want(intent::SignOut{});
}

Word role_word(casework::Role role) {
  switch (role) {
    case casework::Role::Reviewer: return Word::StaffRoleReviewer;
    case casework::Role::Supervisor: return Word::StaffRoleSupervisor;
    case casework::Role::CityOffice: return Word::StaffRoleCityOffice;
    default: return Word::StaffRoleWindow;
  }
}

void list_head(Screen& screen) {
  auto& ui = screen.ui;
  const auto& session = screen.model.staff.session;
  auto row = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true});
  {
    auto words = ui.column({.grow = 1});
    const bool overview = !casework::sees_cases(session.role);
    ui.heading(1, overview ? screen.say(session.centre.empty() ? Word::OverviewTitleCity : Word::OverviewTitleCentre) : std::string_view(session.name));
    const LocalTime local = shanghai_time(screen.model.now);
    ui.caption((overview ? session.name + "  " : std::string()) + (session.centre.empty() ? std::string() : centre_name(screen.say, screen.model.shelf.catalogue, session.centre) + "  ") +
               std::string(screen.say(role_word(session.role))) + "  " + day_with_weekday(screen.say, local.date));
  }
  const ui::Ui::Sign signs[] = {{screen.model.connected() ? ui::Icon::Wifi : ui::Icon::Nowifi, screen.say(screen.model.connected() ? Word::StaffOnline : Word::Offline),
                                 screen.model.connected() ? ui::Tone::Accent : ui::Tone::Ink}};
  ui.capsule(signs);
  if (ui.button("refresh", screen.say(Word::CasesRefresh), {.icon = ui::Icon::Refresh, .busy = screen.model.staff.loading})) screen.want(intent::RefreshList{});
}

void walk_in_card(Screen& screen) {
  auto& ui = screen.ui;
  const auto& desk = screen.model.staff;
  auto card = ui.card({.key = "walk-in", .gap = 12});
  ui.heading(2, screen.say(Word::StaffGoWalkIn), {.size = ui::TextSize::H3});
  if (auto typed = ui.field("find", screen.say(Word::StaffWalkInSearch), {.value = desk.search, .kind = ui::FieldKind::Search, .placeholder = screen.say(Word::HomeSearchHintShort), .label_hidden = true, .max_length = 64}))
    screen.want(intent::StaffSearch{*typed});
  if (desk.found.empty() || !screen.model.has_catalogue()) return ui.caption(screen.say(Word::StaffWalkInTitle));
  auto list = ui.list(screen.say(Word::StaffWalkInSearch), {.divided = true});
  for (const auto& hit : desk.found) {
    const auto& item = screen.catalogue().items[hit.index];
    auto tile = ui.tile(item.id.text(), {.route = to_path(app::with_id(app::Page::StaffWalkIn, item.id.text())), .box = {.role = ui::Role::Item, .gap = 4, .pad = {10, 8}}});
    ui.rich(marked(screen.of_item(item.name), screen.original(item.name).empty() ? hit.highlights : hit.highlights_english, true), {.bold = true});
    mode_tag(screen, item.mode);
  }
}

void carried_card(Screen& screen) {
  if (screen.model.staff.session.role != casework::Role::Window) return;
  auto& ui = screen.ui;
  auto card = ui.card({.key = "carried", .gap = 12});
  ui.caption(screen.say(Word::StaffCarriedCaption));
  auto row = ui.row({});
  ui.link("open", screen.say(Word::StaffCarried), to_path(app::plain(app::Page::StaffCarried)), {.icon = ui::Icon::Qr, .as_button = true});
}

void public_card(Screen& screen) {
  auto& ui = screen.ui;
  const bool is = screen.model.public_browser;
  auto card = ui.card({.key = "public", .gap = 12});
  ui.heading(2, screen.say(Word::PublicTitle), {.size = ui::TextSize::H3});
  ui.caption(screen.say(is ? Word::PublicIs : Word::PublicIsNot));
  auto row = ui.row({});
  if (ui.button("public", screen.say(is ? Word::PublicUnmake : Word::PublicMake), {.icon = ui::Icon::People}))
    screen.want(intent::Ask{is ? app::Question::MakePrivate : app::Question::MakePublic});
}

void tabs_of_lists(Screen& screen) {
  auto& ui = screen.ui;
  std::vector<ui::Option> options;
  std::vector<std::string> counts;
  counts.reserve(std::size(work_lists) + 1);
  std::vector<std::string> keys;
  int selected = 0;
  const auto add = [&](std::string_view key, Word word, std::size_t count) {
    if (screen.model.route.tab == key) selected = static_cast<int>(options.size());
    counts.push_back(std::to_string(count));
    options.push_back({.key = key, .label = screen.say(word), .trailing = counts.back()});
    keys.emplace_back(key);
  };
  add("", Word::TabAll, screen.model.staff.rows.size());
  for (const auto& [list, word] : work_lists) {
    std::size_t count = 0;
    for (const auto& row : screen.model.staff.rows) count += list_of(row) == list ? 1 : 0;
    add(casework::name_of(list), word, count);
  }
  if (auto chosen = ui.choice("list", options, selected, {.look = ui::Look::Tabs, .label = screen.say(Word::StaffLists), .label_hidden = true})) {
    app::Route route = app::plain(app::Page::Staff);
    route.tab = keys[static_cast<std::size_t>(*chosen)];
    screen.want(intent::Go{route, true});
  }
}

void work_table(Screen& screen) {
  auto& ui = screen.ui;
  const ui::Column columns[] = {{.label = screen.say(Word::ColNumber), .width = 204}, {.label = screen.say(Word::ColItem), .grow = 1.6f},
                                {.label = screen.say(Word::ColApplicant), .width = 84}, {.label = screen.say(Word::ColRoute), .grow = 1.6f},
                                {.label = screen.say(Word::ColNow), .width = 150}, {.label = screen.say(Word::ColDue), .width = 110}};
  auto table = ui.table("cases", screen.say(Word::StaffQueue), columns);
  for (const auto& row : screen.model.staff.rows) {
    if (!screen.model.route.tab.empty() && casework::name_of(list_of(row)) != screen.model.route.tab) continue;
    const std::string label = row.number.text() + " " + std::string(item_name(screen, row.item));
    auto line = ui.table_row(row.number.text(), {.route = to_path(app::with_id(app::Page::StaffCase, row.number.text())), .label = label});
    {
      auto cell = ui.cell();
      ui.text(row.number.text(), {.tone = ui::Tone::Ink2});
    }
    {
      auto cell = ui.cell();
      ui.text(item_name(screen, row.item), {.bold = true, .lines = 1});
    }
    {
      auto cell = ui.cell();
      ui.text(row.applicant);
    }
    {
      auto cell = ui.cell();
      way(screen, row.received_by, row.passing_to.empty() ? row.decided_by : row.passing_to, row.item);
    }
    {
      auto cell = ui.cell();
      ui.text(screen.say(now_word(row)));
    }
    auto cell = ui.cell();
    bool urgent = false;
    // Before anybody has it to decide no limit runs: an empty place says more than "not published".
    const bool deciding = row.stage == Stage::AtDecider || row.stage == Stage::Accepted;
    const std::string due = row.due || deciding ? due_text(screen, row.due, urgent) : std::string();
    if (!due.empty()) ui.text(due, {.tone = urgent ? ui::Tone::Error : ui::Tone::Ink, .bold = urgent});
  }
}

void queue(Screen& screen) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "queue", .gap = 12, .grow = 1});
  tabs_of_lists(screen);
  if (!screen.model.staff.fault_zh.empty()) ui.banner(ui::Style::Error, screen.zh_or_en(screen.model.staff.fault_zh, screen.model.staff.fault_en), {}, ui::Icon::Err);
  if (screen.model.staff.rows.empty()) {
    if (screen.model.staff.loading) return ui.spinner(screen.say(Word::Loading));
    return ui.empty(ui::Icon::Inbox, screen.say(Word::StaffListEmpty), screen.say(Word::StaffListEmptyCaption));
  }
  work_table(screen);
  auto legend = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true});
  ui.caption(screen.say(Word::StaffLegendA));
  ui.caption(screen.say(Word::StaffLegendB));
  ui.letter("A", true, 20);
  ui.caption(screen.say(Word::StaffLegendThis));
  ui.letter("A", false, 20);
  ui.caption(screen.say(Word::StaffLegendOther));
}

void sign_in_form(Screen& screen) {
  auto& ui = screen.ui;
  const auto& desk = screen.model.staff;
  auto form = ui.form("sign-in", screen.say(Word::StaffSignIn), {.gap = 16, .pad = 32, .max_width = 440, .style = ui::Style::Card, .centered = true});
  ui.heading(1, screen.say(Word::StaffSignIn));
  ui.caption(screen.say(Word::StaffSignInCaption));
  if (!screen.model.connected()) ui.banner(ui::Style::Sunk, screen.say(Word::StaffSignInOffline), {}, ui::Icon::Nowifi);
  if (auto account = ui.field("account", screen.say(Word::StaffAccount), {.value = desk.account, .required = true, .autocomplete = "username", .max_length = 64}))
    screen.want(intent::StaffAccount{*account});
  const auto error = screen.zh_or_en(desk.fault_zh, desk.fault_en);
  if (auto password = ui.field("password", screen.say(Word::StaffPassword), {.value = desk.password, .kind = ui::FieldKind::Password, .error = error, .required = true, .autocomplete = "current-password", .max_length = 128}))
    screen.want(intent::StaffPassword{*password});
  if (ui.button("go", screen.say(Word::StaffSignInGo), {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .busy = desk.state == app::SignIn::Trying, .submits = true}) || form.submitted())
    screen.want(intent::SignIn{});
}

}  // namespace

ui::Scope open_staff_page(Screen& screen, std::string_view title, std::string_view route) {
  auto page = screen.ui.page({.title = title, .route = route, .staff = true});
  if (screen.ui.desktop()) {
    rail(screen);
  } else {
    auto top = screen.ui.region(ui::Region::Top, {.line_below = true});
    auto bar = screen.ui.row({.gap = 12, .pad = {0, 16}, .align = ui::Align::Center, .grow = 1, .min_height = 64});
    screen.ui.logo(32);
    screen.ui.text(screen.say(Word::StaffTitle), {.bold = true, .grow = 1});
    screen.ui.link("queue", screen.say(Word::StaffQueue), "/staff");
    if (screen.model.staff.state == app::SignIn::In && screen.ui.button("out", screen.say(Word::StaffSignOut), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Exit}))
      screen.want(intent::SignOut{});
  }
  return page;
}

bool signed_out(Screen& screen) {
  if (screen.model.staff.state == app::SignIn::In) return false;
  auto body = screen.ui.column({.gap = 24, .pad = 40});
  if (screen.model.staff.state == app::SignIn::Unknown && screen.model.online) screen.ui.spinner(screen.say(Word::Loading));
  else sign_in_form(screen);
  return true;
}

void way(Screen& screen, const CentreId& a, const CentreId& b, const ItemId& id) {
  auto& ui = screen.ui;
  const CentreId& here = screen.model.staff.session.centre;
  const auto name = [&](const CentreId& centre) {
    return centre == here ? std::string(screen.say(Word::StaffHere)) : centre_name(screen.say, screen.model.shelf.catalogue, centre);
  };
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(id) : nullptr;
  if ((b.empty() || a == b) && item && item->mode == catalogue::Mode::Direct)
    return ui.text(a == here ? std::string(screen.say(Word::StaffDirectHere)) : name(a), {.tone = ui::Tone::Ink2});
  auto row = ui.row({.gap = 6, .align = ui::Align::Center});
  ui.letter("A", a == here, 24);
  ui.text(name(a), {.lines = 1});
  if (b.empty() || a == b) return;
  ui.icon(ui::Icon::Arrow, 20, ui::Tone::Ink2);
  ui.letter("B", b == here, 24);
  ui.text(name(b), {.lines = 1});
}

Word now_word(const casework::WorkRow& row) {
  const bool ours = row.custodian == row.holder;
  switch (row.stage) {
    case Stage::Submitted: return Word::NowToReceive;
    case Stage::Received: return Word::NowChecking;
    case Stage::Checked: return Word::NowToTransfer;
    case Stage::Returned: return Word::NowReturned;
    case Stage::InTransfer: return Word::NowInTransfer;
    case Stage::AtDecider: return ours ? Word::NowIncoming : Word::NowTheirs;
    case Stage::Accepted: return ours ? Word::NowReviewing : Word::NowTheirs;
    case Stage::Decided:
    case Stage::Delivered: return Word::NowDecided;
    case Stage::Misdirected: return Word::NowMisdirected;
    case Stage::Withdrawn:
    case Stage::Duplicate: return Word::NowWithdrawn;
  }
  return Word::NowChecking;
}

std::string due_text(const Screen& screen, const std::optional<casework::Deadline>& due, bool& urgent) {
  if (!due) return std::string(screen.say(Word::DueNone));
  if (due->kind == casework::DeadlineKind::Supplement) return screen.say(Word::DueSupplement, {{"date", day(screen.say, due->date)}});
  const int left = days_between(shanghai_time(screen.model.now).date, due->date);
  urgent = left <= 1;
  if (left < 0) return screen.say(Word::DueOver, "n", -left);
  if (left == 0) return std::string(screen.say(Word::DueToday));
  return screen.say(Word::DueDays, "n", left);
}

void staff(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_staff_page(screen, screen.say(Word::StaffTitle), "/staff");
  {
    auto main = ui.region(ui::Region::Main);
    if (!signed_out(screen)) {
      auto column = ui.column({.gap = 16, .pad = 24});
      list_head(screen);
      if (!casework::sees_cases(screen.model.staff.session.role)) {
        staff_overview(screen);
      } else if (ui.desktop()) {
        auto columns = ui.row({.gap = 16, .align = ui::Align::Start});
        {
          auto left = ui.column({.gap = 16, .width = 300});
          walk_in_card(screen);
          carried_card(screen);
          public_card(screen);
        }
        queue(screen);
      } else {
        walk_in_card(screen);
        carried_card(screen);
        queue(screen);
        public_card(screen);
      }
    }
  }
  over(screen);
}

}  // namespace tongban::views
