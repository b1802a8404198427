// An application or a draft as codes: for a window, and for going on at home.
#pragma once

#include "client/views/screen.h"

namespace tongban::views {

/// The card of the fifth step by which a draft is sealed into codes.
void carry_card(Screen& screen, const app::Draft& draft);
/// What is to be carried: its codes one by one, what happens next, and the ways back.
void carried_step(Screen& screen, const app::OutboxEntry& entry);
/// All codes on paper, with what to bring.
void carried_on_paper(Screen& screen, const app::OutboxEntry& entry);

/// The draft that the screen is about, as one code for the person's own phone; nothing where there is none.
void take_home_code(Screen& screen);
/// Whether take_home_code draws something.
bool can_take_home(const Screen& screen);
void take_home_dialog(Screen& screen);

}  // namespace tongban::views
