// Photos and files that were added to a material: what they show, how large they are, and what may be wrong with them.
#pragma once

#include <string>
#include <string_view>

#include "client/views/screen.h"

namespace tongban::views {

/// What may be wrong with it, as a sentence; empty: nothing that was measured.
std::string doubt_words(const Screen& screen, const app::Photo& photo);

/// One of them, `number` of those of `material`. True when it is to be removed.
bool photo_row(Screen& screen, std::string_view material, const app::Photo& photo, int number, bool removable);

/// What the platform measured of a chosen file, as the app judges it.
app::PhotoLook look_of(const ui::FileRef& file);

}  // namespace tongban::views
