#include "shared/usecases/act.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

Expected<RenewedAccess> renew_access(const CaseRecord& record, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::RenewAccess, actor, work.holder(), work.file()));
  RenewedAccess renewed;
  renewed.secret = ports::fresh<casework::AccessSecret>(ground.random);
  work.set_access(casework::access_hash(renewed.secret));
  renewed.effects = std::move(work).finish();
  return renewed;
}

}  // namespace tongban::usecases
