// What residents get: the portal, and nothing else.
#include "client/platform/browser/portal.h"

namespace tongban::platform {

std::unique_ptr<Program> make_program() { return make_portal(); }

}  // namespace tongban::platform
