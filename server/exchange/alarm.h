// When letters have waited so long that a person should look: in working hours only, since at night nobody is there to
// look, and nobody at the other end to answer.
#pragma once

#include <chrono>
#include <optional>

#include "shared/base/time.h"
#include "shared/catalogue/model.h"

namespace tongban::exchange {

/// Of working time.
inline constexpr std::chrono::minutes patience{30};

/// What was written before then has waited `patience` within the present opening hours of the city. Nothing: nobody would look now,
/// or they have only just opened.
std::optional<Instant> late_before(Instant now, const catalogue::Calendar& calendar);
/// Whether something that waits since `oldest` has waited `patience` within the present opening hours of the city.
bool is_late(std::optional<Instant> oldest, Instant now, const catalogue::Calendar& calendar);

}  // namespace tongban::exchange
