#include "client/views/receipt.h"

#include "client/app/qr.h"
#include "client/views/chrome.h"
#include "client/views/format.h"

namespace tongban::views {
namespace {

Word state_word(app::ReceiptState state) {
  switch (state) {
    case app::ReceiptState::Genuine: return Word::CaseReceiptGood;
    case app::ReceiptState::Wrong: return Word::CaseReceiptBad;
    case app::ReceiptState::Unchecked: break;
  }
  return Word::CaseReceiptUnchecked;
}

app::CaseTicket ticket_of(const app::CaseEntry& entry) { return {entry.number.text(), to_base64url(entry.secret)}; }

void what_it_says(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  {
    auto pairs = ui.pairs({.gap = 8, .divided = true});
    ui.pair(screen.say(Word::CasesAddNumber), entry.number.text(), {.bold = true, .tabular = true});
    ui.pair(screen.say(Word::CaseReceiptCentre), centre_for_window(screen.say, screen.model.shelf.catalogue, entry.centre));
    ui.pair(screen.say(Word::CaseReceiptStored), moment(screen.say, entry.stored_at));
    ui.pair(screen.say(Word::CaseSecretLabel), ticket_of(entry).code, {.size = ui.phone() ? ui::TextSize::Caption : ui::TextSize::Body, .bold = ui.wide(), .tabular = true});
  }
  auto state = ui.row({.gap = 8});
  const bool genuine = entry.receipt_state == app::ReceiptState::Genuine;
  ui.icon(genuine ? ui::Icon::Check : ui::Icon::Info, 24, genuine ? ui::Tone::Accent : ui::Tone::Ink2);
  ui.text(screen.say(state_word(entry.receipt_state), {{"hotline", screen.hotline()}}));
}

void code(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  const auto made = app::make_qr(screen.model.origin + app::receipt_address(ticket_of(entry)));
  if (!made) return;
  constexpr float side = 200;
  auto middle = ui.column({.key = "code", .gap = 8, .align = ui::Align::Center});
  ui.modules(screen.say(Word::PrintReceiptQrAlt), made->dark, made->side, side);
  ui.text(screen.say(Word::PrintReceiptQr), {.size = ui::TextSize::Caption, .tone = ui::Tone::Ink2, .center = true});
}

void takes_elsewhere(Screen& screen, const app::CaseEntry& entry) {
  auto& ui = screen.ui;
  auto row = ui.row({.gap = 12, .wrap = true});
  const std::string name = std::string(screen.say(Word::AppName)) + " " + entry.number.text();
  keep_button(screen, app::PrintJob::Receipt, name, {.icon = ui::Icon::Inbox});
  share_button(screen, name, app::receipt_address(ticket_of(entry)), {.icon = ui::Icon::Up2});
  if (ui.button("print", screen.say(Word::StaffPrintReceipt), {.icon = ui::Icon::Print})) screen.want(intent::PrintPage{app::PrintJob::Receipt});
}

}  // namespace

void receipt_button(Screen& screen, const app::CaseEntry& entry, const ui::Button& look) {
  if (screen.ui.button("receipt", screen.say(Word::CaseSeeReceipt), look)) screen.want(intent::Ask{app::Question::Receipt, entry.number.text()});
}

void receipt_card(Screen& screen, const app::CaseEntry& entry) {
  auto card = screen.ui.card({.key = "receipt", .gap = 12});
  screen.ui.heading(2, screen.say(Word::CaseReceipt));
  what_it_says(screen, entry);
  code(screen, entry);
}

void receipt_dialog(Screen& screen) {
  auto& ui = screen.ui;
  const app::CaseEntry* entry = screen.model.case_entry();
  if (!entry) return;
  auto region = ui.region(ui::Region::Dialog);
  auto dialog = ui.dialog("receipt", screen.say(Word::CaseReceipt));
  what_it_says(screen, *entry);
  code(screen, *entry);
  takes_elsewhere(screen, *entry);
  if (ui.button("close", screen.say(Word::Close), {.kind = ui::ButtonKind::Filled, .grow = 1}) || dialog.dismissed()) screen.want(intent::Answer{false});
}

}  // namespace tongban::views
