#include "client/views/carry.h"

#include <algorithm>
#include <cmath>

#include "client/app/qr.h"
#include "client/app/take_home.h"
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/prepare.h"

namespace tongban::views {
namespace {

constexpr float least_module = 3;   // pixels; below, phones that are not new fail to read it

std::string until_words(const Screen& screen, Instant until) { return screen.say(Word::CarryUntil, {{"date", day(screen.say, shanghai_time(until).date)}}); }

/// Whole pixels for each module: what lies between two of them would be grey.
float code_size(const ui::Ui& ui, const app::QrCode& code, float room) {
  const float available = ui.phone() ? std::min(room, ui.width() - 64) : room;
  return code.size_at(std::max(least_module, std::floor(available / code.size_at(1))));
}

/// The same of a code that may have more modules than a narrow phone has room for: there it is as large as goes.
float fitting_size(const ui::Ui& ui, const app::QrCode& code, float room) {
  const float size = code_size(ui, code, room);
  return ui.phone() ? std::min(size, ui.width() - 64) : size;
}

std::string number_words(const Screen& screen, Word word, std::size_t index, std::size_t of) {
  return screen.say(word, {{"n", std::to_string(index + 1)}, {"total", std::to_string(of)}});
}

void one_code(Screen& screen, const app::OutboxEntry& entry, std::size_t index, float room) {
  auto& ui = screen.ui;
  const app::QrCode& code = entry.codes[index];
  auto column = ui.column({.key = "code", .gap = 8, .align = ui::Align::Center, .grow = ui.phone() ? 1.f : 0.f});
  ui.modules(number_words(screen, Word::CarryCodeAlt, index, entry.codes.size()), code.dark, code.side, code_size(ui, code, room));
  if (entry.codes.size() > 1) ui.text(number_words(screen, Word::CarryNumber, index, entry.codes.size()), {.size = ui::TextSize::Caption, .bold = true, .center = true});
}

std::string take_words(const Screen& screen, std::size_t codes) {
  return codes == 1 ? std::string(screen.say(Word::CarryTakeOne)) : screen.say(Word::CarryTake, "n", static_cast<long long>(codes));
}

void words_beside(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  auto words = ui.column({.key = "words", .gap = 12, .grow = 1, .min_width = 150});
  ui.text(take_words(screen, entry.codes.size()));
  ui.text(screen.say(Word::CarryAnyCentre));
  ui.caption(screen.say(Word::CarryNoPhotos));
  ui.caption(screen.say(Word::CarryNext));
  const std::size_t next = (entry.code_shown + 1) % std::max<std::size_t>(entry.codes.size(), 1);
  if (entry.codes.size() > 1 &&
      ui.button("next", screen.say(Word::CarrySee, "n", static_cast<long long>(next + 1)), {.kind = ui::ButtonKind::Filled, .icon_after = ui::Icon::Right}))
    screen.want(intent::ShowCode{entry.key(), next});
  if (ui.button("print", screen.say(Word::CarryPrintCodes), {.icon = ui::Icon::Print})) screen.want(intent::PrintPage{app::PrintJob::Carried});
}

void codes_card(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "codes", .gap = 16, .selected = true});
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
    ui.heading(2, screen.say(Word::CarryWay), {.size = ui::TextSize::H3, .grow = 1});
    ui.caption(until_words(screen, entry.carried_until));
  }
  if (entry.codes.empty()) return;
  const std::size_t index = std::min(entry.code_shown, entry.codes.size() - 1);
  auto row = ui.row({.gap = 20, .align = ui::Align::Start, .wrap = true});
  one_code(screen, entry, index, ui.desktop() ? 340 : 300);
  words_beside(screen, entry);
}

void asking(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  if (!screen.model.connected()) return;
  auto row = ui.row({.key = "asking", .role = ui::Role::Status, .gap = 12, .align = ui::Align::Center, .wrap = true});
  if (ui.button("ask", screen.say(Word::CarryAsk), {.icon = ui::Icon::Refresh, .busy = entry.asking})) screen.want(intent::AskCarried{entry.key()});
  if (entry.asked_in_vain && !entry.asking) ui.caption(screen.say(Word::CarryAskedNo));
}

void other_way(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "online", .gap = 12});
  if (!entry.files.empty()) ui.caption(screen.say(Word::CarrySendCaption));
  auto row = ui.row({.gap = 12, .wrap = true});
  if (ui.button("send", screen.say(screen.model.connected() ? Word::CarrySendNow : Word::CarrySendLater), {.icon = ui::Icon::Up2}))
    screen.want(intent::GoBy{entry.key(), false});
  if (ui.button("edit", screen.say(Word::SubmitEditAgain), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Edit})) screen.want(intent::Revise{entry.key()});
}

