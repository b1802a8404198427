#include "client/views/form.h"

#include <algorithm>

#include "client/views/chrome.h"
#include "client/views/format.h"
#include "shared/casework/identity.h"
#include "shared/catalogue/eligibility.h"

namespace tongban::views {
namespace {

namespace fields = app::fields;
using Faults = std::vector<Error>;

/// One draft's form while it is drawn.
struct Form {
  Screen& screen;
  const app::Draft& draft;
  Faults faults;

  /// The sentence of a field that was left, or that "next" has looked at.
  std::string fault(const char* field) const {
    if (!draft.left.contains(field)) return {};
    for (const Error& error : faults)
      if (error.where == field) return screen.say.english() ? error.en() : error.zh();
    return {};
  }
  bool good(const char* field, const std::string& value) const {
    return draft.left.contains(field) && !value.empty() && fault(field).empty();
  }
  void edit(const char* field, std::string value) { screen.want(intent::EditField{draft.key(), field, std::move(value)}); }

  void text(const char* field, Word label, const std::string& value, ui::Field look) {
    const std::string error = fault(field);
    look.value = value;
    look.error = error;
    look.good = good(field, value);
    if (auto typed = screen.ui.field(field, screen.say(label), look)) edit(field, *typed);
    if (screen.ui.left_field()) screen.want(intent::LeaveField{draft.key(), field});
  }

  void identity(const char* field, const std::string& value) {
    const std::string counter = screen.say(Word::FieldIdentityCount, "n", static_cast<long long>(value.size()));
    text(field, Word::FieldIdentity, value, {.kind = ui::FieldKind::IdentityNumber, .required = true, .counter = counter});
    if (screen.ui.entered_field()) screen.want(intent::EnterNumber{draft.key(), field});
    const auto read = casework::read_identity(value, shanghai_time(screen.model.now).date);
    if (!read) return;
    screen.ui.caption(screen.say(Word::FieldIdentityReads,
                                 {{"birth", full_day(screen.say, read->birth)},
                                  {"sex", screen.say(read->sex == casework::Sex::Male ? Word::Male : Word::Female)},
                                  {"age", std::to_string(casework::age_on(read->birth, shanghai_time(screen.model.now).date))}}));
  }

  /// A browser fills in whose it is: who sits before it. At a window and where everybody comes it is nobody's.
  std::string_view autofill(bool owner, std::string_view token) const {
    const bool own = !screen.model.public_browser && screen.model.route.page == app::Page::Prepare;
    return owner && own ? token : "off";
  }

  void person(const casework::Person& person, bool owner, const char* name, const char* number, const char* mobile) {
    {
      auto grid = screen.ui.grid({.gap = 20, .min_column = 240});
      text(name, Word::FieldName, person.name, {.kind = ui::FieldKind::Name, .hint = screen.say(Word::FieldNameHint), .required = true, .autocomplete = autofill(owner, "name"), .max_length = 50});
      text(mobile, Word::FieldMobile, person.mobile, {.kind = ui::FieldKind::Mobile, .hint = screen.say(Word::FieldMobileHint), .required = true, .autocomplete = autofill(owner, "tel")});
    }
    auto column = screen.ui.column({.gap = 4});
    identity(number, person.identity_number);
  }

  void place(const char* district_field, Word district_label, const std::string& district, const char* township_field, Word township_label,
             const TownshipCode& township) {
    const auto& catalogue = screen.catalogue();
    auto grid = screen.ui.grid({.gap = 20, .min_column = 240});
    std::vector<ui::Option> districts = {{.key = "", .label = screen.say(Word::OptionChoose)}};
    std::vector<std::string> codes = {""};
    const auto add = [&](const std::string& code, std::string_view name) {
      districts.push_back({.key = code, .label = name});
      codes.push_back(code);
    };
    for (const auto& one : catalogue.districts) add(one.code, screen.zh_or_en(one.name, one.name_en));
    add(app::outside_district, screen.say(Word::OptionOutside));
    const auto at = static_cast<int>(std::find(codes.begin(), codes.end(), district) - codes.begin());
    const std::string error = fault(district_field);
    if (auto chosen = screen.ui.select(district_field, districts, at, {.label = screen.say(district_label), .error = error, .required = true}))
      edit(district_field, codes[static_cast<std::size_t>(*chosen)]);
    if (district.empty() || district == app::outside_district) return;
    townships(township_field, township_label, district, township);
  }

