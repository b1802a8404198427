#include "shared/usecases/intake.h"

#include "shared/casework/application_check.h"
#include "shared/casework/case_number.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/materials.h"

namespace tongban::usecases {
namespace {

using casework::Application;
using casework::EventKind;

Expected<void> check(const Application& application, const Ground& ground) {
  const auto faults = casework::check_application(application, ground.catalogue, ground.now);
  if (!faults.empty()) return faults.front();
  return check_files(application.materials, ground);
}

/// The case is there: the same content gets the same receipt, whatever has happened to the case since.
Expected<Effects> again(const Application& application, const CaseRecord& copy, const Ground& ground) {
  if (wire::content_digest(application) != copy.row.content) return step_errors::ContentDiffers;
  TRY(const Work work, Work::open(copy, ground));
  TRY_VOID(work.verify_receipts());
  Effects effects;
  effects.after = copy;
  for (const ReceiptRow& receipt : copy.receipts) {
    if (receipt.kind == casework::ReceiptKind::Stored) effects.receipt = receipt.bytes;
  }
  return effects;
}

Error elsewhere(const CentreId& centre, const Ground& ground) {
  return Error(step_errors::Elsewhere, "/submission_id").with(short_name(centre, ground));
}

Expected<Work> begin(const CentreId& holder, const Application& application, const std::string& actor, const IntakeState& state,
                     const Ground& ground) {
  if (!ground.keys.signing_key_id(holder)) return Error(step_errors::OtherNode, "/received_by");
  // It came here from another window, to be decided: a centre has one copy of an application.
  for (const CaseRecord& copy : state.copies)
    if (copy.row.key.holder == holder) return elsewhere(copy.row.received_by, ground);
  TRY_VOID(check(application, ground));
  const CaseNumber number =
      casework::case_number(application.submission_id, shanghai_time(ground.now).date, state.number_attempt);
  Work work = Work::begin(holder, number, application, application.access_hash, ground);
  TRY_VOID(work.add(EventKind::Submitted, actor, {}, application.sealed_at));
  TRY(work.effects().receipt, work.issue(casework::ReceiptKind::Stored));
  return work;
}

}  // namespace

const CaseRecord* received_copy(const std::vector<CaseRecord>& copies) {
  const CaseRecord* found = nullptr;
  for (const CaseRecord& copy : copies) {
    if (copy.row.received_by != copy.row.key.holder) continue;
    if (!found || found->row.stage == casework::Stage::Duplicate) found = &copy;
  }
  return found;
}

bool lives_on(const CaseRow& row) { return row.stage != casework::Stage::Withdrawn && row.stage != casework::Stage::Duplicate; }

Expected<Effects> receive_submission(const Application& application, const IntakeState& state, const Ground& ground) {
  if (const CaseRecord* copy = received_copy(state.copies)) return again(application, *copy, ground);
  if (state.claim) return elsewhere(state.claim->by, ground);
  TRY(Work work, begin(application.received_by, application, casework::Actor{}.name(), state, ground));
  return std::move(work).finish();
}

Expected<Effects> begin_walk_in(const Application& application, const CentreId& chosen, const casework::Actor& actor,
                                const IntakeState& state, const Ground& ground) {
  if (actor.role != casework::Role::Window) return casework::verb_errors::Role;
  if (const CaseRecord* copy = received_copy(state.copies)) {
    if (copy->row.key.holder == actor.centre) return again(application, *copy, ground);
    return elsewhere(copy->row.key.holder, ground);
  }
  if (state.claim && state.claim->by != actor.centre) return elsewhere(state.claim->by, ground);
  TRY(Work work, begin(actor.centre, application, actor.name(), state, ground));
  TRY_VOID(work.add(EventKind::Received, actor.name()));
  if (const auto asked = centre_to_ask(application, chosen, ground)) TRY_VOID(work.send(wire::LetterKind::Enquiry, *asked));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
