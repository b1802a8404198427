#include "client/views/timeline.h"


#include "client/views/format.h"

namespace tongban::views {
namespace {

using casework::EventKind;
using casework::Stage;

std::string centre_of(const Screen& screen, const CentreId& id) { return centre_name(screen.say, screen.model.shelf.catalogue, id); }

std::string with_centre(const Screen& screen, Word word, const CentreId& id) {
  return screen.say(word, {{"centre", centre_of(screen, id)}});
}

/// What happened, for the resident; nothing for steps that mean nothing to them.
struct Told {
  std::string title, caption;
  std::string_view letter;
  ui::Icon icon = ui::Icon::None;
};

std::optional<Told> tell(const Screen& screen, const casework::CaseView& view, const casework::TimelineEntry& entry) {
  const std::string_view letter = entry.centre == view.received_by ? "A" : "B";
  switch (entry.kind) {
    case EventKind::Submitted: return Told{std::string(screen.say(Word::EventSubmitted)), centre_of(screen, entry.centre), {}, ui::Icon::Person};
    case EventKind::Received: return Told{with_centre(screen, Word::EventReceived, entry.centre), {}, letter};
    case EventKind::FormChecked: return std::nullopt;
    case EventKind::Returned: return Told{std::string(screen.say(Word::EventReturned)), entry.payload.text, {}, ui::Icon::Warn};
    case EventKind::Supplemented: return Told{std::string(screen.say(Word::EventSupplemented)), entry.payload.text, {}, ui::Icon::Person};
    case EventKind::Accepted: return Told{with_centre(screen, Word::EventAccepted, entry.centre), entry.payload.outside_body, letter};
    case EventKind::Transferred:
      return Told{with_centre(screen, Word::EventTransferred, entry.payload.to), std::string(screen.say(Word::EventTransferredCaption)), {}, ui::Icon::Arrow};
    case EventKind::TransferReceived: return Told{with_centre(screen, Word::EventTransferReceived, entry.centre), {}, letter};
    case EventKind::NotOurs:
      return Told{with_centre(screen, Word::EventNotOurs, entry.centre), std::string(screen.say(Word::EventNotOursCaption)), {}, ui::Icon::Swap};
    case EventKind::Decided: return Told{with_centre(screen, Word::EventDecided, entry.centre), entry.payload.text, {}, ui::Icon::Check};
    case EventKind::Delivered: return Told{std::string(screen.say(Word::EventDelivered)), {}, {}, ui::Icon::Inbox};
    case EventKind::Withdrawn: return Told{std::string(screen.say(Word::EventWithdrawn)), entry.payload.reason, {}, ui::Icon::X};
    case EventKind::OriginalsMoved: return Told{std::string(screen.say(Word::EventOriginals)), entry.payload.text, {}, ui::Icon::Inbox};
    case EventKind::DuplicateFound: return Told{std::string(screen.say(Word::EventDuplicate)), {}, {}, ui::Icon::Layers};
  }
  return std::nullopt;
}

/// The window's receiving, or until that has come the handing in.
const casework::TimelineEntry* where_received(const casework::CaseView& view) {
  const casework::TimelineEntry* found = nullptr;
  for (const auto& entry : view.timeline) {
    if (entry.kind == EventKind::Received) return &entry;
    if (entry.kind == EventKind::Submitted && !found) found = &entry;
  }
  return found;
}

bool runs_to_another(const Screen& screen, const casework::CaseView& view) {
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(view.item) : nullptr;
  return item && item->mode == catalogue::Mode::AcceptSeparate;
}

/// Whether a second centre decides, or will: only then do A and B mean anything.
bool has_decider(const Screen& screen, const casework::CaseView& view) {
  if (!view.decided_by.empty()) return view.decided_by != view.received_by;
  return (!view.custodian.empty() && view.custodian != view.received_by) || runs_to_another(screen, view);
}

}  // namespace

std::string_view item_name(const Screen& screen, const ItemId& id) {
  const catalogue::Item* item = screen.model.shelf.catalogue ? screen.catalogue().find(id) : nullptr;
  return item ? screen.of_item(item->name) : std::string_view(id.text());
}

const casework::Deadline* deadline_of(const casework::CaseView& view, casework::DeadlineKind kind) {
  for (const auto& deadline : view.deadlines)
    if (deadline.kind == kind) return &deadline;
  return nullptr;
}

CaseNow case_now(const Screen& screen, const casework::CaseView& view) {
  const Words say = screen.say;
  const CentreId& decider = view.decided_by.empty() ? view.custodian : view.decided_by;
  CaseNow now{.title = {}, .caption = std::string(say(Word::CaseNothingToDo)), .icon = ui::Icon::Clock};
  const bool at_b = view.stage == Stage::AtDecider || view.stage == Stage::Accepted, at_a = view.stage == Stage::Submitted || view.stage == Stage::Received;
  if ((at_a || at_b) && has_decider(screen, view)) now.letter = at_b && decider != view.received_by ? "B" : "A";
  switch (view.stage) {
    case Stage::Submitted: now.title = with_centre(screen, Word::CaseNowSubmitted, view.received_by); break;
    case Stage::Received: now.title = with_centre(screen, Word::CaseNowReceived, view.received_by); break;
    case Stage::Checked: now.title = say(Word::CaseNowChecked); break;
    case Stage::Returned: {
      const auto missing = view.open_return ? view.open_return->verdicts.size() : view.verdicts.size();
      now.title = say(Word::CaseMend, "n", static_cast<long long>(missing));
      const bool dated = view.open_return && view.open_return->due;
      now.caption = dated ? say(Word::CaseMendBy, {{"date", day(say, *view.open_return->due)}}) : std::string(say(Word::CaseMendNoDate));
      now.style = ui::Style::Warn;
      now.icon = ui::Icon::Warn;
      break;
    }
    case Stage::InTransfer: now.title = with_centre(screen, Word::CaseNowInTransfer, view.passing_to.empty() ? decider : view.passing_to); break;
    case Stage::AtDecider: now.title = with_centre(screen, Word::CaseNowAtDecider, decider); break;
    case Stage::Accepted: now.title = with_centre(screen, Word::CaseNowAccepted, decider); break;
    case Stage::Decided:
    case Stage::Delivered: {
      const bool granted = view.decision && view.decision->outcome == casework::Outcome::Granted;
      now.title = say(view.decision ? (granted ? Word::CaseGranted : Word::CaseRefused) : Word::CaseNowDecided);
      now.caption = view.decision ? view.decision->text : std::string();
      now.icon = granted ? ui::Icon::Check : ui::Icon::Info;
      now.style = granted ? ui::Style::Tint : ui::Style::Sunk;
      break;
    }
    case Stage::Misdirected: now.title = say(Word::CaseNowMisdirected); break;
    case Stage::Withdrawn:
      now = {.title = std::string(say(Word::CaseNowWithdrawn)), .caption = {}, .style = ui::Style::Sunk, .icon = ui::Icon::X};
      break;
    case Stage::Duplicate:
      now = {.title = std::string(say(Word::CaseDuplicate)), .caption = {}, .style = ui::Style::Sunk, .icon = ui::Icon::Layers};
      break;
  }
  return now;
}

std::vector<ui::ProcessNode> way_back(const Screen& screen, const casework::CaseView& view, std::vector<std::string>& keep) {
  constexpr std::size_t most_words = 6;
  keep.reserve(most_words);   // views into it must not move
  std::vector<ui::ProcessNode> nodes;
  const auto stop = [&](std::string_view letter, Word word, const casework::TimelineEntry& entry) {
    const catalogue::Centre* centre = screen.model.shelf.catalogue ? screen.catalogue().find(entry.centre) : nullptr;
    const std::string name = !centre ? entry.centre.text() : std::string(screen.zh_or_en(centre->short_name.empty() ? centre->name : centre->short_name, centre->name_en));
    const std::string_view title = keep.emplace_back(screen.say(word, {{"centre", name}}));
    const std::string_view when = keep.emplace_back(day(screen.say, shanghai_time(entry.at).date));
    nodes.push_back({.letter = letter, .mark = ui::Mark::Done, .title = title, .caption = when, .solid = true});
  };
  const casework::TimelineEntry *received = nullptr, *returned = nullptr;
  for (const auto& entry : view.timeline) {
    if (entry.kind == EventKind::Received && !received) received = &entry;
    if (entry.kind == EventKind::Returned) returned = &entry;
  }
  if (received) stop("A", Word::WayReceived, *received);
  if (returned && returned->centre != view.received_by) stop("B", Word::WayReturned, *returned);
  if (!nodes.empty()) nodes.back().solid = false;
  nodes.push_back({.icon = ui::Icon::Person, .mark = ui::Mark::NeedsYou, .title = screen.say(Word::WayYou), .caption = screen.say(Word::EventNow)});
  return nodes;
}

std::vector<ui::ProcessNode> timeline(const Screen& screen, const casework::CaseView& view, std::vector<std::string>& keep, bool receipt) {
  std::vector<ui::ProcessNode> nodes;
  const casework::TimelineEntry* received = receipt ? where_received(view) : nullptr;
  keep.reserve(view.timeline.size() * 3 + 8);  // views into it must not move
  const auto hold = [&keep](std::string text) -> std::string_view { return keep.emplace_back(std::move(text)); };
  for (const auto& entry : view.timeline) {
    auto told = tell(screen, view, entry);
    if (!told) continue;
    nodes.push_back({.letter = told->letter, .icon = told->icon, .mark = ui::Mark::Done, .when = hold(moment(screen.say, entry.at)),
                     .title = hold(std::move(told->title)), .caption = hold(std::move(told->caption)), .solid = true,
                     .link = &entry == received ? screen.say(Word::CaseReceiptShort) : std::string_view{}});
  }
  const auto next = [&](std::string_view letter, ui::Icon icon, ui::Mark mark, Word when, std::string title) {
    nodes.push_back({.letter = letter, .icon = icon, .mark = mark, .when = screen.say(when), .title = hold(std::move(title))});
  };
  const CaseNow now = case_now(screen, view);
  const bool closed = view.stage == Stage::Delivered || view.stage == Stage::Decided || view.stage == Stage::Withdrawn || view.stage == Stage::Duplicate;
  if (closed) {
    if (!nodes.empty()) nodes.back().solid = false;
    return nodes;
  }
  const bool returned = view.stage == Stage::Returned;
  const bool at_b = view.stage == Stage::AtDecider || view.stage == Stage::Accepted || view.stage == Stage::InTransfer;
  next(returned ? std::string_view{} : at_b && has_decider(screen, view) ? "B" : "A", returned ? ui::Icon::Person : ui::Icon::None, returned ? ui::Mark::NeedsYou : ui::Mark::Now, Word::EventNow, now.title);
  if (!at_b && runs_to_another(screen, view)) next("B", ui::Icon::None, ui::Mark::Next, Word::EventToCome, std::string(screen.say(Word::EventToTransfer)));
  next({}, ui::Icon::Check, ui::Mark::Next, Word::EventToCome, std::string(screen.say(Word::EventToResult)));
  return nodes;
}

}  // namespace tongban::views
