// The window's sheet of one case: what the resident filled in, the papers with a verdict each, and the verbs that
// may be done now.
#include <algorithm>

#include "client/views/chrome.h"
#include "client/views/form.h"
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/prepare.h"
#include "client/views/staff_parts.h"
#include "client/views/timeline.h"

namespace tongban::views {
namespace {

using casework::Verb;
using casework::Verdict;
using Which = intent::FormText::Which;

/// The sheet while it is drawn.
struct Sheet {
  Screen& screen;
  const app::StaffCase& open;
  const casework::CaseView& view;
  const catalogue::Item* item;

  bool may(Verb verb) const { return std::find(view.verbs.begin(), view.verbs.end(), verb) != view.verbs.end(); }
  /// The window may take in a case that lies before it and go on in one move.
  bool may_check() const { return may(Verb::Check) || may(Verb::Receive); }
  const casework::MaterialVerdict* verdict(const std::string& material) const {
    const auto found = open.verdicts.find(material);
    return found == open.verdicts.end() ? nullptr : &found->second;
  }
};

struct Counts {
  int fine = 0, missing = 0, open = 0, unexplained = 0;
};

Counts count(const Sheet& sheet) {
  Counts counts;
  for (const auto& material : sheet.view.materials) {
    const auto* verdict = sheet.verdict(material.material);
    if (!verdict) ++counts.open;
    else if (verdict->verdict == Verdict::Fine) ++counts.fine;
    else ++counts.missing, counts.unexplained += verdict->reason.empty() ? 1 : 0;
  }
  return counts;
}

std::string material_name(const Sheet& sheet, const std::string& key) {
  if (sheet.item)
    for (const auto& material : sheet.item->materials)
      if (material.key == key) return std::string(sheet.screen.of_item(material.name));
  return key;
}

void filled(Sheet& sheet) {
  auto& ui = sheet.screen.ui;
  auto card = ui.card({.key = "filled", .gap = 12});
  ui.heading(2, sheet.screen.say(Word::StaffFilled));
  if (sheet.view.application) filled_in(sheet.screen, *sheet.view.application, sheet.item, false);
  else ui.text(sheet.view.applicant);
}

void history(Sheet& sheet) {
  auto& ui = sheet.screen.ui;
  auto more = ui.disclosure("history", sheet.screen.say(Word::StaffHistory));
  if (!more.open()) return;
  auto card = ui.card();
  std::vector<std::string> keep;
  ui.process(sheet.screen.say(Word::StaffHistory), timeline(sheet.screen, sheet.view, keep), ui::Axis::Column);
}

void attachment(Sheet& sheet) {
  auto& ui = sheet.screen.ui;
  const Screen& screen = sheet.screen;
  auto card = ui.card({.key = "attachments", .gap = 12});
  const casework::Attachment* shown = nullptr;
  std::string name;
  {
    auto list = ui.row({.role = ui::Role::List, .label = screen.say(Word::ReviewAttached), .gap = 8, .wrap = true});
    for (const auto& material : sheet.view.materials) {
      int number = 0;
      for (const auto& file : material.attachments) {
        const std::string digest = to_hex(file.digest);
        const std::string label = screen.say(Word::StaffAttachmentOf, {{"name", material_name(sheet, material.material)}, {"n", std::to_string(++number)}});
        const bool on = sheet.open.shown == digest;
        if (on || (sheet.open.shown.empty() && !shown)) {
          shown = &file;
          name = label;
        }
        if (ui.button(digest, label, {.kind = on ? ui::ButtonKind::Strong : ui::ButtonKind::Outlined, .size = ui::ButtonSize::Small, .pressed = on ? 1 : 0}))
          sheet.screen.want(intent::ShowAttachment{digest});
      }
    }
  }
  if (!shown) return ui.empty(ui::Icon::Doc, screen.say(Word::StaffNoAttachment));
  const std::string path = sheet.open.address_of(*shown);
  if (const auto why = sheet.open.unseen.find(path); why != sheet.open.unseen.end())
    return ui.banner(ui::Style::Warn, screen.zh_or_en(why->second.zh, why->second.en), name, ui::Icon::Warn);
  if (shown->media_type != "application/pdf") ui.image("picture", name, path, 440, 440);
  ui.link("open", screen.say(Word::StaffOpenFile), path, {.icon = ui::Icon::Doc});
}

void verdict_row(Sheet& sheet, const casework::MaterialState& material) {
  auto& ui = sheet.screen.ui;
  const Screen& screen = sheet.screen;
  const auto* verdict = sheet.verdict(material.material);
  const bool missing = verdict && verdict->verdict == Verdict::Missing;
  auto row = ui.item(material.material, {.gap = 8, .pad = {10, 16}, .style = missing ? ui::Style::Error : ui::Style::None});
  {
    auto line = ui.row({.gap = 12, .align = ui::Align::Center});
    {
      auto words = ui.column({.gap = 2, .grow = 1});
      ui.text(material_name(sheet, material.material), {.bold = true});
      ui.caption(material.attachments.empty() ? std::string(screen.say(Word::StaffSeeOriginal))
                                              : screen.say(Word::StaffAttachedCount, "n", static_cast<long long>(material.attachments.size())));
    }
    if (sheet.may_check() || sheet.may(Verb::Return)) {
      const ui::Option options[] = {{.key = "fine", .label = screen.say(Word::StaffFine)}, {.key = "missing", .label = screen.say(Word::StaffMissing)}};
      const std::string label = material_name(sheet, material.material);
      if (auto chosen = ui.choice("verdict", options, verdict ? (missing ? 1 : 0) : -1, {.label = label, .label_hidden = true, .error_option = 1, .width = 144, .small = true}))
        sheet.screen.want(intent::Mark{material.material, *chosen == 1 ? Verdict::Missing : Verdict::Fine});
    } else if (verdict) {
      ui.tag(screen.say(missing ? Word::StaffMissing : Word::StaffFine), missing ? ui::Style::Error : ui::Style::Tint);
    }
  }
  if (!missing) return;
  if (!sheet.may_check() && !sheet.may(Verb::Return)) return ui.text(verdict->reason, {.tone = ui::Tone::Error});
  if (auto reason = ui.field("reason", screen.say(Word::StaffReason), {.value = verdict->reason, .hint = screen.say(Word::StaffReasonHint), .max_length = 200}))
    sheet.screen.want(intent::MarkReason{material.material, *reason});
}

void papers(Sheet& sheet, const Counts& counts) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  auto card = ui.column({.key = "papers", .style = ui::Style::Card});
  {
    auto head = ui.row({.gap = 12, .pad = {14, 16}, .align = ui::Align::Baseline, .wrap = true});
    ui.heading(2, say(Word::StaffMaterials, "n", static_cast<long long>(sheet.view.materials.size())), {.grow = 1});
    ui.caption(say(Word::StaffMaterialsCount, {{"fine", std::to_string(counts.fine)}, {"missing", std::to_string(counts.missing)}, {"open", std::to_string(counts.open)}}));
  }
  auto list = ui.list(say(Word::StepMaterials), {.divided = true});
  for (const auto& material : sheet.view.materials) verdict_row(sheet, material);
}

void text_of(Sheet& sheet, std::string_view key, Word label, const std::string& value, Which which, bool required, bool lines = true) {
  if (auto typed = sheet.screen.ui.field(key, sheet.screen.say(label), {.value = value, .kind = lines ? ui::FieldKind::Multiline : ui::FieldKind::Text, .required = required, .max_length = 500, .rows = 2}))
    sheet.screen.want(intent::FormText{which, *typed});
}

void do_button(Sheet& sheet, std::string_view key, std::string_view label, Verb verb, ui::ButtonKind kind, std::string_view blocked = {}) {
  const bool offline = !sheet.screen.model.online;
  const auto why = offline ? sheet.screen.say(Word::StaffBlockedOffline) : blocked;
  if (sheet.screen.ui.button(key, label, {.kind = kind, .size = ui::ButtonSize::Big, .disabled_because = why, .busy = sheet.open.working}))
    sheet.screen.want(intent::Do{verb});
}

std::string asking_words(const Sheet& sheet) {
  return sheet.screen.say(Word::StaffAsking, {{"centre", centre_name(sheet.screen.say, sheet.screen.model.shelf.catalogue, sheet.view.asking)}});
}

/// What keeps the case from being passed on; empty: nothing does.
std::string blocked_by(const Sheet& sheet, const Counts& counts) {
  if (!sheet.view.asking.empty()) return asking_words(sheet);
  if (counts.missing > 0) return std::string(sheet.screen.say(Word::StaffBlockedMissing));
  if (counts.open > 0) return sheet.screen.say(Word::StaffBlockedOpen, "n", counts.open);
  return {};
}

void pick_centre(Sheet& sheet, std::string_view key) {
  if (auto picked = centre_pick(sheet.screen, key, sheet.open.district, sheet.open.to, Word::ReviewCentreDistrict, Word::StaffChooseCentre, {})) {
    sheet.screen.want(intent::FormDistrict{picked->district});
    if (!picked->centre.empty()) sheet.screen.want(intent::FormCentre{picked->centre});
  }
}

Word by_rule(const Sheet& sheet) {
  return sheet.item && sheet.item->decided_by == catalogue::DecidedBy::Residence ? Word::StaffByResidence : Word::StaffByRegistration;
}

void transfer_part(Sheet& sheet, const Counts& counts) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  const bool by_hand = !sheet.open.to.empty() || sheet.view.proposed_decider.empty();
  const CentreId& to = sheet.open.to.empty() ? sheet.view.proposed_decider : sheet.open.to;
  {
    auto card = ui.card({.key = "way", .gap = 8});
    way(sheet.screen, sheet.view.received_by, to, sheet.view.item);
    ui.caption(say(by_hand ? (to.empty() ? Word::StaffChooseCentre : Word::StaffByHand) : by_rule(sheet)));
    ui.caption(say(Word::StaffTransferDay));
    auto more = ui.disclosure("by-hand", say(Word::StaffChooseCentre), to.empty());
    if (more.open()) {
      pick_centre(sheet, "to");
      text_of(sheet, "transfer-reason", Word::StaffTransferReason, sheet.open.reason, Which::Reason, by_hand, false);
    }
  }
  std::string blocked = blocked_by(sheet, counts);
  if (blocked.empty() && to.empty()) blocked = say(Word::StaffChooseCentre);
  if (blocked.empty() && by_hand && sheet.open.reason.empty()) blocked = say(Word::StaffTransferReasonRequired);
  const std::string name = to.empty() ? std::string() : centre_name(say, sheet.screen.model.shelf.catalogue, to);
  const bool first = sheet.view.stage == casework::Stage::Submitted;
  do_button(sheet, "transfer", say(first ? Word::StaffReceiveTransfer : Word::StaffTransferTo, {{"centre", name}}), Verb::Transfer, ui::ButtonKind::Filled, blocked);
}

