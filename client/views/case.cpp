// One case: where it stands, what is needed from the person, and its timeline.
#include <algorithm>

#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/photos.h"
#include "client/views/receipt.h"
#include "client/views/timeline.h"
#include "shared/catalogue/working_days.h"

namespace tongban::views {
namespace {

const catalogue::Material* material_named(const Screen& screen, const ItemId& id, const std::string& key) {
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(id) : nullptr;
  if (!item) return nullptr;
  for (const auto& material : item->materials)
    if (material.key == key) return &material;
  return nullptr;
}

void head(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  auto words = ui.column({.gap = 4});
  ui.heading(1, item_name(screen, entry.item), {.size = ui.phone() ? ui::TextSize::H2 : ui::TextSize::H1});
  auto below = ui.row({.gap = 16, .wrap = true});
  if (entry.for_other) ui.text(screen.say(Word::CaseFor, {{"name", entry.applicant}}), {.tone = ui::Tone::Ink2});
  ui.text(screen.say(Word::CaseNumberLine, {{"number", entry.number.text()}}), {.tone = ui::Tone::Ink2});
}

void deadline_line(Screen& screen, const casework::CaseView& view) {
  auto& ui = screen.ui;
  if (view.stage == casework::Stage::Decided || view.stage == casework::Stage::Delivered || view.stage == casework::Stage::Withdrawn) return;
  if (const auto* due = deadline_of(view, casework::DeadlineKind::Decide)) {
    std::string line = screen.say(Word::CaseLatest, {{"date", day_with_weekday(screen.say, due->date)}});
    if (due->provisional) line += std::string(screen.say(Word::Comma)) + std::string(screen.say(Word::GuideProvisional));
    return ui.text(line);
  }
  if (view.stage != casework::Stage::Returned) ui.caption(screen.say(Word::CaseAnswerUnknown));
}

/// Which working day it is of those that the service may take; nothing where either isn't known, or once they are over.
void days_line(Screen& screen, const casework::CaseView& view) {
  auto& ui = screen.ui;
  const auto* due = deadline_of(view, casework::DeadlineKind::Decide);
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(view.item) : nullptr;
  if (!due || due->provisional || !item || !item->limit_working_days || screen.timeless()) return;
  const Date today = shanghai_time(screen.model.now).date;
  if (due->date < today) return;
  constexpr int most_segments = 30;
  const int total = *item->limit_working_days;
  const int day = total - catalogue::working_days_between(screen.catalogue().calendar, today, due->date);
  if (day < 1 || day > total) return;
  const std::string words = screen.say(Word::CaseDay, {{"n", std::to_string(day)}, {"total", std::to_string(total)}});
  if (total <= most_segments) ui.progress({}, day, total);   // the words below say it
  ui.caption(words);
}

void now_card(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  const CaseNow now = case_now(screen, *entry.view);
  const bool warn = now.style == ui::Style::Warn;
  auto card = ui.box({.key = "now", .role = ui::Role::Status, .gap = 12, .pad = 20, .style = now.style});
  const bool above = !ui.flowing() && ui.ems() < 13;
  {
    auto row = ui.box({.axis = above ? ui::Axis::Column : ui::Axis::Row, .gap = above ? 4.f : 16.f, .align = ui::Align::Start});
    if (now.letter.empty()) ui.icon(now.icon, 32, warn ? ui::Tone::Warn : ui::Tone::Accent);
    else ui.letter(now.letter, false, 36);
    auto words = ui.column({.gap = 4, .grow = 1});
    ui.text(now.title, {.size = ui::TextSize::H2, .bold = true});
    if (!now.caption.empty()) ui.text(now.caption, {.bold = warn});
    deadline_line(screen, *entry.view);
  }
  days_line(screen, *entry.view);
}

intent::MendPhoto mending(const app::CaseEntry& entry, const std::string& material, const ui::FileRef& file, std::string instead_of) {
  return {entry.number, material, file.name, file.type, Bytes(file.bytes.begin(), file.bytes.end()), look_of(file), std::move(instead_of)};
}

std::string material_name(const Screen& screen, const app::CaseEntry& entry, const std::string& key) {
  const auto* material = material_named(screen, entry.item, key);
  return material ? std::string(screen.of_item(material->name)) : key;
}

/// The way to a photo of a material, in its row or in the bar.
void mend_photo(Screen& screen, const app::CaseEntry& entry, const std::string& material, Word label, ui::File look) {
  const std::string words(screen.say(label)), name = words + " " + material_name(screen, entry, material);
  look.describe = name;
  if (auto file = screen.ui.file("photo", words, look)) screen.want(mending(entry, material, *file, {}));
}

void mend_photos(Screen& screen, const app::CaseEntry& entry, const app::Paper& paper) {
  auto list = screen.ui.list(screen.say(Word::ReviewAttached), {.gap = 8});
  const PhotoTools tools = entry.mend == app::MendState::Sending ? PhotoTools::None : PhotoTools::RemoveOrRetake;
  int number = 0;
  for (const auto& photo : paper.photos) {
    const PhotoWish wish = photo_row(screen, material_name(screen, entry, paper.material), photo, ++number, tools);
    if (wish.remove) screen.want(intent::MendRemove{entry.number, paper.material, photo.hex()});
    if (wish.instead) screen.want(mending(entry, paper.material, *wish.instead, photo.hex()));
  }
}

void mend_row(Screen& screen, const app::CaseEntry& entry, const casework::MaterialVerdict& verdict) {
  auto& ui = screen.ui;
  const app::Paper* paper = entry.mending_paper(verdict.material);
  const bool some = paper && !paper->photos.empty();
  auto card = ui.item(verdict.material, {.gap = 12, .pad = 20, .style = ui::Style::Card});
  ui.text(material_name(screen, entry, verdict.material), {.size = ui::TextSize::H3, .bold = true});
  ui.text(verdict.reason);
  if (entry.photo_fault_at == verdict.material && !entry.photo_fault.empty()) ui.banner(ui::Style::Error, entry.photo_fault, {}, ui::Icon::Err);
  if (some) mend_photos(screen, entry, *paper);
  auto actions = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true});
  const bool bring = paper && paper->bring;
  if (ui.check("bring", screen.say(Word::CaseMendBring), {.checked = bring})) screen.want(intent::MendBring{entry.number, verdict.material, !bring});
  ui.spring();
  if (some) mend_photo(screen, entry, verdict.material, Word::MaterialAddPhoto, {.icon = ui::Icon::Plus});
  else mend_photo(screen, entry, verdict.material, Word::CaseMendPhoto, {.kind = ui::ButtonKind::Strong});
}

