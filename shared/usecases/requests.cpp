#include "shared/usecases/requests.h"

#include <algorithm>

#include "shared/casework/verbs.h"
#include "shared/usecases/errors.h"

namespace tongban::usecases {

bool is_fulfilled(const casework::CaseFile& file, const wire::Request& request) {
  return std::any_of(file.events.begin(), file.events.end(), [&](const casework::Event& event) {
    return event.kind == request.kind && event.actor == request.actor && event.device_time == request.made_at &&
           event.payload.materials == request.materials;
  });
}

namespace {

bool is_residents_supplement(const wire::Request& request) {
  return request.kind == casework::EventKind::Supplemented && request.actor == casework::Actor{}.name();
}

bool says_the_same(const casework::Event& event, const wire::Request& request) {
  return event.kind == request.kind && event.actor == request.actor && event.payload.materials == request.materials && event.payload.text == request.text;
}

}  // namespace

bool was_repeated(const casework::CaseFile& file, const wire::Request& request) {
  if (!is_residents_supplement(request)) return false;
  bool there = false;
  for (const casework::Event& event : file.events) {
    if (says_the_same(event, request)) there = true;
    else if (event.kind == casework::EventKind::Returned && event.server_time <= request.made_at) there = false;
  }
  return there;
}

bool is_repeated(const casework::CaseFile& file, const wire::Request& request) {
  if (!is_residents_supplement(request)) return false;
  const auto last = std::find_if(file.events.rbegin(), file.events.rend(), [&](const casework::Event& event) {
    return event.kind == casework::EventKind::Returned || (event.kind == request.kind && event.actor == request.actor);
  });
  return last != file.events.rend() && says_the_same(*last, request);
}

bool is_sent_on(const OutboxRow& request) {
  return request.refusal == step_errors::NotCustodian.name || request.refusal == step_errors::Superseded.name;
}

Expected<void> fulfil(Work& work, const wire::Request& request) {
  if (is_fulfilled(work.file(), request) || is_repeated(work.file(), request)) return {};
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

Expected<void> fulfil_again(Work& work, const OutboxRow& row) {
  TRY(const wire::Request request, wire::decode_request(row.request));
  const auto done = fulfil_or_forward(work, request);
  const bool no_place = !done && (done.error().is(step_errors::CaseFull) || done.error().is(step_errors::TextTooLong));
  if (!no_place) return done;
  work.settle(row, OutboxState::Refused, done.error().code->name);
  return {};
}

Expected<void> fulfil_or_forward(Work& work, const wire::Request& request) {
  const casework::CaseFile& file = work.file();
  if (file.closed()) return casework::verb_errors::Closed;
  // On its way to B the request follows the case: the lane keeps their order.
  if (file.passing()) return work.send(wire::LetterKind::Request, file.passing_to, request);
  if (file.custodian != work.holder()) return work.send(wire::LetterKind::Request, file.custodian, request);
  TRY_VOID(fulfil(work, request));
  return work.report();
}

}  // namespace tongban::usecases
