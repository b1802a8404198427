#include "shared/casework/text.h"
#include "shared/usecases/act.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

Expected<Effects> move_originals(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::MoveOriginals, actor, work.holder(), work.file()));
  if (casework::tidy(payload.text).empty()) return Error(step_errors::GiveReason, "/text");
  if (!payload.to.empty() && !ground.catalogue.find(payload.to)) return Error(step_errors::NoSuchCentre, "/to");
  EventPayload written;
  written.to = payload.to;
  written.text = payload.text;
  TRY_VOID(work.add(casework::EventKind::OriginalsMoved, actor.name(), std::move(written)));
  TRY_VOID(work.report());
  return std::move(work).finish();
}

}  // namespace tongban::usecases
