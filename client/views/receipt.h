// The centre's receipt of a case: what it says, whether it is genuine, and what takes it elsewhere.
#pragma once

#include "client/views/screen.h"

namespace tongban::views {

/// Opens the receipt's dialog.
void receipt_button(Screen& screen, const app::CaseEntry& entry, const ui::Button& look);
void receipt_card(Screen& screen, const app::CaseEntry& entry);
void receipt_dialog(Screen& screen);

}  // namespace tongban::views
