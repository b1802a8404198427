#include "shared/usecases/requests.h"

#include "shared/casework/verbs.h"

namespace tongban::usecases {

Expected<void> fulfil(Work& work, const wire::Request& request) {
  if (work.file().closed()) return casework::verb_errors::Closed;
  casework::EventPayload payload;
  if (request.kind == casework::EventKind::Supplemented) {
    payload.materials = request.materials;
    payload.text = request.text;
  } else {
    payload.reason = request.text;
  }
  return work.add(request.kind, request.actor, std::move(payload));
}

Expected<void> fulfil_or_forward(Work& work, const wire::Request& request) {
  const casework::CaseFile& file = work.file();
  if (file.closed()) return casework::verb_errors::Closed;
  // On its way to B the request follows the case: the lane keeps their order.
  if (file.passing()) return work.send(wire::LetterKind::Request, file.passing_to, request);
  if (file.custodian != work.holder()) return work.send(wire::LetterKind::Request, file.custodian, request);
  return fulfil(work, request);
}

}  // namespace tongban::usecases
