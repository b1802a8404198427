#include "shared/casework/text.h"
#include "shared/usecases/act.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

Expected<Effects> not_ours(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::NotOurs, actor, work.holder(), work.file()));
  if (casework::tidy(payload.reason).empty()) return Error(step_errors::GiveReason, "/reason");
  if (!payload.to.empty() && !ground.catalogue.find(payload.to)) return Error(step_errors::NoSuchCentre, "/to");
  EventPayload written;
  written.to = payload.to;
  written.reason = payload.reason;
  TRY_VOID(work.add(casework::EventKind::NotOurs, actor.name(), std::move(written)));
  TRY_VOID(work.send(wire::LetterKind::GiveBack, work.file().received_by));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
