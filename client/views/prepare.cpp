#include "client/views/prepare.h"

#include <chrono>

#include "client/views/chrome.h"
#include "client/views/form.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"

namespace tongban::views {
namespace {

using namespace std::chrono_literals;
using app::Step;

constexpr Word step_names[] = {Word::StepSituation, Word::StepForm, Word::StepMaterials, Word::StepReview, Word::StepSubmit};
constexpr Word next_names[] = {Word::PrepareNextForm, Word::PrepareNextMaterials, Word::PrepareNextReview, Word::PrepareNextSubmit, Word::PrepareNextSubmit};
constexpr auto just_now = 60s;
constexpr float form_width = 906;   // on the usual desktop all that the card at the right edge leaves

std::string_view saved_words(const Screen& screen, const app::Draft& draft) {
  switch (draft.save) {
    case app::SaveState::Saving: return screen.say(Word::Saving);
    case app::SaveState::Failed: return screen.say(Word::SaveFailed);
    case app::SaveState::Fresh: return {};
    case app::SaveState::Saved: break;
  }
  if (screen.model.public_browser) return screen.say(Word::SessionKept);
  if (screen.model.storage == app::Storage::MemoryOnly) return screen.say(Word::StoreMemoryOnly);
  return screen.say(screen.model.now - draft.saved_at < just_now ? Word::SavedJustNow : Word::SavedHere);
}

std::string for_whom(const Screen& screen, const app::Draft& draft) {
  if (!draft.for_other()) return std::string(screen.say(Word::DraftSelf));
  if (draft.application.applicant.name.empty()) return std::string(screen.say(Word::DraftForSomeone));
  return screen.say(Word::DraftFor, {{"name", draft.application.applicant.name}});
}

void stepper(Screen& screen, const ItemId& item, std::string_view draft, Step current, Step reached, bool open) {
  std::vector<std::string> routes;
  std::vector<ui::Step> steps;
  for (int at = 0; at < app::step_count; ++at) {
    const Step step = static_cast<Step>(at);
    routes.push_back(open && step <= reached && step != current ? to_path(app::prepare(item.text(), step, std::string(draft))) : std::string());
  }
  for (int at = 0; at < app::step_count; ++at)
    steps.push_back({.label = screen.say(step_names[at]), .route = routes[static_cast<std::size_t>(at)]});
  screen.ui.stepper(screen.say(Word::StepsLabel), steps, static_cast<int>(current));
}

/// Right of the first steps, where a desktop has room: what this leaves to be brought.
void needed_beside(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  if (!ui.desktop() || ui.roomy() || ui.flowing() || item.materials.empty()) return;
  const auto list = catalogue::needed_materials(item, draft.application.answers);
  auto card = ui.card({.key = "needed", .gap = 12, .width = 352});
  ui.heading(2, screen.say(materials_title(list), "n", static_cast<long long>(list.needed.size())), {.size = ui::TextSize::H3});
  auto rows = ui.list(screen.say(Word::StepMaterials), {.gap = 8});
  for (const auto* material : list.needed) {
    auto row = ui.item(material->key, {.axis = ui::Axis::Row, .gap = 12, .align = ui::Align::Start});
    const app::Paper* paper = draft.paper(material->key);
    const bool ready = paper && paper->ready();
    ui.icon(ready ? ui::Icon::Check : ui::Icon::Doc, 24, ready ? ui::Tone::Accent : ui::Tone::Ink3);
    ui.text(screen.of_item(material->name), {.grow = 1});
  }
}

void situation(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  if (item.questions.empty()) {
    auto head = ui.column({.gap = 4});
    ui.heading(1, screen.say(Word::SituationNone), {.size = ui::TextSize::H2});
    ui.text(screen.say(Word::SituationNoneCaption), {.tone = ui::Tone::Ink2});
  } else {
    auto head = ui.column({.gap = 4});
    ui.heading(1, screen.say(Word::SituationTitle), {.size = ui::TextSize::H2});
    ui.text(screen.say(Word::SituationCaption), {.tone = ui::Tone::Ink2});
  }
  const auto list = catalogue::needed_materials(item, draft.application.answers);
  {
    auto column = ui.column({.gap = 24, .max_width = 640});
    questions(screen, item, draft.application.answers, draft.left, [&](const std::string& question, const std::string& answer) {
      screen.want(intent::AnswerDraft{draft.key(), question, answer});
    });
  }
  if (item.materials.empty()) return;
  if (list.undecided.empty()) {
    auto row = ui.row({.gap = 12, .wrap = true});
    ui.text(screen.say(Word::SituationLeft, "n", static_cast<long long>(list.needed.size())), {.bold = true});
    if (!list.not_needed.empty()) ui.tag(screen.say(Word::GuideTakenAway, "n", static_cast<long long>(list.not_needed.size())), ui::Style::Tint);
  } else {
    ui.text(screen.say(Word::GuideMaybe, "n", static_cast<long long>(list.undecided.size())), {.tone = ui::Tone::Ink2});
  }
}

void situation_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto columns = screen.ui.row({.gap = 28, .align = ui::Align::Start, .justify = ui::Justify::Between});
  {
    auto left = screen.ui.column({.gap = 24, .grow = 1, .max_width = form_width});
    situation(screen, draft, item);
  }
  needed_beside(screen, draft, item);
}

void form_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const bool side = ui.wide() && !ui.desktop() && !ui.roomy();
  auto columns = ui.row({.gap = 28, .align = ui::Align::Start, .justify = ui::Justify::Between});
  {
    auto form = ui.form("form", screen.say(Word::StepForm), {.gap = 24, .grow = 1.65f, .max_width = form_width});
    form_fields(screen, draft, item, 1);
    if (form.submitted()) screen.want(intent::NextStep{draft.key()});
  }
  if (!side) return needed_beside(screen, draft, item);
  auto right = ui.column({.gap = 12, .width = 352});
  form_side(screen, draft);
}