void return_part(Sheet& sheet, const Counts& counts) {
  if (counts.missing == 0) return;
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  if (auto due = ui.field("due", say(Word::StaffDueDate), {.value = sheet.open.due, .autocomplete = "off", .max_length = 10})) sheet.screen.want(intent::FormText{Which::Due, *due});
  const std::string blocked = counts.unexplained ? std::string(say(Word::StaffReasonRequired)) : counts.open ? say(Word::StaffBlockedOpen, "n", counts.open) : std::string();
  do_button(sheet, "return", say(Word::StaffReturn, "n", counts.missing), Verb::Return, ui::ButtonKind::Strong, blocked);
}

/// At A: receive, check, return or pass on.
void at_window(Sheet& sheet, const Counts& counts) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  return_part(sheet, counts);
  const auto mode = sheet.item ? sheet.item->mode : catalogue::Mode::Unpublished;
  bool transfers = mode == catalogue::Mode::AcceptSeparate || sheet.view.stage == casework::Stage::Misdirected;
  if (mode == catalogue::Mode::Unpublished && !transfers) {
    ui.banner(ui::Style::Sunk, say(Word::StaffUnknownMode), {}, ui::Icon::Info);
    const ui::Option ways[] = {{.key = "here", .label = say(Word::StaffModeHere)}, {.key = "transfer", .label = say(Word::StaffModeTransfer)}};
    if (auto chosen = ui.choice("mode", ways, sheet.open.mode_chosen ? (sheet.open.here ? 0 : 1) : -1, {.label = say(Word::FilterMode), .label_hidden = true}))
      sheet.screen.want(intent::ChooseMode{*chosen == 0});
    transfers = sheet.open.mode_chosen && !sheet.open.here;
  }
  if (transfers) transfer_part(sheet, counts);
  if (sheet.may(Verb::Receive)) do_button(sheet, "receive", say(Word::StaffReceive), Verb::Receive, transfers ? ui::ButtonKind::Outlined : ui::ButtonKind::Filled);
  if (sheet.may_check() && counts.open == 0 && counts.missing == 0 && !transfers && sheet.view.stage != casework::Stage::Checked)
    do_button(sheet, "check", say(Word::StaffCheckSave), Verb::Check, ui::ButtonKind::Outlined);
}

