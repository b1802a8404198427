// One guide: who may apply, how it goes, the questions, and exactly the papers that are left.
#include "client/views/chrome.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "shared/catalogue/eligibility.h"
#include "shared/catalogue/month_window.h"

namespace tongban::views {
namespace {

const app::GuideNotes& notes_of(const Screen& screen, const catalogue::Item& item) {
  static const app::GuideNotes none;
  const app::GuideNotes* notes = screen.model.guide(item.id);
  return notes ? *notes : none;
}

const app::Draft* open_draft(const Screen& screen, const catalogue::Item& item) {
  for (const auto& draft : screen.model.drafts)
    if (draft.application.item == item.id) return &draft;
  return nullptr;
}

bool takes(const Screen& screen, const catalogue::Item& item) {
  return screen.timeless() || catalogue::in_force(item, shanghai_time(screen.model.now).date).has_value();
}

void prepare_link(Screen& screen, const catalogue::Item& item, ui::ButtonSize size, float grow) {
  const app::Draft* draft = open_draft(screen, item);
  const auto label = screen.say(draft ? Word::GuideContinue : Word::GuidePrepare);
  const auto route = to_path(draft ? app::prepare(item.id.text(), draft->step, draft->key()) : app::prepare(item.id.text(), app::Step::Situation, {}));
  if (takes(screen, item))
    screen.ui.link("prepare", label, route, {.icon = ui::Icon::Edit, .as_button = true, .kind = ui::ButtonKind::Filled, .button_size = size, .grow = grow});
  else
    screen.ui.button("prepare", label, {.kind = ui::ButtonKind::Filled, .size = size, .disabled_because = screen.say(Word::GuideNotInForce), .grow = grow});
}

void print_button(Screen& screen, Word label, const ui::Button& look) {
  if (screen.timeless()) return;
  if (screen.ui.button("print", screen.say(label), look)) screen.want(intent::PrintPage{app::PrintJob::Checklist});
}

/// Beside the main action, as long as its word needn't break.
bool print_in_bar(const ui::Ui& ui) { return ui.ems() >= 12; }
bool code_in_bar(const ui::Ui& ui) { return ui.ems() >= (ui.english() ? 24 : 20); }

void code_button(Screen& screen, Word label, const ui::Button& look) {
  if (screen.timeless()) return;
  if (screen.ui.button("code", screen.say(label), look)) screen.want(intent::Ask{app::Question::GuideCode});
}

std::string address(const Screen& screen, const catalogue::Item& item) {
  return to_path(app::item_with(item.id.text(), notes_of(screen, item)));
}

void tags(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  auto row = ui.row({.gap = 8, .wrap = true});
  ui.tag(screen.of_item(item.line));
  mode_tag(screen, item.mode);
  if (item.citywide_from) ui.tag(screen.say(Word::CitywideFrom, {{"date", full_day(screen.say, *item.citywide_from)}}));
  else if (item.citywide_stated) ui.tag(screen.say(Word::CitywideTag));
  if (item.audience == catalogue::Audience::PermitHolderToo) ui.tag(screen.say(Word::PermitTag), ui::Style::Outlined, ui::Icon::Idcard);
  if (item.audience == catalogue::Audience::RegisteredOnly) ui.tag(screen.say(Word::RegisteredTag), ui::Style::Outlined);
}

void who(Screen& screen, const catalogue::Item& item) {
  screen.ui.rich({{.text = screen.say(Word::GuideWho), .bold = true},
                  {.text = item.conditions.empty() ? std::string_view(screen.unpublished()) : screen.of_item(item.conditions), .tone = ui::Tone::Ink2}});
  if (item.audience == catalogue::Audience::NotStated) screen.ui.caption(screen.say(Word::GuideAudienceUnknown));
}

std::string trips(const Screen& screen, const catalogue::Item& item) {
  return std::string(screen.say(one_trip(item) ? Word::GuideTripsOne : Word::GuideTripsAtWindow));
}

void facts_pairs(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  auto pairs = ui.pairs({.label = screen.say(Word::GuideFactsLabel), .gap = 12, .divided = true});
  ui.pair(screen.say(Word::GuideTrips), trips(screen, item));
  // Beside the process there is no room for the telephone number, and the hotline stands below.
  const bool narrow = ui.wide() && !ui.roomy() && !ui.flowing();
  const auto fact = [&](std::string text) { return narrow && text == screen.unpublished() ? std::string(screen.say(Word::NotPublished)) : text; };
  ui.pair(screen.say(Word::GuideWait), fact(wait_text(screen, item)));
  ui.pair(screen.say(Word::GuideFee), fact(fee_text(screen, item)));
}

/// How wide a few words are, in characters of Chinese.
float characters(std::string_view words) {
  float sum = 0;
  for (const char c : words) sum += static_cast<unsigned char>(c) < 0x80 ? 0.6f : 1.f / 3;
  return sum;
}

/// On a phone the three facts stand side by side, as long as that needs one line.
bool facts_strip(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  constexpr float h3 = 20, pad = 16, lines = 4;
  if (!ui.phone() || ui.flowing() || ui.type_size() != ui::TypeSize::Normal || screen.say.english()) return false;
  const auto fact = [&](std::string text) { return text == screen.unpublished() ? std::string(screen.say(Word::NotPublished)) : text; };
  struct Fact { const char* key; Word name; std::string value; };
  const Fact facts[] = {{"trips", Word::GuideTrips, trips(screen, item)}, {"wait", Word::GuideWait, fact(wait_text(screen, item))}, {"fee", Word::GuideFee, fact(fee_text(screen, item))}};
  float wide = 2 * ui.margin().left + lines;
  for (const Fact& one : facts) wide += characters(one.value) * h3 + 2 * pad;
  if (wide > ui.width()) return false;
  auto strip = ui.box({.key = "facts", .role = ui::Role::List, .label = screen.say(Word::GuideFactsLabel), .axis = ui::Axis::Row, .style = ui::Style::Card, .divided = true});
  for (const Fact& one : facts) {
    auto cell = ui.item(one.key, {.gap = 2, .pad = pad, .grow = 1});
    ui.caption(screen.say(one.name));
    ui.text(one.value, {.size = ui::TextSize::H3, .bold = true});
  }
  return true;
}

void warnings(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const Date today = shanghai_time(screen.model.now).date;
  if (const auto in_force = catalogue::in_force(item, today); !screen.timeless() && !in_force)
    ui.banner(ui::Style::Warn, screen.say.english() ? in_force.error().en() : in_force.error().zh(), {}, ui::Icon::Warn);
  if (item.delegation == catalogue::Delegation::NotAccepted) ui.banner(ui::Style::Tint, screen.say(Word::GuideNoDelegate), {}, ui::Icon::Person);
  if (!item.taken_on) return;
  const auto window = catalogue::month_window(item, screen.catalogue().calendar, today);
  const std::string rule = screen.say(Word::GuideWindowDays, {{"from", std::to_string(item.taken_on->from)}, {"until", std::to_string(item.taken_on->until)}});
  if (screen.timeless() || window.taken_today) return ui.banner(ui::Style::Sunk, rule, {}, ui::Icon::Cal);
  std::string next = screen.say(Word::GuideWindowNext, {{"date", day(screen.say, window.next.date)}});
  if (window.next.provisional) next += std::string(screen.say(Word::Comma)) + std::string(screen.say(Word::GuideProvisional));
  ui.banner(ui::Style::Sunk, next, rule, ui::Icon::Cal);
}

void process(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  std::vector<std::string> keep;
  const auto nodes = process_nodes(screen, item, keep);
  auto card = ui.card({.key = "process", .gap = 16});
  ui.heading(2, screen.say(process_title(item.mode)), {.size = ui::TextSize::H3});
  const bool down = ui.phone() || ui.roomy() || (screen.say.english() && ui.ems() < 50);   // its words are longer than a column
  ui.process(screen.say(Word::GuideProcessLabel), nodes, down ? ui::Axis::Column : ui::Axis::Row);
}

void ask(Screen& screen, const catalogue::Item& item, const app::GuideNotes& notes) {
  if (item.questions.empty()) return;
  auto& ui = screen.ui;
  auto card = ui.card({.key = "questions", .gap = 16});
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Baseline, .wrap = true});
    ui.heading(2, screen.say(Word::GuideQuestions, "n", static_cast<long long>(item.questions.size())), {.size = ui::TextSize::H3});
    ui.caption(screen.say(Word::GuideQuestionsCaption));
  }
  auto grid = ui.grid({.gap = 20, .min_column = 248});
  questions(screen, item, notes.answers, {}, [&](const std::string& question, const std::string& answer) {
    screen.want(intent::AnswerGuide{item.id, question, answer});
  });
}

