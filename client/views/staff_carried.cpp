// What somebody has carried to the window: its codes are scanned here, one after the other.
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/staff_parts.h"

namespace tongban::views {
namespace {

/// It is a case already: here, or where to go on.
void known(Screen& screen, const app::Carrying& carried) {
  auto& ui = screen.ui;
  const bool here = carried.centre == screen.model.staff.session.centre;
  ui.banner(ui::Style::Warn, screen.say(Word::StaffCarriedKnown, {{"number", carried.number.text()}}),
            here ? std::string() : screen.say(Word::StaffCarriedElsewhere, {{"centre", centre_name(screen.say, screen.model.shelf.catalogue, carried.centre)}}), ui::Icon::Info);
  if (!here) return;
  auto row = ui.row({});
  ui.link("see", screen.say(Word::StaffCarriedSee), to_path(app::with_id(app::Page::StaffCase, carried.number.text())), {.as_button = true, .kind = ui::ButtonKind::Filled});
}

void scanned(Screen& screen, const app::Carrying& carried) {
  auto& ui = screen.ui;
  auto status = ui.column({.key = "scanned", .role = ui::Role::Status, .gap = 12});
  if (carried.working || carried.looking) return ui.spinner(screen.say(Word::Loading));
  if (!carried.fault_zh.empty()) ui.banner(ui::Style::Error, screen.zh_or_en(carried.fault_zh, carried.fault_en), {}, ui::Icon::Err);
  if (!carried.codes.empty() && !carried.codes.complete()) ui.banner(ui::Style::Tint, app::still_missing(carried.codes, screen.say), {}, ui::Icon::Qr);
  if (!carried.number.empty()) known(screen, carried);
}

void scanner(Screen& screen, const app::Carrying& carried) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "scanner", .gap = 16, .max_width = 640});
  {
    auto form = ui.form("scan", screen.say(Word::StaffCarried), {.gap = 12});
    // A scanner types faster than a list could follow, and ends with Enter.
    if (auto typed = ui.field("code", screen.say(Word::StaffCarriedField), {.value = carried.typed, .hint = screen.say(Word::StaffCarriedHint), .autocomplete = "off", .focus = true}))
      screen.want(intent::ScanTyped{*typed});
    if (form.submitted()) screen.want(intent::Scanned{});
  }
  auto row = ui.row({.gap = 12, .wrap = true});
  if (const auto picture = ui.file("picture", screen.say(Word::StaffCarriedPhoto), {.accept = "image/*", .capture = true}))
    screen.want(intent::ScanPicture{picture->type, {picture->bytes.begin(), picture->bytes.end()}});
  if ((!carried.codes.empty() || !carried.fault_zh.empty()) && ui.button("anew", screen.say(Word::StaffCarriedClear), {.icon = ui::Icon::Refresh})) screen.want(intent::ScanAnew{});
}

}  // namespace

void staff_carried(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_staff_page(screen, screen.say(Word::StaffCarried), "/staff/carried");
  {
    auto main = ui.region(ui::Region::Main);
    if (!signed_out(screen)) {
      auto column = ui.column({.gap = 16, .pad = 24});
      {
        auto head = ui.row({.gap = 16, .align = ui::Align::Center});
        back_button(screen);
        ui.heading(1, screen.say(Word::StaffCarried), {.grow = 1});
      }
      ui.caption(screen.say(Word::StaffCarriedCaption));
      if (!screen.model.connected()) ui.banner(ui::Style::Sunk, screen.say(Word::StaffBlockedOffline), {}, ui::Icon::Nowifi);
      if (const auto& carried = screen.model.staff.carried) {
        scanner(screen, *carried);
        scanned(screen, *carried);
      }
    }
  }
  over(screen);
}

}  // namespace tongban::views
