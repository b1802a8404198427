// Fourth and fifth step: look it through, choose the centre, submit; and what became of it.
#include "client/views/carry.h"
#include "client/views/chrome.h"
#include "client/views/form.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/photos.h"
#include "client/views/prepare.h"
#include "client/views/rows.h"
#include "shared/catalogue/month_window.h"

namespace tongban::views {
namespace {

using app::Step;

/// What was filled in is read, not stressed.
constexpr ui::Text plain{};

/// One titled block of the review with its way back.
void block_head(Screen& screen, const app::Draft& draft, std::string_view title, Step step) {
  auto& ui = screen.ui;
  auto head = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
  ui.heading(2, title, {.size = ui::TextSize::H3, .grow = 1});
  ui.link("change", screen.say(Word::Change), to_path(app::prepare(draft.application.item.text(), step, draft.key())),
          {.icon = ui::Icon::Edit, .describe = std::string(screen.say(Word::Change)) + " " + std::string(title)});
}

std::string place(const Screen& screen, const TownshipCode& code, bool outside) {
  if (!code.empty()) return township_name(screen.say, screen.catalogue(), code);
  return std::string(screen.say(outside ? Word::ReviewOutside : Word::ReviewNotSaid));
}

void person_pairs(Screen& screen, const casework::Person& person, bool masked) {
  auto& ui = screen.ui;
  ui.pair(screen.say(Word::FieldName), person.name, plain);
  ui.pair(screen.say(Word::FieldIdentity), masked ? masked_identity(person.identity_number) : person.identity_number, {.tabular = true});
  ui.pair(screen.say(Word::FieldMobile), masked ? masked_mobile(person.mobile) : person.mobile, plain);
}

void situation_pairs(Screen& screen, const casework::Application& application, const catalogue::Item& item) {
  for (const auto& question : item.questions) {
    const auto given = application.answers.find(question.key);
    const auto* answer = given == application.answers.end() ? nullptr : catalogue::find_answer(question, given->second);
    if (answer) screen.ui.pair(screen.zh_or_en(question.text, question.text_en), screen.zh_or_en(answer->text, answer->text_en), plain);
  }
}

/// What may not be readable is said once more before it goes, with the way back to it.
void doubted_photos(Screen& screen, const app::Draft& draft, const std::vector<const catalogue::Material*>& needed) {
  auto& ui = screen.ui;
  for (const auto* material : needed) {
    const auto count = doubts(draft.paper(material->key));
    if (count == 0) continue;
    auto line = ui.row({.key = material->key, .gap = 8, .wrap = true});
    ui.icon(ui::Icon::Warn, 24, ui::Tone::Warn);
    ui.text(screen.say(Word::ReviewDoubts, {{"material", screen.of_item(material->name)}, {"n", std::to_string(count)}}), {.tone = ui::Tone::Warn, .bold = true});
    if (ui.link("again", screen.say(Word::ReviewRetake), to_path(app::prepare(draft.application.item.text(), Step::Materials, draft.key())),
                {.icon = ui::Icon::Camera, .describe = std::string(screen.say(Word::ReviewRetake)) + " " + std::string(screen.of_item(material->name))}))
      screen.want(intent::LookAtPaper{draft.key(), material->key});
  }
}

void review_materials(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto list = catalogue::needed_materials(item, draft.application.answers);
  block_head(screen, draft, screen.say(Word::ReviewMaterials, "n", static_cast<long long>(list.needed.size())), Step::Materials);
  auto pairs = ui.pairs({.gap = 4});
  for (const auto* material : list.needed) {
    const app::Paper* paper = draft.paper(material->key);
    const bool attached = paper && !paper->photos.empty();
    ui.pair(screen.of_item(material->name), attached ? screen.say(Word::MaterialPhotos, "n", static_cast<long long>(paper->photos.size())) : std::string(screen.say(Word::ReviewBring)), plain);
  }
  doubted_photos(screen, draft, list.needed);
}

void centre_block(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "centre", .gap = 12});
  ui.heading(2, screen.say(Word::ReviewCentre), {.size = ui::TextSize::H3});
  const catalogue::Item* item = screen.catalogue().find(draft.application.item);
  ui.caption(item && is_citywide(*item) ? std::string(screen.say(Word::ReviewCentreCaption)) : screen.say(Word::ReviewCentreAsk, {{"hotline", screen.hotline()}}));
  const auto& chosen = draft.application.received_by;
  const std::string error = chosen.empty() && draft.left.contains(app::fields::centre) ? std::string(screen.say(Word::ReviewCentreRequired)) : std::string();
  if (auto picked = centre_pick(screen, "pick", draft.centre_district, chosen, Word::ReviewCentreDistrict, Word::ReviewCentreName, error)) {
    screen.want(intent::EditField{draft.key(), app::fields::centre_district, picked->district});
    screen.want(intent::EditField{draft.key(), app::fields::centre, picked->centre.text()});
  }
  if (const auto* centre = screen.catalogue().find(chosen)) open_state(screen, *centre, true);
}

