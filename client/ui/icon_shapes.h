// The drawing commands of the icons, as compiled from assets/icons/icons.json.
#pragma once

#include <cstdint>

#include "client/ui/icon.h"

namespace tongban::ui {

namespace icon_op {
inline constexpr int End = 0, Shape = 1, Move = 2, Line = 3, Cubic = 4, Close = 5, Circle = 6;
}

/// Commands with their arguments, in hundredths of the 24 grid; ends with icon_op::End. None: just the end.
const std::int16_t* icon_commands(Icon icon);
/// The elements inside an <svg viewBox="0 0 24 24">.
const char* icon_markup(Icon icon);

}  // namespace tongban::ui
