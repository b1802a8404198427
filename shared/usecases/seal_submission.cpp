#include "shared/usecases/seal_submission.h"

#include "shared/casework/application_check.h"
#include "shared/crypto/digest.h"
#include "shared/wire/application.h"

namespace tongban::usecases {
namespace {

SealResult seal(Sealed sealed, casework::Application draft, const catalogue::Catalogue& catalogue, Instant device_now) {
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

}  // namespace

SealResult seal_submission(casework::Application draft, const catalogue::Catalogue& catalogue, Instant device_now,
                           ports::Random& random, const std::optional<casework::AccessSecret>& had) {
  Sealed sealed;
  sealed.secret = had ? *had : ports::fresh<casework::AccessSecret>(random);
  draft.access_hash = casework::access_hash(sealed.secret);
  return seal(std::move(sealed), std::move(draft), catalogue, device_now);
}

SealResult seal_carried(casework::Application carried, const catalogue::Catalogue& catalogue, Instant device_now) {
  return seal({}, std::move(carried), catalogue, device_now);
}

}  // namespace tongban::usecases
