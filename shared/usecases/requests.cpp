#include "shared/usecases/requests.h"

#include <algorithm>

#include "shared/casework/verbs.h"
#include "shared/usecases/errors.h"

namespace tongban::usecases {
namespace {

bool fulfils(const casework::Event& event, const wire::Request& request) {
  return event.kind == request.kind && event.actor == request.actor && event.device_time == request.made_at && event.payload.materials == request.materials;
}

/// A centre that was restored from a backup may be asked twice, by letters of different ids.
bool is_fulfilled(const casework::CaseFile& file, const wire::Request& request) {
  return std::any_of(file.events.begin(), file.events.end(), [&](const casework::Event& event) { return fulfils(event, request); });
}

bool is_residents_supplement(const wire::Request& request) {
  return request.kind == casework::EventKind::Supplemented && request.actor == casework::Actor{}.name();
}

bool says_the_same(const casework::Event& event, const wire::Request& request) {
  return event.kind == request.kind && event.actor == request.actor && event.payload.materials == request.materials && event.payload.text == request.text;
}

/// Whoever made the wish knew of it. An earlier release didn't count the events: then the clocks must do.
bool came_before(const casework::Event& event, const Wish& wish) {
  return wish.known > 0 ? event.seq < wish.known : event.device_time.value_or(event.server_time) <= wish.request.made_at;
}

bool is_shown_refused(const OutboxRow& row) { return row.state == OutboxState::Refused && !is_sent_on(row); }

/// The residents' papers that went by letter from this copy, each once, in the order in which they were handed in: no clock is asked,
/// since one may be put back. What was refused for all to see counts for nothing.
std::vector<Wish> papers_by_letter(const Work& work) {
  const auto& outbox = work.record().outbox;
  std::vector<Wish> papers;
  for (const OutboxRow& row : outbox) {
    if (row.kind != wire::LetterKind::Request) continue;
    const auto wish = wish_of(row);
    if (!wish || !is_residents_supplement(wish->request)) continue;
    const bool again = std::any_of(papers.begin(), papers.end(), [&](const Wish& one) { return one.request == wish->request; });
    const bool refused = std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& one) { return one.request == row.request && is_shown_refused(one); });
    if (!again && !refused) papers.push_back(*wish);
  }
  return papers;
}

}  // namespace

bool is_repeated(const Work& work, const Wish& wish) {
  if (!is_residents_supplement(wish.request)) return false;
  auto before = papers_by_letter(work);
  const auto by_letter = before;
  before.erase(std::find_if(before.begin(), before.end(), [&](const Wish& one) { return one.request == wish.request; }), before.end());
  const auto& events = work.file().events;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (!came_before(*event, wish)) continue;
    if (!before.empty() && came_before(*event, before.back())) break;
    const bool counts = event->kind == casework::EventKind::Returned || (event->kind == wish.request.kind && event->actor == wish.request.actor);
    const bool by_a_letter = std::any_of(by_letter.begin(), by_letter.end(), [&](const Wish& one) { return fulfils(*event, one.request); });
    if (counts && !by_a_letter) return says_the_same(*event, wish.request);
  }
  return !before.empty() && before.back().request.materials == wish.request.materials && before.back().request.text == wish.request.text;
}

bool is_known(const Work& work, const Wish& wish) { return is_fulfilled(work.file(), wish.request) || is_repeated(work, wish); }

bool is_sent_on(const OutboxRow& request) {
  return request.refusal == step_errors::NotCustodian.name || request.refusal == step_errors::Superseded.name;
}

Expected<void> send_wishes(Work& work, const CentreId& to, const std::vector<Wish>& wishes) {
  for (const Wish& wish : wishes) TRY_VOID(work.send_request(to, wish.request, wish.known));
  return {};
}

Expected<void> fulfil(Work& work, const Wish& wish) {
  if (is_known(work, wish)) return {};
  const wire::Request& request = wish.request;
  if (work.file().closed()) return casework::verb_errors::Closed;
  casework::EventPayload payload;
  if (request.kind == casework::EventKind::Supplemented) {
    payload.materials = request.materials;
    payload.text = request.text;
  } else {
    payload.reason = request.text;
  }
  return work.add(request.kind, request.actor, std::move(payload), request.made_at);
}

Expected<Wish> wish_of(const OutboxRow& row) {
  TRY(auto request, wire::decode_request(row.request));
  return Wish{std::move(request), row.events_known};
}

Expected<void> fulfil_again(Work& work, const OutboxRow& row) {
  TRY(const Wish wish, wish_of(row));
  const auto done = fulfil_or_forward(work, wish);
  const bool no_place = !done && (done.error().is(step_errors::CaseFull) || done.error().is(step_errors::TextTooLong));
  if (!no_place) return done;
  work.settle(row, OutboxState::Refused, done.error().code->name);
  return {};
}

Expected<void> fulfil_or_forward(Work& work, const Wish& wish) {
  const casework::CaseFile& file = work.file();
  if (file.closed()) return casework::verb_errors::Closed;
  // On its way to B the request follows the case: the lane keeps their order.
  if (file.passing()) return work.send_request(file.passing_to, wish.request, wish.known);
  if (file.custodian != work.holder()) return work.send_request(file.custodian, wish.request, wish.known);
  TRY_VOID(fulfil(work, wish));
  return work.report();
}

}  // namespace tongban::usecases