void mend(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  if (!entry.view->open_return) return;
  const auto& open = *entry.view->open_return;
  auto section = ui.column({.key = "mend", .gap = 16});
  if (!open.text.empty()) ui.text(open.text);
  {
    auto list = ui.list(screen.say(Word::CaseNowReturned), {.gap = 16});
    for (const auto& verdict : open.verdicts) mend_row(screen, entry, verdict);
  }
  ui.banner(ui::Style::Tint, screen.say(Word::CaseMendClock), {}, ui::Icon::Clock);
  {
    auto row = ui.row({});
    if (ui.button("notice", screen.say(Word::StaffPrintNotice), {.icon = ui::Icon::Print})) screen.want(intent::PrintPage{app::PrintJob::Notice});
  }
  if (entry.mend == app::MendState::Waiting && entry.retry.at && screen.model.online)
    ui.banner(ui::Style::Sunk, screen.say(Word::CaseMendRetry, {{"time", clock_text(shanghai_time(*entry.retry.at).minute)}}), {}, ui::Icon::Refresh);
  else if (entry.mend == app::MendState::Waiting)
    ui.banner(ui::Style::Sunk, screen.say(Word::CaseMendWaiting), {}, ui::Icon::Nowifi);
  if (entry.mend == app::MendState::Failed) ui.banner(ui::Style::Error, screen.say(Word::StateRefused), screen.zh_or_en(entry.fault_zh, entry.fault_en), ui::Icon::Err);
}

/// Of what is asked for: how much has a photo now, how much the person will bring, and the first that has neither.
struct Mended {
  std::size_t photographed = 0, brought = 0, all = 0;
  std::string open = {};
  std::size_t left() const { return all - photographed - brought; }
};

