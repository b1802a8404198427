#include "shared/casework/text.h"
#include "shared/usecases/act.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

Expected<Effects> decide_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Decide, actor, work.holder(), work.file()));
  TRY_VOID(has_been_answered(work, ground));
  if (casework::tidy(payload.text).empty()) return Error(step_errors::TextMissing, "/text");
  EventPayload written;
  written.outcome = payload.outcome;
  written.text = payload.text;
  TRY_VOID(work.add(casework::EventKind::Decided, actor.name(), std::move(written)));
  TRY(const Bytes receipt, work.issue(casework::ReceiptKind::Decided));
  TRY_VOID(work.report());
  return std::move(work).finish();
}

}  // namespace tongban::usecases
