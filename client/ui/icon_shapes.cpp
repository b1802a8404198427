#include "client/ui/icon_shapes.h"

namespace tongban::ui {
namespace {
#include "icon_shapes.inc"
constexpr std::int16_t nothing[] = {icon_op::End};
}  // namespace

const std::int16_t* icon_commands(Icon icon) {
  return icon == Icon::None ? nothing : icon_numbers + icon_starts[static_cast<int>(icon) - 1];
}

const char* icon_markup(Icon icon) { return icon == Icon::None ? "" : icon_svg[static_cast<int>(icon) - 1]; }

}  // namespace tongban::ui