void window_note(Screen& screen, const catalogue::Item& item) {
  if (!item.taken_on) return;
  const auto window = catalogue::month_window(item, screen.catalogue().calendar, shanghai_time(screen.model.now).date);
  if (window.taken_today) return;
  screen.ui.banner(ui::Style::Sunk, screen.say(Word::ReviewWindowClosed, {{"from", std::to_string(item.taken_on->from)}, {"until", std::to_string(item.taken_on->until)},
                                                                            {"date", day(screen.say, window.next.date)}}), {}, ui::Icon::Cal);
}

void no_centre_yet(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "centre", .gap = 12});
  ui.heading(2, screen.say(Word::ReviewCentreRequired), {.size = ui::TextSize::H3});
  auto row = ui.row({});
  ui.link("choose", screen.say(Word::ReviewCentreChoose), to_path(app::prepare(item.id.text(), Step::Review, draft.key())),
          {.icon = ui::Icon::Pin, .as_button = true, .kind = ui::ButtonKind::Filled});
}

void submit_card(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "submit", .gap = 12, .selected = true});
  ui.heading(2, screen.say(Word::SubmitTo, {{"centre", centre_name(screen.say, &screen.catalogue(), draft.application.received_by)}}), {.size = ui::TextSize::H3});
  ui.text(screen.say(Word::SubmitCaption), {.tone = ui::Tone::Ink2});
  ui.caption(screen.say(Word::SubmitSealed));
  if (ui.button("submit", screen.say(screen.model.connected() ? Word::SubmitNow : Word::SubmitWhenOnline),
                {.kind = ui::ButtonKind::Filled, .size = ui::ButtonSize::Big, .icon = ui::Icon::Up2}))
    screen.want(intent::SubmitDraft{draft.key()});
}

/// Two ways to hand it in, and the card of the one that is chosen.
void ways(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  const bool connected = screen.model.connected();
  if (!screen.model.carry_until) {
    submit_card(screen, draft);
    if (!connected) ui.caption(screen.say(Word::CarryNoKey));
    return;
  }
  const bool carries = draft.carries.value_or(!connected);
  const std::string until = screen.say(Word::CarryUntil, {{"date", day(screen.say, shanghai_time(*screen.model.carry_until).date)}});
  {
    auto card = ui.card({.key = "how", .gap = 8});
    const ui::Option options[] = {
        {.key = "carry", .label = screen.say(Word::CarryWay), .caption = screen.say(Word::CarryWayCaption), .trailing = ui.roomy() || ui.phone() ? std::string_view{} : std::string_view(until)},
        {.key = "online", .label = screen.say(connected ? Word::SubmitNow : Word::SubmitWhenOnline), .caption = screen.say(Word::SubmitCaption)}};
    if (auto chosen = ui.choice("way", options, carries ? 0 : 1, {.look = ui::Look::Radio, .label = screen.say(Word::SubmitHow)}))
      screen.want(intent::ChooseWay{draft.key(), *chosen == 0});
  }
  if (carries) carry_card(screen, draft);
  else submit_card(screen, draft);
}

void on_paper(Screen& screen) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "paper", .gap = 12});
  ui.caption(screen.say(Word::CarryCaption));
  auto line = ui.row({});
  if (ui.button("print", screen.say(Word::CarryPrint), {.icon = ui::Icon::Print})) screen.want(intent::PrintPage{app::PrintJob::Application});
}

/// What goes to the centre, where there is room to see it once more.
void what_is_sent(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto& form = draft.application;
  auto card = ui.card({.key = "sent", .gap = 14, .divided = true});
  {
    auto part = ui.column({.key = "applicant", .gap = 10});
    block_head(screen, draft, screen.say(Word::ReviewApplicant), Step::Form);
    auto pairs = ui.pairs({.gap = 4});
    person_pairs(screen, form.applicant, true);
    if (form.agent) ui.pair(screen.say(Word::ReviewAgent), form.agent->name, plain);
  }
  auto part = ui.column({.key = "materials", .gap = 10});
  review_materials(screen, draft, item);
}

}  // namespace

void filled_in(Screen& screen, const casework::Application& application, const catalogue::Item* item, bool masked) {
  auto& ui = screen.ui;
  auto pairs = ui.pairs({.gap = 8, .divided = true});
  person_pairs(screen, application.applicant, masked);
  ui.pair(screen.say(Word::ReviewRegistration), place(screen, application.registration, true), plain);
  ui.pair(screen.say(Word::ReviewResidence), place(screen, application.residence, true), plain);
  if (!application.address.empty()) ui.pair(screen.say(Word::ReviewAddress), application.address, plain);
  if (application.agent) {
    ui.pair(screen.say(Word::FieldRelation), application.agent->relation, plain);
    person_pairs(screen, *application.agent, masked);
  }
  if (item) situation_pairs(screen, application, *item);
  if (!application.statement.empty()) ui.pair(screen.say(Word::ReviewStatement), application.statement, plain);
}

