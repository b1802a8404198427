#include "client/views/rows.h"

#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/timeline.h"

namespace tongban::views {
namespace {

/// Why this row is here when its name doesn't show it.
std::string why_line(const Screen& screen, const app::ItemResults::Row& row, const catalogue::Item& item) {
  if (!row.matched.empty() && row.why == catalogue::Why::Material) return screen.say(Word::HitMaterial, {{"text", screen.of_item(row.matched)}});
  if (row.why == catalogue::Why::English && !screen.say.english()) return screen.say(Word::HitAlias, {{"alias", screen.catalogue().in_english(item.name)}});
  if (!row.matched.empty() && row.why != catalogue::Why::Department) return screen.say(Word::HitAlias, {{"alias", row.matched}});
  return std::string(screen.of_item(item.conditions));
}

std::string wait_of(const Screen& screen, const catalogue::Item& item) {
  if (item.limit_working_days) return screen.say(Word::RowLimitDays, "n", *item.limit_working_days);
  return {};
}

std::string for_whom(const Screen& screen, const app::Draft& draft) {
  if (!draft.for_other()) return std::string(screen.say(Word::DraftSelf));
  if (draft.application.applicant.name.empty()) return std::string(screen.say(Word::DraftForSomeone));
  return screen.say(Word::DraftFor, {{"name", draft.application.applicant.name}});
}

}  // namespace

void item_row(Screen& screen, const app::ItemResults::Row& row) {
  auto& ui = screen.ui;
  const catalogue::Item& item = screen.catalogue().items[row.item];
  auto tile = ui.tile(item.id.text(), {.route = to_path(app::item(item.id.text())),
                                       .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 16, .pad = ui.phone() ? ui::Pad{14, 16} : ui::Pad{14, 24}, .align = ui::Align::Center}});
  {
    auto words = ui.column({.gap = 4, .grow = 1});
    {
      auto title = ui.row({.gap = 12, .wrap = true});
      ui.rich(marked(screen.of_item(item.name), screen.original(item.name).empty() ? row.highlights : row.highlights_english, true), {.size = ui::TextSize::H3, .bold = true});
      mode_tag(screen, item.mode);
      if (item.audience == catalogue::Audience::PermitHolderToo) ui.tag(screen.say(Word::PermitTag), ui::Style::Outlined, ui::Icon::Idcard);
    }
    const std::string why = why_line(screen, row, item);
    if (!why.empty()) ui.text(why, {.tone = ui::Tone::Ink2, .lines = 1});
    auto below = ui.row({.gap = 16, .wrap = true});
    ui.caption(screen.say(Word::RowDepartment, {{"name", screen.of_item(item.line)}}));
    if (item.citywide_from) ui.caption(screen.say(Word::CitywideFrom, {{"date", full_day(screen.say, *item.citywide_from)}}));
    else if (item.citywide_stated) ui.caption(screen.say(Word::CitywideTag));
  }
  if (ui.wide() && (!screen.say.english() || ui.ems() >= 48)) {   // English words can't be parted
    auto facts = ui.column({.gap = 2, .align = ui::Align::End});
    if (const std::string wait = wait_of(screen, item); !wait.empty()) ui.text(wait, {.bold = true, .end = true});
    ui.text(item.materials.empty() ? std::string(screen.say(Word::RowBringNone)) : screen.say(Word::RowBring, "n", static_cast<long long>(item.materials.size())),
            {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .end = true});
  }
  ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
}