  void townships(const char* field, Word label, const std::string& district, const TownshipCode& township) {
    std::vector<ui::Option> options = {{.key = "", .label = screen.say(Word::OptionChoose)}};
    std::vector<std::string> codes = {""};
    int at = 0;
    std::vector<std::string> names;   // what the options point into
    names.reserve(screen.catalogue().townships.size());
    for (const auto& one : screen.catalogue().townships) {
      if (one.district != district || !one.in_2023) continue;
      if (one.code == township) at = static_cast<int>(codes.size());
      options.push_back({.key = one.code.text(), .label = names.emplace_back(to_choose(screen.say, one.name, one.name_en))});
      codes.push_back(one.code.text());
    }
    const std::string error = fault(field);
    if (auto chosen = screen.ui.select(field, options, at, {.label = screen.say(label), .error = error, .required = true}))
      edit(field, codes[static_cast<std::size_t>(*chosen)]);
  }
};

void decided_at(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  if (item.mode != catalogue::Mode::AcceptSeparate) return;
  const auto centre = catalogue::deciding_centre(item, {draft.application.registration, draft.application.residence}, screen.catalogue());
  auto row = screen.ui.row({.gap = 8});
  screen.ui.icon(ui::Icon::Split, 24, ui::Tone::Accent);
  if (centre) screen.ui.text(screen.say(Word::DecidedAtNote, {{"centre", centre_name(screen.say, &screen.catalogue(), *centre)}}), {.tone = ui::Tone::Ink2});
  else screen.ui.text(screen.say(Word::DecidedUnknownNote), {.tone = ui::Tone::Ink2});
}

void same_place(Screen& screen, const app::Draft& draft) {
  const auto& form = draft.application;
  if (draft.registration_district.empty() || (draft.registration_district == draft.residence_district && form.registration == form.residence)) return;
  auto row = screen.ui.row({});
  if (!screen.ui.button("same", screen.say(Word::FieldSame), {.size = ui::ButtonSize::Small})) return;
  screen.want(intent::EditField{draft.key(), fields::residence_district, draft.registration_district});
  screen.want(intent::EditField{draft.key(), fields::residence, form.registration.text()});
}

void acting(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const bool asked = catalogue::find_question(item, "who") != nullptr;
  if (!asked && item.delegation != catalogue::Delegation::NotAccepted) {
    const ui::Option options[] = {{.key = "self", .label = screen.say(Word::ActingSelf)}, {.key = "other", .label = screen.say(Word::ActingOther)}};
    if (auto chosen = ui.choice("acting", options, draft.for_other() ? 1 : 0, {.label = screen.say(Word::FieldActing), .width = ui.phone() ? 0.f : 360.f}))
      screen.want(intent::SetActing{draft.key(), *chosen == 1});
  }
}

/// A card as lines and a head, so that one knows which number is meant.
void drawn_card(Screen& screen) {
  auto& ui = screen.ui;
  auto card = ui.row({.gap = 16, .align = ui::Align::Center});
  {
    auto lines = ui.column({.gap = 10, .grow = 1});
    for (const float width : {64.f, 96.f, 150.f}) auto line = ui.box({.width = width, .height = 8, .style = ui::Style::Sunk});
  }
  auto head = ui.column({.align = ui::Align::Center, .justify = ui::Justify::Center, .width = 62, .height = 70, .style = ui::Style::Sunk});
  ui.icon(ui::Icon::Person, 40, ui::Tone::Ink3);
}

}  // namespace

void form_fields(Screen& screen, const app::Draft& draft, const catalogue::Item& item, int first_level) {
  auto& ui = screen.ui;
  Form form{screen, draft, app::form_faults(draft, screen.catalogue(), screen.model.now)};
  const auto& application = draft.application;
  {
    auto part = ui.column({.key = "applicant", .role = ui::Role::Section, .label = screen.say(Word::FormTitle), .gap = 16});
    ui.heading(first_level, screen.say(draft.for_other() ? Word::FormTitleFor : Word::FormTitle), {.size = ui::TextSize::H2});
    acting(screen, draft, item);
    form.person(application.applicant, !draft.for_other(), fields::name, fields::identity, fields::mobile);
  }
  {
    auto part = ui.column({.key = "places", .role = ui::Role::Section, .label = screen.say(Word::FormPlaceTitle), .gap = 16});
    ui.heading(2, screen.say(Word::FormPlaceTitle));
    form.place(fields::registration_district, Word::FieldRegistrationDistrict, draft.registration_district, fields::registration,
               Word::FieldRegistrationTownship, application.registration);
    same_place(screen, draft);
    form.place(fields::residence_district, Word::FieldResidenceDistrict, draft.residence_district, fields::residence,
               Word::FieldResidenceTownship, application.residence);
    decided_at(screen, draft, item);
    form.text(fields::address, Word::FieldAddress, application.address,
              {.hint = screen.say(Word::FieldAddressHint), .autocomplete = form.autofill(!draft.for_other(), "address-line1"), .max_length = 100});
  }
  if (application.agent) {
    auto part = ui.column({.key = "agent", .role = ui::Role::Section, .label = screen.say(Word::FormAgentTitle), .gap = 16});
    ui.heading(2, screen.say(Word::FormAgentTitle));
    form.text(fields::relation, Word::FieldRelation, application.agent->relation, {.hint = screen.say(Word::FieldRelationHint), .required = true, .max_length = 20});
    form.person(*application.agent, true, fields::agent_name, fields::agent_identity, fields::agent_mobile);
  }
  auto part = ui.column({.key = "statement", .role = ui::Role::Section, .label = screen.say(Word::FormStatementTitle), .gap = 16});
  ui.heading(2, screen.say(Word::FormStatementTitle));
  form.text(fields::statement, Word::FieldStatement, application.statement,
            {.kind = ui::FieldKind::Multiline, .hint = screen.say(Word::FieldStatementHint), .max_length = 500, .rows = 3});
}

void form_side(Screen& screen, const app::Draft& draft) {
  auto& ui = screen.ui;
  const bool agent = draft.for_other() && draft.keypad == fields::agent_identity;
  const char* field = agent ? fields::agent_identity : fields::identity;
  const std::string& number = agent ? draft.application.agent->identity_number : draft.application.applicant.identity_number;
  auto side = ui.column({.key = "side", .role = ui::Role::Group, .label = screen.say(Word::KeypadLabel), .gap = 12});
  {
    auto card = ui.column({.gap = 12, .pad = 16, .style = ui::Style::Card});
    drawn_card(screen);
    {
      auto row = ui.row({.gap = 12});
      ui.text(screen.say(Word::KeypadFor, {{"name", screen.say(agent ? Word::ReviewAgent : Word::ReviewApplicant)}}), {.bold = true});
    }
    ui.tag(screen.say(Word::KeypadHere), ui::Style::Tint);
  }
  if (auto key = ui.keypad("keypad")) {
    std::string typed = number;
    if (*key == '\b') {
      if (!typed.empty()) typed.pop_back();
    } else if (typed.size() < 18) {
      typed += *key;
    }
    screen.want(intent::EditField{draft.key(), field, typed});
  }
}

std::optional<CentrePick> centre_pick(Screen& screen, std::string_view key, const std::string& district, const CentreId& selected, Word district_label,
                                      Word centre_label, std::string_view error) {
  auto& ui = screen.ui;
  const auto& catalogue = screen.catalogue();
  std::optional<CentrePick> picked;
  const catalogue::Centre* now = catalogue.find(selected);
  const std::string shown = !district.empty() || !now ? district : now->district;
  auto grid = ui.grid({.key = key, .gap = 16, .min_column = 220});
  std::vector<ui::Option> options = {{.key = "", .label = screen.say(Word::OptionChoose)}};
  int at = 0;
  for (const auto& one : catalogue.districts) {
    if (one.code == shown) at = static_cast<int>(options.size());
    options.push_back({.key = one.code, .label = screen.zh_or_en(one.name, one.name_en)});
  }
  if (auto chosen = ui.select("district", options, at, {.label = screen.say(district_label), .error = shown.empty() ? error : std::string_view{}, .required = true}))
    picked = CentrePick{std::string(options[static_cast<std::size_t>(*chosen)].key), {}};
  if (shown.empty()) return picked;
  std::vector<ui::Option> centres = {{.key = "", .label = screen.say(Word::OptionChoose)}};
  std::vector<const catalogue::Centre*> list = {nullptr};
  std::vector<std::string> names;   // what the options point into
  names.reserve(catalogue.centres.size());
  at = 0;
  for (const auto& one : catalogue.centres) {
    if (one.district != shown) continue;
    if (one.id == selected) at = static_cast<int>(list.size());
    centres.push_back({.key = one.id.text(), .label = names.emplace_back(to_choose(screen.say, one.short_name.empty() ? one.name : one.short_name, one.name_en))});
    list.push_back(&one);
  }
  if (auto chosen = ui.select("centre", centres, at, {.label = screen.say(centre_label), .error = error, .required = true})) {
    const auto* centre = list[static_cast<std::size_t>(*chosen)];
    picked = CentrePick{shown, centre ? centre->id : CentreId()};
  }
  return picked;
}

}  // namespace tongban::views