void decide_part(Sheet& sheet) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  const ui::Option outcomes[] = {{.key = "grant", .label = say(Word::StaffGrant)}, {.key = "refuse", .label = say(Word::StaffRefuse)}};
  const int selected = sheet.open.outcome ? (*sheet.open.outcome == casework::Outcome::Granted ? 0 : 1) : -1;
  if (auto chosen = ui.choice("outcome", outcomes, selected, {.label = say(Word::StaffDecide)}))
    sheet.screen.want(intent::FormOutcome{*chosen == 0 ? casework::Outcome::Granted : casework::Outcome::Refused});
  text_of(sheet, "decision", Word::StaffDecisionText, sheet.open.text, Which::Text, true);
  const auto blocked = !sheet.open.outcome ? say(Word::StaffDecide) : sheet.open.text.empty() ? say(Word::StaffDecisionRequired) : std::string_view{};
  do_button(sheet, "decide", say(Word::StaffDecideGo), Verb::Decide, ui::ButtonKind::Filled, blocked);
}

/// At the reviewer's: accept, ask once for what is missing, decide, or say that it belongs elsewhere.
void at_reviewer(Sheet& sheet, const Counts& counts) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  if (sheet.may(Verb::Decide)) decide_part(sheet);
  if (sheet.may(Verb::Accept)) {
    if (sheet.item && sheet.item->mode == catalogue::Mode::OutsideReview) text_of(sheet, "body", Word::StaffOutsideBody, sheet.open.outside_body, Which::Body, false, false);
    if (sheet.item && sheet.item->mode == catalogue::Mode::Unpublished) text_of(sheet, "accept-reason", Word::StaffModeReason, sheet.open.reason, Which::Reason, true, false);
    do_button(sheet, "accept", say(Word::StaffAccept), Verb::Accept, ui::ButtonKind::Filled);
  }
  if (sheet.may(Verb::Return)) return_part(sheet, counts);
  if (!sheet.may(Verb::NotOurs)) return;
  auto more = ui.disclosure("not-ours", say(Word::StaffNotOurs));
  if (!more.open()) return;
  auto card = ui.card({.gap = 12});
  text_of(sheet, "not-ours-reason", Word::StaffNotOursReason, sheet.open.reason, Which::Reason, true);
  ui.caption(say(Word::StaffNotOursTo));
  pick_centre(sheet, "belongs");
  do_button(sheet, "not-ours-go", say(Word::StaffNotOursAsk), Verb::NotOurs, ui::ButtonKind::Danger, sheet.open.reason.empty() ? say(Word::StaffNotOursReason) : std::string_view{});
}

