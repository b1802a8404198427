// Which way a case runs: what the item's mode prescribes, and what the window chooses where no source says.
// Internal to shared/usecases.
#pragma once

#include "shared/usecases/work.h"

namespace tongban::usecases {

enum class Way : std::uint8_t { Direct, AcceptSeparate, OutsideReview, WindowChooses };

/// A mode that is only suggested by a source binds nobody (mission.md: where the mode isn't published the window chooses).
Way way_of(const catalogue::Item* item);

}  // namespace tongban::usecases
