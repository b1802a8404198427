#include "shared/usecases/act.h"
#include "shared/usecases/requests.h"

namespace tongban::usecases {

Expected<Effects> withdraw_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Withdraw, actor, work.holder(), work.file()));
  TRY_VOID(Work::check_texts(payload));
  wire::Request request;
  request.kind = casework::EventKind::Withdrawn;
  request.text = payload.reason;
  request.actor = actor.name();
  request.made_at = ground.now;
  TRY_VOID(fulfil_or_forward(work, made_now(request, work.file())));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