void material_check(Screen& screen, const catalogue::Item& item, const app::GuideNotes& notes, const catalogue::Material& material, bool maybe) {
  const bool ticked = notes.ticked.contains(material.key);
  const std::string caption = maybe ? std::string(screen.say(Word::GuideMaybeCaption)) : material_caption(screen, item, material, notes.answers);
  if (screen.ui.check(material.key, screen.of_item(material.name), {.checked = ticked, .original = screen.original(material.name), .caption = caption}))
    screen.want(intent::TickGuide{item.id, material.key, !ticked});
}

void materials(Screen& screen, const catalogue::Item& item, const app::GuideNotes& notes) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "materials", .gap = 12});
  if (item.materials.empty()) {
    ui.heading(2, screen.say(Word::GuideMaterialsNone), {.size = ui::TextSize::H3});
    return ui.text(screen.unpublished(), {.tone = ui::Tone::Ink2});
  }
  const auto list = catalogue::needed_materials(item, notes.answers);
  {
    auto head = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
    ui.heading(2, screen.say(materials_title(list), "n", static_cast<long long>(list.needed.size())),
               {.size = ui::TextSize::H3, .grow = 1});
    if (!list.not_needed.empty())
      ui.tag(screen.say(ui.phone() ? Word::GuideTakenAwayShort : Word::GuideTakenAway, "n", static_cast<long long>(list.not_needed.size())), ui::Style::Tint);
  }
  const float column = ui.desktop() ? 340.f : 0.f;
  {
    auto grid = ui.box({.key = "needed", .role = ui::Role::List, .label = screen.say(Word::StepMaterials), .axis = column > 0 ? ui::Axis::Grid : ui::Axis::Column, .gap = 0,
                        .min_column = column, .divided = true});
    for (const auto* material : list.needed) {
      auto row = ui.item(material->key, {.pad = {2, 0}});
      material_check(screen, item, notes, *material, false);
    }
  }
  if (list.undecided.empty()) return;
  ui.text(screen.say(Word::GuideMaybe, "n", static_cast<long long>(list.undecided.size())), {.tone = ui::Tone::Ink2});
  auto grid = ui.box({.key = "maybe", .role = ui::Role::List, .label = screen.say(Word::GuideMaybeCaption), .axis = column > 0 ? ui::Axis::Grid : ui::Axis::Column,
                      .min_column = column, .divided = true});
  for (const auto* material : list.undecided) {
    auto row = ui.item(material->key, {.pad = {2, 0}});
    material_check(screen, item, notes, *material, true);
  }
}

