#include "shared/usecases/carry.h"

#include <algorithm>

#include "shared/wire/application.h"
#include "shared/wire/carried.h"
#include "shared/wire/errors.h"

namespace tongban::usecases {

namespace {

Error unreadable(const Error& error) { return error.is(wire::wire_errors::Version) ? wire::carried_errors::Newer : wire::carried_errors::Contents; }

}  // namespace

Expected<Bytes> carry_submission(casework::Application sealed, const crypto::ListedKey& intake, ports::Random& random) {
  sealed.materials.clear();
  auto box = crypto::seal(intake.key, wire::encode(sealed), random);
  if (!box) return wire::wire_errors::Malformed;
  return wire::encode(wire::Carried{intake.id(), std::move(*box)});
}

Expected<casework::Application> open_carried(ByteView octets, const std::vector<crypto::SealingKey>& keys) {
  const auto carried = wire::read_carried(octets);
  if (!carried) return unreadable(carried.error());
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const crypto::SealingKey& one) { return crypto::key_id(one.public_key()) == carried->key; });
  if (key == keys.end()) return wire::carried_errors::Epoch;
  const auto plain = crypto::open_sealed(*key, carried->box);
  if (!plain) return wire::carried_errors::Contents;
  auto application = wire::decode_application(*plain);
  if (!application) return unreadable(application.error());
  if (!application->materials.empty() || application->submission_id.is_zero()) return wire::carried_errors::Contents;
  return application;
}

}  // namespace tongban::usecases