Mended mended(const app::CaseEntry& entry) {
  Mended count;
  for (const auto& verdict : entry.view->open_return->verdicts) {
    const auto* paper = entry.mending_paper(verdict.material);
    ++count.all;
    if (paper && !paper->photos.empty()) ++count.photographed;
    else if (paper && paper->bring) ++count.brought;
    else if (count.open.empty()) count.open = verdict.material;
  }
  return count;
}

void notes(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  for (const auto& request : entry.view->requests) {
    if (request.state == casework::RequestView::State::Waiting) ui.banner(ui::Style::Tint, screen.say(Word::CaseRequestWaiting), {}, ui::Icon::Arrow);
    else ui.banner(ui::Style::Warn, screen.say(Word::CaseRequestRefused, {{"hotline", screen.hotline()}}), {}, ui::Icon::Warn);
  }
  const std::string time = moment(screen.say, entry.fetched);
  auto row = ui.row({.key = "age", .gap = 12, .align = ui::Align::Center, .wrap = true});
  const Word age = !screen.model.connected() ? Word::CasesStale : entry.unreachable ? Word::CasesNoAnswer : Word::CasesRefreshed;
  ui.caption(screen.say(age, {{"time", time}}));
  if (ui.button("refresh", screen.say(Word::CasesRefresh), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Refresh, .busy = entry.refreshing}))
    screen.want(intent::RefreshCases{});
}

/// On paper and without a canvas it stands on the page; else a dialog shows it.
void receipt(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  if (entry.receipt.empty()) return;
  if (ui.flowing()) return receipt_card(screen, entry);
  auto row = ui.row({});
  receipt_button(screen, entry, {.icon = ui::Icon::Doc});
}

void body(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  if (!entry.view) return ui.spinner(screen.say(Word::Loading));
  auto columns = ui.grid({.gap = 28, .min_column = 420});
  {
    auto left = ui.column({.gap = 16});
    now_card(screen, entry);
    mend(screen, entry);
    notes(screen, entry);
    if (!ui.phone() || ui.flowing() || entry.view->open_return) receipt(screen, entry);   // else the bar has it
    if (std::find(entry.view->verbs.begin(), entry.view->verbs.end(), casework::Verb::Withdraw) != entry.view->verbs.end()) {
      if (!entry.fault_zh.empty() && entry.mend != app::MendState::Failed)
        ui.banner(ui::Style::Error, screen.zh_or_en(entry.fault_zh, entry.fault_en), {}, ui::Icon::Err);
      auto row = ui.row({});
      if (ui.button("withdraw", screen.say(Word::CaseWithdraw), {.kind = ui::ButtonKind::Text})) screen.want(intent::Ask{app::Question::WithdrawCase, entry.number.text()});
    }
  }
  auto right = ui.column({.gap = 16});
  ui.heading(2, screen.say(Word::CaseStep));
  if (entry.view->open_return) {
    auto way = ui.column({.key = "way"});
    std::vector<std::string> names;
    ui.process(screen.say(Word::CaseWay), way_back(screen, *entry.view, names), ui::Axis::Row, ui::Justify::Center);
  }
  std::vector<std::string> keep;
  const bool room = !screen.say.english() || (ui.width() >= 360 && ui.ems() >= 14);
  const bool linked = !entry.receipt.empty() && !ui.flowing() && room;   // where it flows it stands on the page
  if (ui.process(screen.say(Word::CaseStep), timeline(screen, *entry.view, keep, linked), ui::Axis::Column))
    screen.want(intent::Ask{app::Question::Receipt, entry.number.text()});
}

ui::Scope action_bar(Screen& screen, bool below_each_other = false) {
  auto& ui = screen.ui;
  const ui::Pad pad{14, ui.margin().right, 14, ui.margin().left};
  if (below_each_other) return ui.column({.gap = 12, .pad = pad});
  return ui.row({.gap = 12, .pad = pad, .align = ui::Align::Center, .min_height = 84});
}

/// On a phone: whom to ask, and the receipt.
void ask_bar(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  const bool both = !screen.hotline().empty() && ui.ems() >= (screen.say.english() ? 20 : 17), signs = !screen.say.english() && ui.ems() >= 20;
  auto bottom = ui.region(ui::Region::Bottom);
  auto bar = action_bar(screen);
  if (both)
    ui.link("call", screen.say(Word::HotlineCall, {{"hotline", screen.hotline()}}), "tel:" + std::string(screen.hotline()),
            {.icon = signs ? ui::Icon::Call : ui::Icon::None, .as_button = true, .grow = 1});
  receipt_button(screen, entry, {.kind = ui::ButtonKind::Strong, .icon = signs || !both ? ui::Icon::Doc : ui::Icon::None, .grow = 1});
}

