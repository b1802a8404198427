// What every step at a centre stands on. Nothing in it changes while a step runs.
#pragma once

#include "shared/base/time.h"
#include "shared/catalogue/model.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/random.h"
#include "shared/wire/directory.h"

namespace tongban::usecases {

struct Ground {
  Instant now;                          ///< the node's clock
  const catalogue::Catalogue& catalogue;
  const wire::Directory& directory;     ///< verified
  const ports::CentreKeys& keys;
  ports::Random& random;
};

}  // namespace tongban::usecases
