#include "shared/usecases/seal_submission.h"

#include "shared/casework/application_check.h"
#include "shared/crypto/digest.h"
#include "shared/wire/application.h"

namespace tongban::usecases {

SealResult seal_submission(casework::Application draft, const catalogue::Catalogue& catalogue, Instant device_now,
                           ports::Random& random) {
  Sealed sealed;
  sealed.secret = ports::fresh<casework::AccessSecret>(random);
  draft.access_hash = casework::access_hash(sealed.secret);
  draft.sealed_at = device_now;
  draft.catalogue_version = catalogue.version;
  sealed.application = casework::tidied(std::move(draft));
  SealResult result;
  result.faults = casework::check_application(sealed.application, catalogue, device_now);
  if (!result.faults.empty()) return result;
  sealed.bytes = wire::encode(sealed.application);
  sealed.content = crypto::digest(sealed.bytes);
  sealed.files = wire::attachments_of(sealed.application.materials);
  result.sealed = std::move(sealed);
  return result;
}

}  // namespace tongban::usecases