void draft_row(Screen& screen, const app::Draft& draft, bool with_delete) {
  auto& ui = screen.ui;
  const std::string key = draft.key();
  const ItemId& id = draft.application.item;
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(id) : nullptr;
  const bool beside = ui.flowing() || ui.ems() >= 18;   // else the title has no room there
  const auto go = [&] {
    const bool plain = ui.desktop() && !ui.flowing();
    ui.link("go", screen.say(Word::HomeContinue), to_path(app::prepare(id.text(), draft.step, key)),
            {.chevron = plain, .as_button = !plain, .kind = ui::ButtonKind::Tint, .describe = std::string(screen.say(Word::HomeContinue)) + " " + std::string(item_name(screen, id))});
  };
  auto card = ui.item(key, {.gap = 10, .pad = 20, .style = ui::Style::Card});
  {
    auto top = ui.row({.gap = 12, .align = ui::Align::Center});
    {
      auto words = ui.column({.gap = 2, .grow = 1});
      ui.text(item_name(screen, id), {.size = ui::TextSize::H3, .bold = true, .lines = beside ? 3 : 2});
      const app::Readiness ready = item ? app::readiness(draft, *item) : app::Readiness{};
      std::string line = for_whom(screen, draft) + std::string(screen.say(Word::Comma));
      if (draft.step < app::Step::Materials || ready.total == 0) line += screen.say(Word::DraftStep, "step", static_cast<int>(draft.step) + 1);
      else line += screen.say(Word::DraftMaterials, {{"done", std::to_string(ready.ready)}, {"total", std::to_string(ready.total)}});
      ui.caption(line);
    }
    if (beside) go();
  }
  ui.progress(screen.say(Word::DraftStep, "step", static_cast<int>(draft.step) + 1), static_cast<int>(draft.step) + 1, app::step_count);
  if (beside && !with_delete) return;
  auto actions = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
  if (!beside) go();
  if (!with_delete) return;
  if (!beside) ui.spring();
  ui.text(screen.say(Word::DraftSavedAt, {{"time", moment(screen.say, draft.changed)}}), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .grow = beside ? 1.f : 0.f});
  if (ui.button("home", screen.say(Word::HomeCodeTitle), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Qr, .describe = std::string(screen.say(Word::HomeCodeTitle)) + " " + std::string(item_name(screen, id))}))
    screen.want(intent::Ask{app::Question::DraftCode, key});
  if (ui.button("delete", screen.say(Word::DraftDelete), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Trash, .describe = std::string(screen.say(Word::DraftDelete)) + " " + std::string(item_name(screen, id))}))
    screen.want(intent::Ask{app::Question::DeleteDraft, key});
}

SendWords send_words(Screen& screen, const app::OutboxEntry& entry) {
  const Words say = screen.say;
  switch (entry.state) {
    case app::SendState::Storing:
      return {std::string(say(Word::Saving)), std::string(say(Word::StateSendingCaption)), ui::Style::Sunk, ui::Icon::Saved};
    case app::SendState::Files:
      return {say(Word::StateSendingFiles, {{"n", std::to_string(entry.files_done + 1)}, {"total", std::to_string(entry.files.size())}}),
              std::string(say(Word::StateSendingCaption)), ui::Style::Tint, ui::Icon::Up2};
    case app::SendState::Sending:
      return {std::string(say(Word::StateSending)), std::string(say(Word::StateSendingCaption)), ui::Style::Tint, ui::Icon::Up2};
    case app::SendState::Retry: {
      const LocalTime again = shanghai_time(entry.retry.at.value_or(screen.model.now));
      return {std::string(say(Word::StateRetry)), say(Word::StateRetryCaption, {{"time", clock_text(again.minute)}}), ui::Style::Sunk, ui::Icon::Refresh};
    }
    case app::SendState::Refused:
      return {std::string(say(Word::StateRefused)), std::string(screen.zh_or_en(entry.fault_zh, entry.fault_en)), ui::Style::Error, ui::Icon::Err};
    case app::SendState::Carried: return {std::string(say(Word::StateCarried)), std::string(say(Word::StateCarriedCaption)), ui::Style::Sunk, ui::Icon::Qr};
    case app::SendState::Waiting: break;
  }
  return {std::string(say(Word::StateWaiting)), std::string(say(screen.keeps() ? Word::StateWaitingCaption : Word::StateWaitingHere)), ui::Style::Sunk, ui::Icon::Nowifi};
}

void outgoing_row(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  const SendWords words = send_words(screen, entry);
  auto tile = ui.tile(entry.key(), {.route = to_path(app::prepare(entry.item.text(), app::Step::Submit, entry.key())),
                                    .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 16, .pad = 20, .align = ui::Align::Center, .style = ui::Style::Card}});
  ui.icon(words.icon, 28, entry.state == app::SendState::Refused ? ui::Tone::Error : ui::Tone::Accent);
  auto lines = ui.column({.gap = 2, .grow = 1});
  ui.text(item_name(screen, entry.item), {.size = ui::TextSize::H3, .bold = true, .lines = 2});
  ui.caption(words.title);
}

}  // namespace tongban::views
