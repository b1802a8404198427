// A case begun at the window for somebody who prepared nothing: the same form, in one sheet.
#include "client/views/chrome.h"
#include "client/views/form.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/staff_parts.h"

namespace tongban::views {
namespace {

void done(Screen& screen, const app::WalkIn& walk_in) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "done", .gap = 16, .max_width = 560});
  ui.banner(ui::Style::Tint, screen.say(walk_in.carried ? Word::StaffCarriedDone : Word::StaffWalkInDone), {}, ui::Icon::Check);
  {
    auto pairs = ui.pairs({.gap = 10, .divided = true});
    ui.pair(screen.say(Word::CasesAddNumber), walk_in.number.text(), {.bold = true, .tabular = true});
    if (!walk_in.carried) ui.pair(screen.say(Word::StaffAccessCode), to_base64url(walk_in.secret), {.bold = true, .tabular = true});
  }
  auto row = ui.row({.gap = 12, .wrap = true});
  if (ui.button("print", screen.say(Word::StaffPrintReceipt), {.icon = ui::Icon::Print})) screen.want(intent::PrintPage{app::PrintJob::StaffReceipt});
  ui.link("open", screen.say(Word::StaffNext), to_path(app::with_id(app::Page::StaffCase, walk_in.number.text())), {.as_button = true, .kind = ui::ButtonKind::Filled});
}

void papers(Screen& screen, const app::WalkIn& walk_in, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto list = catalogue::needed_materials(item, walk_in.draft.application.answers);
  auto card = ui.card({.key = "papers", .gap = 12});
  ui.heading(2, screen.say(Word::StaffWalkInMaterials));
  auto rows = ui.list(screen.say(Word::StepMaterials), {.divided = true});
  for (const auto* material : list.needed) {
    const auto* paper = walk_in.draft.paper(material->key);
    const bool has = paper && paper->bring;
    auto row = ui.item(material->key, {.pad = {8, 0}});
    if (ui.check("has", screen.of_item(material->name), {.checked = has, .original = screen.original(material->name), .caption = material_caption(screen, item, *material, walk_in.draft.application.answers)}))
      screen.want(intent::Bring{walk_in.draft.key(), material->key, !has});
  }
}

void sheet(Screen& screen, const app::WalkIn& walk_in, const catalogue::Item& item) {
  auto& ui = screen.ui;
  auto columns = ui.row({.gap = 24, .align = ui::Align::Start, .wrap = !ui.desktop()});
  {
    auto form = ui.form("form", screen.say(Word::StepForm), {.gap = 20, .grow = 1.4f, .min_width = 360});
    questions(screen, item, walk_in.draft.application.answers, walk_in.draft.left, [&](const std::string& question, const std::string& answer) {
      screen.want(intent::AnswerDraft{walk_in.draft.key(), question, answer});
    });
    form_fields(screen, walk_in.draft, item, 2);
    if (form.submitted()) screen.want(intent::FileWalkIn{});
  }
  auto right = ui.column({.gap = 16, .grow = 1, .min_width = 320});
  papers(screen, walk_in, item);
  if (!walk_in.fault_zh.empty()) ui.banner(ui::Style::Error, screen.zh_or_en(walk_in.fault_zh, walk_in.fault_en), {}, ui::Icon::Err);
  const auto blocked = screen.model.online ? std::string_view{} : screen.say(Word::StaffBlockedOffline);
  if (ui.button("go", screen.say(Word::StaffWalkInGo), {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .disabled_because = blocked, .busy = walk_in.working}))
    screen.want(intent::FileWalkIn{});
}

}  // namespace

void staff_walk_in(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Item* item = screen.model.item();
  auto page = open_staff_page(screen, screen.say(Word::StaffWalkIn), "/staff/walk-in/" + screen.model.route.id);
  {
    auto main = ui.region(ui::Region::Main);
    if (!signed_out(screen)) {
      auto column = ui.column({.gap = 16, .pad = 24});
      {
        auto head = ui.row({.gap = 16, .align = ui::Align::Center});
        back_button(screen);
        ui.heading(1, item ? screen.of_item(item->name) : screen.say(Word::StaffWalkIn), {.grow = 1});
        if (item) mode_tag(screen, item->mode);
      }
      const auto& walk_in = screen.model.staff.walk_in;
      if (!item) {
        if (!no_catalogue(screen)) ui.empty(ui::Icon::Doc, screen.say(Word::GuideUnknownItem));
      } else if (walk_in && !walk_in->number.empty()) {
        done(screen, *walk_in);
      } else if (walk_in) {
        if (walk_in->carried) ui.banner(ui::Style::Tint, screen.say(Word::StaffCarriedFilled), {}, ui::Icon::Qr);
        sheet(screen, *walk_in, *item);
      }
    }
  }
  over(screen);
}

}  // namespace tongban::views
