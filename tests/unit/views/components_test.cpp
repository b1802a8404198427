// The page of components, which nobody but us sees: every widget in every state must pass what the screens must.
#include <doctest/doctest.h>

#include "client/platform/browser/components.h"
#include "client/ui/audit.h"
#include "client/ui/layout.h"
#include "tests/unit/views/contrast.h"
#include "tests/unit/views/line_faults.h"

namespace tongban::views {

TEST_CASE("each widget in each state has a name, its words within its box, and colours that can be read") {
  const auto program = platform::make_components();
  for (const float width : {390.f, 1024.f, 1366.f}) {
    ui::Input input;
    input.width = width;
    input.height = 800;
    ui::Tree tree;
    {
      ui::Ui ui(input, tree);
      program->describe(ui);
    }
    ui::layout_screen(tree, ui::Faces{}, {.width = width, .height = 800});
    CAPTURE(width);
    for (const std::string& fault : ui::audit(tree)) FAIL_CHECK(fault);
    for (const std::string& fault : line_faults(tree, width)) FAIL_CHECK(fault);
    for (const ui::Theme theme : {ui::Theme::Light, ui::Theme::Dark})
      for (const std::string& fault : contrast_faults(tree, theme, true)) FAIL_CHECK(fault);
  }
}

}  // namespace tongban::views