void detail(Screen& screen, Word label, std::string_view value) {
  if (value.empty()) return;
  auto part = screen.ui.column({.gap = 2});
  screen.ui.caption(screen.say(label));
  screen.ui.text(value);
}

std::string joined(const std::vector<std::string>& parts, std::string_view comma) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? std::string() : std::string(comma)) + part;
  return out;
}

void details(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  auto more = ui.disclosure("details", screen.say(Word::GuideDetails), ui.flowing());
  if (!more.open()) return;
  auto card = ui.card({.gap = 16});
  const auto comma = screen.say(Word::ListComma);
  const std::string unpublished = screen.unpublished();
  detail(screen, Word::GuideDepartment, screen.of_item(item.department));
  detail(screen, Word::GuideLimitNote, screen.of_item(item.limit));
  detail(screen, Word::GuideResult, screen.of_item(item.result));
  detail(screen, Word::GuideNotes, screen.of_item(item.notes));
  detail(screen, Word::GuideModeBasis, screen.of_item(item.mode_note));
  detail(screen, Word::GuideBasis, item.basis.empty() ? std::string_view(unpublished) : screen.of_item(item.basis));
  detail(screen, Word::GuideCode, item.codes.empty() ? unpublished : joined(item.codes, comma));
  detail(screen, Word::GuideSource, joined(item.sources, comma));
  detail(screen, Word::GuideEdition, screen.of_item(item.edition));
}

void where(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Centre* centre = screen.model.preferred();
  const std::string route = centre ? to_path(app::with_id(app::Page::Centre, centre->id.text())) : std::string("/centres");
  auto tile = ui.tile("where", {.route = route, .box = {.gap = 4, .pad = 20, .style = ui::Style::Card}});
  if (!centre) {
    ui.text(screen.say(Word::GuideWhere), {.size = ui::TextSize::H3, .bold = true});
    return ui.caption(screen.say(Word::HomeChooseCentreCaption));
  }
  open_state(screen, *centre, true);
  ui.text(centre_name(screen.say, *centre), {.size = ui::TextSize::H3, .bold = true});
}

/// On an English page the Chinese name stays, to be shown at the window.
void item_title(Screen& screen, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto chinese = screen.original(item.name);
  if (chinese.empty()) return ui.heading(1, item.name);
  auto title = ui.column({.gap = 2});
  ui.heading(1, screen.of_item(item.name));
  ui.text(chinese, {.tone = ui::Tone::Ink2});
}

void translation_note(Screen& screen) {
  if (screen.say.english()) screen.ui.caption(screen.say(Word::GuideTranslated));
}

