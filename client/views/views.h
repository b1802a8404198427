// The portal's screens: a pure function from the model to a described screen and to what the person meant.
#pragma once

#include "client/app/intent.h"
#include "client/app/model.h"
#include "client/ui/ui.h"

namespace tongban::views {

/// Describes the screen of `model.route`; returns what the action in `ui`'s input means.
app::Intents draw(ui::Ui& ui, const app::Model& model);

/// Describes what `model.print` asks to be printed.
void draw_print(ui::Ui& ui, const app::Model& model);

}  // namespace tongban::views
