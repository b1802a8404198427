// My cases: what waits to be sent, what is being worked on, what is finished, and adding one from a window.
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/rows.h"
#include "client/views/timeline.h"

namespace tongban::views {
namespace {

bool finished(const app::CaseEntry& entry) {
  if (!entry.view) return false;
  const auto stage = entry.view->stage;
  return stage == casework::Stage::Decided || stage == casework::Stage::Delivered || stage == casework::Stage::Withdrawn || stage == casework::Stage::Duplicate;
}

void case_row(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  const bool returned = entry.view && entry.view->stage == casework::Stage::Returned;
  auto tile = ui.tile(entry.number.text(), {.route = to_path(app::with_id(app::Page::Case, entry.number.text())),
                                            .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 16, .pad = 20, .align = ui::Align::Center,
                                                    .style = returned ? ui::Style::Warn : ui::Style::Card}});
  {
    auto words = ui.column({.gap = 4, .grow = 1});
    ui.text(item_name(screen, entry.item), {.size = ui::TextSize::H3, .bold = true, .lines = 2});
    if (entry.view) {
      const CaseNow now = case_now(screen, *entry.view);
      ui.text(now.title, {.tone = returned ? ui::Tone::Warn : ui::Tone::Accent, .bold = true});
    }
    auto below = ui.row({.gap = 16, .wrap = true});
    if (entry.for_other) ui.caption(screen.say(Word::CaseFor, {{"name", entry.applicant}}));
    ui.caption(screen.say(Word::CaseNumberLine, {{"number", entry.number.text()}}));
  }
  ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
}

void group(Screen& screen, Word title, bool done) {
  auto& ui = screen.ui;
  std::size_t count = 0;
  for (const auto& entry : screen.model.cases) count += finished(entry) == done ? 1 : 0;
  if (count == 0) return;
  auto section = ui.column({.key = done ? "done" : "open", .gap = 12});
  ui.heading(2, screen.say(title));
  auto list = ui.list(screen.say(title), {.gap = 12});
  for (const auto& entry : screen.model.cases)
    if (finished(entry) == done) case_row(screen, entry);
}

void waiting(Screen& screen) {
  auto& ui = screen.ui;
  if (screen.model.outbox.empty()) return;
  auto section = ui.column({.key = "waiting", .gap = 12});
  ui.heading(2, screen.say(Word::CasesWaiting));
  auto list = ui.list(screen.say(Word::CasesWaiting), {.gap = 12});
  for (const auto& entry : screen.model.outbox) outgoing_row(screen, entry);
}

void add_one(Screen& screen) {
  auto& ui = screen.ui;
  const auto& lookup = screen.model.lookup;
  auto more = ui.disclosure("add", screen.say(Word::CasesAdd), !lookup.number.empty() || !lookup.code.empty());
  if (!more.open()) return;
  auto form = ui.form("lookup", screen.say(Word::CasesAdd), {.gap = 16, .pad = 20, .max_width = 520, .style = ui::Style::Card});
  ui.caption(screen.say(Word::CasesAddHint));
  if (auto number = ui.field("number", screen.say(Word::CasesAddNumber), {.value = lookup.number, .autocomplete = "off", .max_length = 24}))
    screen.want(intent::LookupNumber{*number});
  const std::string error(lookup.wrong ? screen.say(Word::CasesAddFailed) : lookup.unreachable ? screen.say(Word::NetworkFailed) : std::string_view{});
  if (auto code = ui.field("code", screen.say(Word::CasesAddSecret), {.value = lookup.code, .error = error, .autocomplete = "off", .max_length = 64}))
    screen.want(intent::LookupCode{*code});
  auto row = ui.row({});
  if (ui.button("go", screen.say(Word::CasesAddGo), {.kind = ui::ButtonKind::Filled, .busy = lookup.looking, .submits = true}) || form.submitted())
    screen.want(intent::LookupCase{});
}

}  // namespace

void cases(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::CasesTitle), .route = "/cases"});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 24, .pad = page_pad(screen)});
    {
      auto head = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true});
      ui.heading(1, screen.say(Word::CasesTitle), {.grow = 1});
      if (!screen.model.cases.empty() && screen.model.online && ui.button("refresh", screen.say(Word::CasesRefresh), {.icon = ui::Icon::Refresh}))
        screen.want(intent::RefreshCases{});
      if (ui.desktop()) pills(screen);
    }
    if (screen.model.cases.empty() && screen.model.outbox.empty())
      ui.empty(ui::Icon::Case, screen.say(Word::CasesEmpty), screen.say(Word::CasesEmptyCaption));
    waiting(screen);
    group(screen, Word::CasesOpen, false);
    group(screen, Word::CasesDone, true);
    if (!screen.model.drafts.empty()) {
      auto row = ui.row({});
      ui.link("drafts", screen.say(Word::NavDrafts), "/drafts", {.icon = ui::Icon::Edit, .chevron = true});
    }
    add_one(screen);
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
