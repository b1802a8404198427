// What goes on paper: the checklist, the application for a window, receipts, and the notice of what to add.
#include "client/app/qr.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/prepare.h"
#include "client/views/timeline.h"
#include "client/views/carry.h"
#include "client/views/views.h"

namespace tongban::views {
namespace {

void foot(Screen& screen) {
  auto& ui = screen.ui;
  ui.line();
  ui.caption(screen.say(Word::PrintMade, {{"time", moment(screen.say, screen.model.now)}}));
  if (!screen.hotline().empty()) ui.caption(std::string(screen.say(Word::HotlineLine)) + " " + std::string(screen.hotline()));
  if (screen.say.english()) ui.caption(screen.say(Word::GuideTranslated));
  ui.caption(screen.say(Word::HelpDemo));
}

void head(Screen& screen, Word what, std::string_view title) {
  auto& ui = screen.ui;
  ui.caption(std::string(screen.say(Word::AppName)) + "  " + std::string(screen.say(what)));
  ui.heading(1, screen.of_item(title));
  if (const auto chinese = screen.original(title); !chinese.empty()) ui.text(chinese);
}

/// On an English sheet the Chinese name stands below, for the window.
void paper_name(Screen& screen, std::string_view name) {
  screen.ui.text(screen.of_item(name), {.bold = true});
  if (const auto chinese = screen.original(name); !chinese.empty()) screen.ui.text(chinese);
}

/// As the catalogue has it, for head() and paper_name().
std::string_view name_of(const Screen& screen, const ItemId& id) {
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(id) : nullptr;
  return item ? std::string_view(item->name) : std::string_view(id.text());
}

void paper_list(Screen& screen, const catalogue::Item& item, const catalogue::Answers& answers) {
  auto& ui = screen.ui;
  const auto list = catalogue::needed_materials(item, answers);
  ui.heading(2, item.materials.empty() ? std::string(screen.say(Word::GuideMaterialsNone)) : screen.say(materials_title(list), "n", static_cast<long long>(list.needed.size())));
  auto rows = ui.list(screen.say(Word::PrintBring), {.gap = 8});
  for (const auto* material : list.needed) {
    auto row = ui.item(material->key, {.gap = 2});
    paper_name(screen, material->name);
    ui.caption(material_caption(screen, item, *material, answers));
  }
  for (const auto* material : list.undecided) {
    auto row = ui.item(material->key, {.gap = 2});
    paper_name(screen, material->name);
    ui.caption(std::string(screen.say(Word::GuideMaybeCaption)) + std::string(screen.say(Word::Comma)) + material_caption(screen, item, *material, answers));
  }
}

void checklist(Screen& screen, const catalogue::Item& item) {
  const app::GuideNotes* notes = screen.model.guide(item.id);
  head(screen, Word::PrintChecklist, item.name);
  {
    auto pairs = screen.ui.pairs();
    screen.ui.pair(screen.say(Word::GuideWait), wait_text(screen, item));
    screen.ui.pair(screen.say(Word::GuideFee), fee_text(screen, item));
  }
  paper_list(screen, item, notes ? notes->answers : catalogue::Answers{});
}

void application(Screen& screen, const catalogue::Item& item, const app::Draft& draft) {
  head(screen, Word::PrintApplication, item.name);
  filled_in(screen, draft.application, &item, false);
  paper_list(screen, item, draft.application.answers);
}

void receipt(Screen& screen, std::string_view item, const CaseNumber& number, const CentreId& centre, const Bytes& secret, std::optional<Instant> at) {
  auto& ui = screen.ui;
  head(screen, Word::PrintReceipt, item);
  {
    auto pairs = ui.pairs();
    ui.pair(screen.say(Word::CasesAddNumber), number.text());
    ui.pair(screen.say(Word::CaseReceiptCentre), centre_for_window(screen.say, screen.model.shelf.catalogue, centre));
    if (at) ui.pair(screen.say(Word::CaseReceiptStored), moment(screen.say, *at));
    if (!secret.empty()) ui.pair(screen.say(Word::CaseSecretLabel), to_base64url(secret));
  }
  if (const auto code = secret.empty() ? std::nullopt : app::make_qr(screen.model.origin + app::receipt_address({number.text(), to_base64url(secret)}))) {
    ui.modules(screen.say(Word::PrintReceiptQrAlt), code->dark, code->side, 200);
    ui.caption(screen.say(Word::PrintReceiptQr));
  }
  ui.text(screen.say(Word::PrintKeep));
}

void staff_receipt(Screen& screen) {
  const auto& staff = screen.model.staff;
  if (staff.walk_in && !staff.walk_in->number.empty())
    return receipt(screen, name_of(screen, staff.walk_in->draft.application.item), staff.walk_in->number, staff.session.centre, staff.walk_in->secret, screen.model.now);
  if (!staff.open || !staff.open->view) return;
  const auto& view = *staff.open->view;
  receipt(screen, name_of(screen, view.item), view.number, view.received_by, {}, view.timeline.empty() ? std::optional<Instant>() : view.timeline.front().at);
  auto rows = screen.ui.list(screen.say(Word::StepMaterials), {.gap = 4});
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(view.item) : nullptr;
  for (const auto& material : view.materials) {
    auto row = screen.ui.item(material.material);
    std::string name = material.material;
    if (item)
      for (const auto& known : item->materials)
        if (known.key == material.material) name = known.name;
    screen.ui.text(screen.of_item(name));
    if (const auto chinese = screen.original(name); !chinese.empty()) screen.ui.text(chinese);
  }
}

/// The case that is on the window's desk, or on the resident's screen.
const casework::CaseView* case_shown(const app::Model& model) {
  if (app::is_staff(model.route.page)) return model.staff.open && model.staff.open->view ? &*model.staff.open->view : nullptr;
  const app::CaseEntry* entry = model.case_entry();
  return entry && entry->view ? &*entry->view : nullptr;
}

void notice(Screen& screen) {
  auto& ui = screen.ui;
  const casework::CaseView* shown = case_shown(screen.model);
  if (!shown || !shown->open_return) return;
  const casework::CaseView& view = *shown;
  const auto& open = *view.open_return;
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(view.item) : nullptr;
  head(screen, Word::PrintNotice, name_of(screen, view.item));
  ui.text(screen.say(Word::CaseNumberLine, {{"number", view.number.text()}}));
  ui.heading(2, screen.say(Word::CaseMend, "n", static_cast<long long>(open.verdicts.size())));
  if (open.due) ui.text(screen.say(Word::CaseMendBy, {{"date", day(screen.say, *open.due)}}), {.bold = true});
  if (!open.text.empty()) ui.text(open.text);
  auto rows = ui.list(screen.say(Word::StepMaterials), {.gap = 8});
  for (const auto& verdict : open.verdicts) {
    auto row = ui.item(verdict.material, {.gap = 2});
    std::string name = verdict.material;
    if (item)
      for (const auto& known : item->materials)
        if (known.key == verdict.material) name = known.name;
    paper_name(screen, name);
    ui.text(verdict.reason);
  }
}

}  // namespace

void draw_print(ui::Ui& ui, const app::Model& model) {
  app::Intents unused;
  Screen screen{ui, model, unused, model.words()};
  auto page = ui.page({.title = screen.say(Word::AppName), .route = "/print"});
  auto main = ui.region(ui::Region::Main);
  auto column = ui.column({.gap = 16, .pad = 16});
  const catalogue::Item* item = model.item();
  switch (model.print) {
    case app::PrintJob::Checklist:
      if (item) checklist(screen, *item);
      break;
    case app::PrintJob::Application:
      if (item && model.draft()) application(screen, *item, *model.draft());
      break;
    case app::PrintJob::Receipt:
      if (const auto* entry = model.case_entry()) receipt(screen, name_of(screen, entry->item), entry->number, entry->centre, entry->secret, entry->stored_at);
      break;
    case app::PrintJob::Carried:
      if (const auto* entry = model.outgoing()) {
        head(screen, Word::PrintCarried, item_name(screen, entry->item));
        carried_on_paper(screen, *entry);
        const auto draft = app::decode_draft(entry->draft);
        if (item && draft) paper_list(screen, *item, draft->application.answers);
      }
      break;
    case app::PrintJob::StaffReceipt: staff_receipt(screen); break;
    case app::PrintJob::Notice: notice(screen); break;
    case app::PrintJob::None: break;
  }
  foot(screen);
}

}  // namespace tongban::views
