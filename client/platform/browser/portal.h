// The portal as a program: the app's mind, its views, and the stage.
#pragma once

#include <memory>

#include "client/platform/browser/program.h"

namespace tongban::platform {

std::unique_ptr<Program> make_portal();

}  // namespace tongban::platform