void actions(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  const Step step = screen.model.route.step;
  auto bottom = ui.region(ui::Region::Bottom);
  auto bar = ui.row({.gap = 16, .pad = {14, ui.margin().right, 14, ui.margin().left}, .align = ui::Align::Center, .min_height = 84});
  if (step != Step::Situation) {
    const Step before = static_cast<Step>(static_cast<int>(step) - 1);
    ui.link("before", screen.say(Word::PrepareBack), to_path(app::prepare(draft.application.item.text(), before, draft.key())), {.as_button = true});
  }
  if (ui.wide() && !ui.roomy()) ui.link("later", screen.say(Word::PrepareLater), "/drafts");
  if (ui.wide()) ui.spring();
  if (step == Step::Submit) return;
  const auto faults = step == Step::Form ? app::form_faults(draft, screen.catalogue(), screen.model.now) : std::vector<Error>{};
  long long shown = 0;
  for (const auto& fault : faults) shown += draft.left.contains(fault.where) ? 1 : 0;
  if (shown > 0 && ui.wide()) {
    auto count = ui.row({.key = "faults", .role = ui::Role::Status, .gap = 8});
    ui.icon(ui::Icon::Err, 24, ui::Tone::Error);
    ui.text(screen.say(Word::PrepareErrors, "n", shown), {.tone = ui::Tone::Error, .bold = true});
  }
  // Where few characters fit, the bar holds the two directions, and no more.
  const bool brief = !ui.flowing() && ui.ems() < 18 && step != Step::Situation, bare = ui.ems() < 12;
  const std::string next = screen.say(Word::PrepareNext, {{"step", screen.say(next_names[static_cast<int>(step)])}});
  if (ui.button("next", brief ? screen.say(Word::PrepareNextShort) : std::string_view(next),
                {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .icon_after = bare ? ui::Icon::None : ui::Icon::Arrow, .grow = ui.phone() ? 1.f : 0.f, .describe = brief ? std::string_view(next) : std::string_view{}}))
    screen.want(intent::NextStep{draft.key()});
}

void body(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  session_strip(screen);
  if (ui.phone() || ui.roomy()) offline_strip(screen);   // else the bar says it
  auto column = ui.column({.gap = 24, .pad = page_pad(screen)});
  stepper(screen, item.id, draft.key(), screen.model.route.step, draft.step, true);
  if ((ui.phone() || ui.roomy()) && !saved_words(screen, draft).empty()) {
    auto saved = ui.row({.key = "saved", .role = ui::Role::Status, .gap = 8});
    ui.icon(ui::Icon::Saved, 20, ui::Tone::Accent);
    ui.caption(saved_words(screen, draft), draft.save == app::SaveState::Failed ? ui::Tone::Error : ui::Tone::Accent);
  }
  switch (screen.model.route.step) {
    case Step::Situation: situation_step(screen, draft, item); break;
    case Step::Form: form_step(screen, draft, item); break;
    case Step::Materials: papers_step(screen, draft, item); break;
    case Step::Review: review_step(screen, draft, item); break;
    case Step::Submit: submit_step(screen, draft, item); break;
  }
}

void nothing_here(Screen& screen) {
  auto& ui = screen.ui;
  auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
  ui.heading(1, screen.say(Word::GuidePrepare));
  if (no_catalogue(screen)) return;
  if (!screen.model.restored) return ui.spinner(screen.say(Word::Loading));
  if (const auto* sent = screen.model.sent_case()) {
    ui.empty(ui::Icon::Check, screen.say(Word::PrepareSent), screen.say(Word::PrepareSentCaption, {{"number", sent->number.text()}}));
    auto row = ui.row({.justify = ui::Justify::Center});
    ui.link("case", screen.say(Word::StateSeeCase), to_path(app::with_id(app::Page::Case, sent->number.text())), {.as_button = true});
    return;
  }
  ui.empty(ui::Icon::Doc, screen.say(Word::GuideUnknownItem), screen.say(Word::GuideUnknownItemCaption));
  auto row = ui.row({.gap = 12, .justify = ui::Justify::Center, .wrap = true});
  ui.link("items", screen.say(Word::NavItems), "/items", {.as_button = true});
  ui.link("drafts", screen.say(Word::NavDrafts), "/drafts", {.as_button = true});
}

}  // namespace

void prepare(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Item* item = screen.model.item();
  const app::Draft* draft = screen.model.draft();
  const app::OutboxEntry* outgoing = screen.model.outgoing();
  const std::string whom = draft ? for_whom(screen, *draft) : std::string();
  const std::string route = "/item/" + screen.model.route.id + "/prepare/" + std::to_string(static_cast<int>(screen.model.route.step));
  const auto title = item ? screen.of_item(item->name) : screen.say(Word::GuidePrepare);
  auto page = open_page(screen, {.title = title, .route = route, .bar_title = title, .bar_caption = whom, .back = true, .status = true,
                                 .saved = draft ? saved_words(screen, *draft) : std::string_view{}});
  {
    auto main = ui.region(ui::Region::Main);
    if (item && outgoing) {
      auto column = ui.column({.gap = 24, .pad = page_pad(screen)});
      stepper(screen, item->id, outgoing->key(), Step::Submit, Step::Submit, false);
      outgoing_step(screen, *outgoing);
    } else if (item && draft) {
      body(screen, *draft, *item);
    } else {
      nothing_here(screen);
    }
  }
  if (item && draft && !outgoing) actions(screen, *draft);
  else tabs(screen);
  over(screen);
}

}  // namespace tongban::views
