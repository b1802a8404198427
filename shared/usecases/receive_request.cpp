#include "shared/casework/verbs.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/requests.h"
#include "shared/usecases/take.h"

namespace tongban::usecases {

Expected<Taken> receive_request(const wire::Letter& letter, Work work) {
  const casework::CaseFile& file = work.file();
  if (file.custodian != work.holder()) return refused(step_errors::NotCustodian);
  // Whoever the case is passing to will have it soon; then the answer is certain.
  if (file.passing()) return later(casework::verb_errors::Passing);
  if (const auto done = fulfil(work, made_now(*letter.request, file)); !done) return refused(done.error());
  TRY_VOID(work.report());
  Taken taken;
  taken.work = std::move(work);
  return taken;
}

}  // namespace tongban::usecases
