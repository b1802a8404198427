#include "shared/usecases/act.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

Expected<Effects> receive_case(const CaseRecord& record, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Receive, actor, work.holder(), work.file()));
  TRY_VOID(work.add(casework::EventKind::Received, actor.name()));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