void review_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto& form = draft.application;
  ui.heading(1, screen.say(Word::ReviewTitle), {.size = ui::TextSize::H2});
  for (const Error& fault : app::all_faults(draft, screen.catalogue(), screen.model.now)) {
    if (fault.where == app::fields::centre) continue;
    ui.banner(ui::Style::Error, screen.say.english() ? fault.en() : fault.zh(), {}, ui::Icon::Err);
    break;
  }
  auto columns = ui.grid({.gap = 20, .min_column = 400});
  {
    auto card = ui.card({.key = "form", .gap = 14, .divided = true});
    {
      auto part = ui.column({.key = "applicant", .gap = 10});
      block_head(screen, draft, screen.say(Word::ReviewApplicant), Step::Form);
      auto pairs = ui.pairs({.gap = 4});
      person_pairs(screen, form.applicant, true);
      ui.pair(screen.say(Word::ReviewRegistration), place(screen, form.registration, draft.registration_district == app::outside_district), plain);
      ui.pair(screen.say(Word::ReviewResidence), place(screen, form.residence, draft.residence_district == app::outside_district), plain);
      if (!form.address.empty()) ui.pair(screen.say(Word::ReviewAddress), form.address, plain);
    }
    if (form.agent) {
      auto part = ui.column({.key = "agent", .gap = 10});
      block_head(screen, draft, screen.say(Word::ReviewAgent), Step::Form);
      auto pairs = ui.pairs({.gap = 4});
      person_pairs(screen, *form.agent, true);
      ui.pair(screen.say(Word::FieldRelation), form.agent->relation, plain);
    }
    if (!form.answers.empty()) {
      auto part = ui.column({.key = "situation", .gap = 10});
      block_head(screen, draft, screen.say(Word::ReviewSituation), Step::Situation);
      auto pairs = ui.pairs({.gap = 4});
      situation_pairs(screen, form, item);
    }
    auto part = ui.column({.key = "materials", .gap = 10});
    review_materials(screen, draft, item);
  }
  auto right = ui.column({.gap = 20});
  centre_block(screen, draft);
  window_note(screen, item);
}

void submit_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  ui.heading(1, screen.say(Word::SubmitTitle), {.size = ui::TextSize::H2});
  if (!screen.model.connected()) {
    const Word kept = screen.model.carry_until ? Word::SubmitOfflineChoose : Word::SubmitOfflineCaption;
    ui.banner(ui::Style::Sunk, screen.say(Word::SubmitOfflineTitle), screen.say(screen.keeps() ? kept : Word::SubmitOfflineHere), ui::Icon::Nowifi);
  }
  window_note(screen, item);
  auto columns = ui.grid({.gap = 20, .min_column = 400});
  if (ui.wide() && !ui.roomy()) what_is_sent(screen, draft, item);
  auto right = ui.column({.key = "ways", .gap = 16});
  if (draft.application.received_by.empty()) no_centre_yet(screen, draft, item);
  else ways(screen, draft);
  on_paper(screen);
}

void outgoing_step(Screen& screen, const app::OutboxEntry& entry) {
  if (entry.state == app::SendState::Carried) return carried_step(screen, entry);
  auto& ui = screen.ui;
  const SendWords words = send_words(screen, entry);
  ui.heading(1, screen.say(Word::SubmitTitle), {.size = ui::TextSize::H2});
  {
    auto status = ui.box({.key = "state", .role = ui::Role::Status, .gap = 12});
    ui.banner(words.style, words.title, words.caption, words.icon);
  }
  if (entry.state == app::SendState::Files)
    ui.progress(words.title, static_cast<int>(entry.files_done), static_cast<int>(entry.files.size()));
  ui.text(screen.say(Word::SubmitTo, {{"centre", centre_name(screen.say, &screen.catalogue(), entry.centre)}}), {.bold = true});
  auto row = ui.row({.gap = 12, .wrap = true});
  if ((entry.state == app::SendState::Retry || (entry.state == app::SendState::Waiting && screen.model.online)) &&
      ui.button("now", screen.say(Word::SubmitRetryNow), {.kind = ui::ButtonKind::Filled, .icon = ui::Icon::Refresh}))
    screen.want(intent::RetrySending{entry.key()});
  if (entry.state == app::SendState::Refused && ui.button("mend", screen.say(Word::SubmitEditAgain), {.kind = ui::ButtonKind::Filled, .icon = ui::Icon::Edit}))
    screen.want(intent::Revise{entry.key()});
  const bool waits = entry.state == app::SendState::Waiting || entry.state == app::SendState::Retry;
  if (waits && !entry.carried.empty() && ui.button("carry", screen.say(Word::CarryInstead), {.icon = ui::Icon::Qr})) screen.want(intent::GoBy{entry.key(), true});
  ui.link("cases", screen.say(Word::NavCases), "/cases", {.as_button = true});
}

}  // namespace tongban::views