/// While the other centre hasn't got what was sent, or hasn't answered: it goes again by itself, and at once when somebody asks.
void remind_part(Sheet& sheet) {
  const auto& view = sheet.view;
  const bool travels = casework::list_of(view.holder, view.received_by, view.custodian, view.passing_to, view.stage) == casework::WorkList::Travelling;
  if (!travels && view.asking.empty()) return;
  auto& ui = sheet.screen.ui;
  auto row = ui.row({.gap = 12, .wrap = true});
  const bool offline = !sheet.screen.model.online;
  if (ui.button("remind", sheet.screen.say(Word::StaffRemind), {.icon = ui::Icon::Bell, .disabled_because = offline ? sheet.screen.say(Word::StaffBlockedOffline) : std::string_view{}, .busy = sheet.open.working}))
    sheet.screen.want(intent::Remind{});
  if (sheet.open.reminded) ui.caption(sheet.screen.say(Word::StaffReminded), ui::Tone::Accent);
}

void actions(Sheet& sheet, const Counts& counts) {
  auto& ui = sheet.screen.ui;
  const Words say = sheet.screen.say;
  auto column = ui.column({.key = "actions", .gap = 12});
  if (!sheet.open.fault_zh.empty()) ui.banner(ui::Style::Error, sheet.screen.zh_or_en(sheet.open.fault_zh, sheet.open.fault_en), {}, ui::Icon::Err);
  const CentreId& here = sheet.view.holder;
  if (sheet.view.custodian != here && !sheet.view.custodian.empty())
    ui.banner(ui::Style::Sunk, say(Word::StaffBlockedCustody, {{"centre", centre_name(say, sheet.screen.model.shelf.catalogue, sheet.view.custodian)}}), {}, ui::Icon::Swap);
  if (!sheet.view.asking.empty()) ui.banner(ui::Style::Sunk, asking_words(sheet), {}, ui::Icon::Clock);
  remind_part(sheet);
  const bool window = sheet.may_check() || sheet.may(Verb::Transfer);
  if (window) at_window(sheet, counts);
  if (sheet.may(Verb::Accept) || sheet.may(Verb::Decide) || sheet.may(Verb::NotOurs) || (!window && sheet.may(Verb::Return))) at_reviewer(sheet, counts);
  auto prints = ui.row({.gap = 12, .wrap = true});
  if (sheet.view.stage != casework::Stage::Submitted && ui.button("print", say(Word::StaffPrintReceipt), {.icon = ui::Icon::Print}))
    sheet.screen.want(intent::PrintPage{app::PrintJob::StaffReceipt});
  if (sheet.view.open_return && ui.button("notice", say(Word::StaffPrintNotice), {.icon = ui::Icon::Print})) sheet.screen.want(intent::PrintPage{app::PrintJob::Notice});
}