/// What a window will read, where there is room to see it once more.
void what_is_carried(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  const auto draft = app::decode_draft(entry.draft);
  const catalogue::Item* item = screen.catalogue().find(entry.item);
  if (!draft || !item) return;
  auto card = ui.card({.key = "filled", .gap = 14, .divided = true});
  {
    auto part = ui.column({.key = "form", .gap = 10});
    ui.heading(2, screen.say(Word::ReviewApplicant), {.size = ui::TextSize::H3});
    filled_in(screen, draft->application, item, true);
  }
  const auto list = catalogue::needed_materials(*item, draft->application.answers);
  auto part = ui.column({.key = "materials", .gap = 10});
  ui.heading(2, screen.say(Word::ReviewMaterials, "n", static_cast<long long>(list.needed.size())), {.size = ui::TextSize::H3});
  auto pairs = ui.pairs({.gap = 4});
  for (const auto* material : list.needed) ui.pair(material->name, screen.say(Word::ReviewBring), {});
}

/// The draft that is on the screen, or that was worked on last.
const app::Draft* draft_at_hand(const Screen& screen) {
  const auto& drafts = screen.model.drafts;
  if (screen.model.question == app::Question::DraftCode) {
    const auto asked = std::find_if(drafts.begin(), drafts.end(), [&](const app::Draft& draft) { return draft.key() == screen.model.question_about; });
    return asked == drafts.end() ? nullptr : &*asked;
  }
  if (const app::Draft* open = screen.model.draft()) return open;
  return drafts.empty() ? nullptr : &drafts.front();
}

bool has_photos(const app::Draft& draft) {
  return std::any_of(draft.papers.begin(), draft.papers.end(), [](const app::Paper& paper) { return !paper.photos.empty(); });
}

}  // namespace

void carry_card(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "carry", .gap = 12, .selected = true});
  ui.heading(2, screen.say(Word::CarryWay), {.size = ui::TextSize::H3});
  ui.text(screen.say(Word::CarryExplain), {.tone = ui::Tone::Ink2});
  ui.text(screen.say(Word::CarryAnyCentre), {.tone = ui::Tone::Ink2});
  ui.caption(screen.say(Word::CarryNoPhotos));
  if (!draft.carry_fault_zh.empty()) ui.banner(ui::Style::Error, screen.zh_or_en(draft.carry_fault_zh, draft.carry_fault_en), {}, ui::Icon::Err);
  if (ui.button("codes", screen.say(Word::CarryGo), {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .icon = ui::Icon::Qr}))
    screen.want(intent::SubmitDraft{draft.key(), true});
}

void carried_step(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  ui.heading(1, screen.say(Word::StateCarried), {.size = ui::TextSize::H2});
  if (screen.model.now >= entry.carried_until) ui.banner(ui::Style::Warn, screen.say(Word::CarryOver), {}, ui::Icon::Warn);
  else ui.banner(ui::Style::Sunk, screen.say(Word::StateCarriedCaption), {}, ui::Icon::Info);
  auto columns = ui.grid({.gap = 20, .min_column = 400});
  if (ui.wide() && !ui.roomy()) what_is_carried(screen, entry);
  auto ways = ui.column({.key = "ways", .gap = 16});
  codes_card(screen, entry);
  asking(screen, entry);
  other_way(screen, entry);
  auto row = ui.row({});
  ui.link("cases", screen.say(Word::NavCases), "/cases", {.as_button = true});
}

void carried_on_paper(Screen& screen, const app::OutboxEntry& entry) {
  auto& ui = screen.ui;
  {
    auto pairs = ui.pairs();
    ui.pair(screen.say(Word::FieldName), entry.applicant);
    ui.pair(screen.say(Word::CarryWay), until_words(screen, entry.carried_until));
  }
  for (std::size_t index = 0; index < entry.codes.size(); ++index) {
    auto code = ui.column({.key = std::to_string(index), .gap = 4});
    one_code(screen, entry, index, 340);
  }
  ui.text(screen.say(Word::CarryAnyCentre));
  ui.text(screen.say(Word::CarryNoPhotos));
  ui.text(screen.say(Word::CarryNext));
}

bool can_take_home(const Screen& screen) { return draft_at_hand(screen) != nullptr; }

void take_home_code(Screen& screen) {
  auto& ui = screen.ui;
  const app::Draft* draft = draft_at_hand(screen);
  if (!draft) return;
  const auto code = app::make_qr(screen.model.origin + app::take_home_address(), app::to_digits(*draft));
  auto column = ui.column({.key = "take-home", .gap = 8, .align = ui::Align::Center});
  if (!code) return ui.text(screen.say(Word::HomeCodeTooLong), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .center = true});
  ui.modules(screen.say(Word::HomeCodeAlt), code->dark, code->side, fitting_size(ui, *code, 330));
  ui.text(screen.say(Word::HomeCodeTitle), {.bold = true, .center = true});
  ui.text(screen.say(Word::HomeCodeCaption), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .center = true});
  if (has_photos(*draft)) ui.text(screen.say(Word::HomeCodePhotos), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .center = true});
}

void take_home_dialog(Screen& screen) {
  auto& ui = screen.ui;
  auto region = ui.region(ui::Region::Dialog);
  auto dialog = ui.dialog("take-home", screen.say(Word::HomeCodeTitle), {.max_width = 440});
  take_home_code(screen);
  if (ui.button("close", screen.say(Word::Close), {.grow = 1}) || dialog.dismissed()) screen.want(intent::Answer{false});
}

}  // namespace tongban::views
