#include "shared/crypto/start.h"

namespace tongban::crypto {

// There is one implementation only, and it needs no choosing.
void start() {}

}  // namespace tongban::crypto
