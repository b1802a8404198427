#include <sodium.h>

#include <cstdlib>

#include "shared/crypto/start.h"

namespace tongban::crypto {

void start() {
  if (sodium_init() < 0) std::abort();
}

}  // namespace tongban::crypto