void phone_guide(Screen& screen, const catalogue::Item& item, const app::GuideNotes& notes) {
  auto& ui = screen.ui;
  auto column = ui.column({.gap = 16, .pad = page_pad(screen)});
  item_title(screen, item);
  who(screen, item);
  tags(screen, item);
  warnings(screen, item);
  if (!facts_strip(screen, item)) {
    auto card = ui.card({.key = "facts"});
    facts_pairs(screen, item);
  }
  process(screen, item);
  ask(screen, item, notes);
  materials(screen, item, notes);
  {
    auto row = ui.row({.gap = 8, .wrap = true});
    if (!print_in_bar(ui)) print_button(screen, Word::GuidePrint, {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Print});
    if (!code_in_bar(ui)) code_button(screen, Word::GuideQrShort, {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Qr});
    keep_button(screen, app::PrintJob::Checklist, screen.of_item(item.name), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Inbox});
    share_button(screen, screen.of_item(item.name), address(screen, item), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Up2});
  }
  where(screen);
  details(screen, item);
  translation_note(screen);
  hotline_line(screen);
}

void wide_guide(Screen& screen, const catalogue::Item& item, const app::GuideNotes& notes) {
  auto& ui = screen.ui;
  auto body = ui.column({.gap = 12, .pad = page_pad(screen)});
  {
    const bool crowded = screen.say.english() && ui.ems() < 48;   // then the pills go below the title
    auto head = ui.row({.gap = 16, .align = ui::Align::Start, .wrap = crowded});
    if (ui.desktop()) back_button(screen);
    {
      auto title = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true, .grow = 1});
      item_title(screen, item);
      tags(screen, item);
    }
    if (ui.desktop()) pills(screen);
  }
  auto columns = ui.row({.gap = 32, .align = ui::Align::Start});
  {
    auto left = ui.column({.gap = 12, .grow = 1});
    who(screen, item);
    warnings(screen, item);
    process(screen, item);
    ask(screen, item, notes);
    materials(screen, item, notes);
    details(screen, item);
    translation_note(screen);
  }
  auto right = ui.column({.gap = 14, .width = 296});
  {
    auto card = ui.card({.key = "facts", .gap = 20});
    facts_pairs(screen, item);
    auto actions = ui.column({.gap = 12});
    prepare_link(screen, item, ui::ButtonSize::Big, 0);
    print_button(screen, Word::GuidePrint, {.icon = ui::Icon::Print});
    code_button(screen, Word::GuideQr, {.icon = ui::Icon::Qr});
    auto elsewhere = ui.row({.gap = 4, .justify = ui::Justify::Between, .wrap = true});
    keep_button(screen, app::PrintJob::Checklist, screen.of_item(item.name), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Inbox});
    share_button(screen, screen.of_item(item.name), address(screen, item), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Up2});
  }
  where(screen);
  hotline_line(screen);
}

}  // namespace

void guide(Screen& screen) {
  auto& ui = screen.ui;
  const catalogue::Item* item = screen.model.item();
  const std::string route = to_path(screen.model.route);
  auto page = open_page(screen, {.title = item ? screen.of_item(item->name) : screen.say(Word::GuideTitle), .route = route,
                                 .bar_title = screen.say(Word::GuideTitle), .back = true});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    if (!item) {
      auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
      plain_head(screen, Word::GuideTitle);
      if (!no_catalogue(screen)) {
        ui.empty(ui::Icon::Doc, screen.say(Word::GuideUnknownItem), screen.say(Word::GuideUnknownItemCaption));
        ui.link("items", screen.say(Word::NavItems), "/items", {.as_button = true});
      }
    } else if (ui.phone() || ui.roomy()) {
      phone_guide(screen, *item, notes_of(screen, *item));
    } else {
      wide_guide(screen, *item, notes_of(screen, *item));
    }
  }
  if (item && (ui.phone() || ui.roomy())) {
    auto bottom = ui.region(ui::Region::Bottom);
    auto bar = ui.row({.gap = 12, .pad = {12, ui.margin().right, 12, ui.margin().left}, .align = ui::Align::Center, .min_height = 84});
    if (print_in_bar(ui)) print_button(screen, Word::GuidePrintShort, {.kind = ui::ButtonKind::Stacked, .icon = ui::Icon::Print});
    if (code_in_bar(ui)) code_button(screen, Word::GuideQrShort, {.kind = ui::ButtonKind::Stacked, .icon = ui::Icon::Qr});
    prepare_link(screen, *item, ui::ButtonSize::Big, 1);
  } else {
    tabs(screen);
  }
  over(screen);
}

}  // namespace tongban::views
