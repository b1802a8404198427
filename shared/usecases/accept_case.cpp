#include "shared/casework/text.h"
#include "shared/usecases/act.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/way.h"

namespace tongban::usecases {
namespace {

/// At A: whether this centre may accept it itself, by the item's mode.
Expected<void> check_way(const Work& work, const EventPayload& payload, const Ground& ground) {
  const bool reasoned = !casework::tidy(payload.reason).empty();
  switch (way_of(work.item())) {
    case Way::Direct: return {};
    case Way::OutsideReview:
      if (casework::tidy(payload.outside_body).empty()) return Error(step_errors::OutsideBody, "/outside_body");
      return {};
    case Way::WindowChooses:
      if (!reasoned) return Error(step_errors::GiveReason, "/reason");
      return {};
    case Way::AcceptSeparate: break;
  }
  const auto decider = proposed_decider(work.file().application, ground);
  if (decider && *decider == work.holder()) return {};
  // The rule's centre has said that it isn't theirs: then A may keep it, and says why.
  const bool came_back = work.file().stage == casework::Stage::Misdirected;
  if (decider && !came_back) return Error(step_errors::BelongsTo, "", decider->text());
  if (!reasoned) return Error(step_errors::GiveReason, "/reason");
  return {};
}

}  // namespace

Expected<Effects> accept_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Accept, actor, work.holder(), work.file()));
  TRY_VOID(has_been_answered(work, ground));
  if (work.at_origin()) TRY_VOID(check_way(work, payload, ground));
  EventPayload written;
  written.direct = work.at_origin();
  written.outside_body = payload.outside_body;
  written.reason = payload.reason;
  TRY_VOID(work.add(casework::EventKind::Accepted, actor.name(), std::move(written)));
  TRY(const Bytes receipt, work.issue(casework::ReceiptKind::Accepted));
  TRY_VOID(work.report());
  return std::move(work).finish();
}

}  // namespace tongban::usecases
