#include "shared/usecases/requests.h"

#include <algorithm>

#include "shared/casework/verbs.h"
#include "shared/usecases/errors.h"

namespace tongban::usecases {

namespace {

/// A centre that was restored from a backup may be asked twice, by letters of different ids.
bool is_fulfilled(const casework::CaseFile& file, const wire::Request& request) {
  return std::any_of(file.events.begin(), file.events.end(), [&](const casework::Event& event) {
    return event.kind == request.kind && event.actor == request.actor && event.device_time == request.made_at &&
           event.payload.materials == request.materials;
  });
}

bool is_residents_supplement(const wire::Request& request) {
  return request.kind == casework::EventKind::Supplemented && request.actor == casework::Actor{}.name();
}

bool says_the_same(const casework::Event& event, const wire::Request& request) {
  return event.kind == request.kind && event.actor == request.actor && event.payload.materials == request.materials && event.payload.text == request.text;
}

/// Whoever made the wish knew of it, or had sent it on its way before: of a notice only the count of events says so, since the clock
/// that dated it is another centre's; what residents hand in has the time of the very clock that dated the wish.
bool came_before(const casework::Event& event, const Wish& wish) {
  const bool was_known = wish.known > 0 && event.seq < wish.known;
  if (event.kind == casework::EventKind::Returned) return wish.known > 0 ? was_known : event.server_time <= wish.request.made_at;
  return was_known || (event.device_time && *event.device_time <= wish.request.made_at);
}

/// Of what a resident has handed in: by the clock of whoever took it.
Instant time_of(const casework::Event& event) { return event.device_time.value_or(event.server_time); }

/// What the resident handed in after the history's last paper of this kind, and before the wish, is still on its way, or was taken and
/// forgotten.
bool another_is_to_come_between(const Work& work, Instant last, const wire::Request& wish) {
  const auto& outbox = work.record().outbox;
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& row) {
    if (row.kind != wire::LetterKind::Request || row.state == OutboxState::Refused) return false;
    const auto other = wire::decode_request(row.request);
    return other && is_residents_supplement(*other) && (other->materials != wish.materials || other->text != wish.text) && last < other->made_at &&
           other->made_at < wish.made_at && !is_fulfilled(work.file(), *other);
  });
}

/// As is_repeated found it, or will find it, where the wish comes in its turn.
bool was_repeated(const Work& work, const Wish& wish) {
  if (!is_residents_supplement(wish.request)) return false;
  const casework::Event* same = nullptr;
  for (const casework::Event& event : work.file().events) {
    const bool counts = event.kind == casework::EventKind::Returned || (event.kind == wish.request.kind && event.actor == wish.request.actor);
    if (says_the_same(event, wish.request)) same = &event;
    else if (counts && came_before(event, wish)) same = nullptr;
  }
  return same && !another_is_to_come_between(work, time_of(*same), wish.request);
}

}  // namespace

bool is_known(const Work& work, const Wish& wish) { return is_fulfilled(work.file(), wish.request) || was_repeated(work, wish); }

bool is_repeated(const Work& work, const wire::Request& request) {
  if (!is_residents_supplement(request)) return false;
  const auto& events = work.file().events;
  const auto last = std::find_if(events.rbegin(), events.rend(), [&](const casework::Event& event) {
    return event.kind == casework::EventKind::Returned || (event.kind == request.kind && event.actor == request.actor);
  });
  return last != events.rend() && says_the_same(*last, request) && !another_is_to_come_between(work, time_of(*last), request);
}

bool is_sent_on(const OutboxRow& request) {
  return request.refusal == step_errors::NotCustodian.name || request.refusal == step_errors::Superseded.name;
}

Expected<void> send_wishes(Work& work, const CentreId& to, const std::vector<Wish>& wishes) {
  for (const Wish& wish : wishes) TRY_VOID(work.send_request(to, wish.request, wish.known));
  return {};
}

Expected<void> fulfil(Work& work, const wire::Request& request) {
  if (is_fulfilled(work.file(), request) || is_repeated(work, request)) return {};
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
  TRY_VOID(fulfil(work, wish.request));
  return work.report();
}

}  // namespace tongban::usecases
