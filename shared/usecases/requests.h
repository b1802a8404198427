// A resident's supplement or withdrawal: done here, or sent to where the case is. Internal to shared/usecases.
#pragma once

#include "shared/usecases/work.h"

namespace tongban::usecases {

/// Appends the event at a copy that has custody.
Expected<void> fulfil(Work& work, const wire::Request& request);
/// At A: `fulfil` when A has custody, else a letter to whoever has it or is about to.
Expected<void> fulfil_or_forward(Work& work, const wire::Request& request);

}  // namespace tongban::usecases