/// What the bar's main action leaves to be said.
std::string beside_sending(const Screen& screen, const Mended& count) {
  if (count.left() == 0 && count.photographed == 0) return std::string(screen.say(Word::CaseMendAllBring));
  if (count.left() > 0 && count.photographed > 0) return screen.say(Word::CaseMendLeft, "n", static_cast<long long>(count.left()));
  return {};
}

/// The next thing to do is the filled one: a photo of what is still open, then sending it; or the way to a centre.
void mend_actions(Screen& screen, const app::CaseEntry& entry, const Mended& count, std::string_view beside) {
  auto& ui = screen.ui;
  const bool sends = count.photographed > 0, photographs = !sends && count.left() > 0;
  const bool signs = ui.wide() || (!screen.say.english() && ui.ems() >= 20);   // else the words need the room
  const float grow = ui.phone() ? 1.f : 0.f;
  ui.link("centres", screen.say(Word::CaseMendCentre), "/centres",
          {.icon = signs ? ui::Icon::Pin : ui::Icon::None, .as_button = true,
           .kind = sends || photographs ? ui::ButtonKind::Outlined : ui::ButtonKind::Filled, .button_size = ui::ButtonSize::Big, .grow = grow});
  if (ui.wide()) ui.spring();
  if (!beside.empty()) ui.caption(beside);
  if (photographs)
    mend_photo(screen, entry, count.open, Word::CaseMendPhoto,
               {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .icon = signs ? ui::Icon::Camera : ui::Icon::None, .grow = grow});
  if (sends && ui.button("send", screen.say(entry.mend == app::MendState::Sending ? Word::CaseMendSending : Word::CaseMendSend),
                         {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .icon = signs ? ui::Icon::Up2 : ui::Icon::None,
                          .busy = entry.mend == app::MendState::Sending, .grow = grow}))
    screen.want(intent::SendMending{entry.number});
}

void mend_bar(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  const Mended count = mended(entry);
  const std::string words = beside_sending(screen, count);
  auto bottom = ui.region(ui::Region::Bottom);
  if (ui.phone() && !words.empty()) {
    auto above = ui.column({.key = "left", .role = ui::Role::Status, .pad = {10, ui.margin().right, 0, ui.margin().left}});
    ui.caption(words);
  }
  const bool cramped = !ui.flowing() && ui.width() < 360 && ui.type_size() != ui::TypeSize::Normal;
  auto bar = action_bar(screen, cramped);
  mend_actions(screen, entry, count, ui.phone() ? std::string_view{} : std::string_view(words));
}

}  // namespace

void one_case(Screen& screen) {
  auto& ui = screen.ui;
  const app::CaseEntry* entry = screen.model.case_entry();
  auto page = open_page(screen, {.title = screen.say(Word::CasesTitle), .route = to_path(screen.model.route), .bar_title = screen.say(Word::CasesTitle), .back = true});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto top = ui.row({.gap = 16, .align = ui::Align::Start});
      if (ui.desktop()) back_button(screen);
      {
        auto words = ui.column({.grow = 1});
        if (entry) head(screen, *entry);
        else ui.heading(1, screen.say(Word::CasesTitle));
      }
      if (ui.desktop()) pills(screen);
    }
    if (entry) {
      body(screen, *entry);
    } else if (!screen.model.restored) {
      ui.spinner(screen.say(Word::Loading));
    } else {
      ui.empty(ui::Icon::Case, screen.say(Word::CaseUnknown), screen.say(Word::CaseUnknownCaption));
      ui.link("cases", screen.say(Word::NavCases), "/cases", {.as_button = true});
    }
    hotline_line(screen);
  }
  if (entry && entry->view && entry->view->open_return) mend_bar(screen, *entry);
  else if (entry && entry->view && !entry->receipt.empty() && ui.phone() && !ui.flowing()) ask_bar(screen, *entry);
  else tabs(screen);
  over(screen);
}

}  // namespace tongban::views