void head(Sheet& sheet) {
  auto& ui = sheet.screen.ui;
  auto row = ui.row({.gap = 16, .align = ui::Align::Center});
  back_button(sheet.screen);
  auto words = ui.column({.grow = 1});
  {
    auto title = ui.row({.gap = 12, .align = ui::Align::Center, .wrap = true});
    ui.heading(1, item_name(sheet.screen, sheet.view.item));
    if (sheet.item) mode_tag(sheet.screen, sheet.item->mode);
  }
  const CaseNow now = case_now(sheet.screen, sheet.view);
  ui.caption(sheet.screen.say(Word::CaseNumberLine, {{"number", sheet.view.number.text()}}) + "  " + sheet.view.applicant + "  " + now.title);
}

void sheet_body(Screen& screen, const app::StaffCase& open) {
  auto& ui = screen.ui;
  const casework::CaseView& view = *open.view;
  Sheet sheet{screen, open, view, screen.model.shelf.catalogue ? screen.catalogue().find(view.item) : nullptr};
  const Counts counts = count(sheet);
  head(sheet);
  if (ui.desktop()) {
    auto columns = ui.row({.gap = 16, .align = ui::Align::Start});
    {
      auto left = ui.column({.gap = 12, .width = 320});
      filled(sheet);
      history(sheet);
    }
    {
      auto middle = ui.column({.gap = 12, .grow = 1});
      attachment(sheet);
    }
    auto right = ui.column({.gap = 12, .width = 380});
    papers(sheet, counts);
    actions(sheet, counts);
  } else {
    papers(sheet, counts);
    actions(sheet, counts);
    filled(sheet);
    attachment(sheet);
    history(sheet);
  }
}

}  // namespace

void staff_case(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_staff_page(screen, screen.say(Word::StaffTitle), to_path(screen.model.route));
  {
    auto main = ui.region(ui::Region::Main);
    if (!signed_out(screen)) {
      auto column = ui.column({.gap = 16, .pad = 24});
      const auto& open = screen.model.staff.open;
      if (open && open->view) {
        sheet_body(screen, *open);
      } else if (open && open->gone) {
        ui.heading(1, screen.say(Word::StaffTitle));
        ui.empty(ui::Icon::Doc, screen.say(Word::StaffCaseGone));
        ui.link("list", screen.say(Word::StaffSeeList), "/staff", {.as_button = true});
      } else {
        ui.spinner(screen.say(Word::Loading));
      }
    }
  }
  over(screen);
}

}  // namespace tongban::views
