// The list of centres and one centre's page: each a screen of its own, or side by side where a desktop has room.
#pragma once

#include <string>
#include <string_view>

#include "client/views/screen.h"

namespace tongban::views {

/// Whether the chosen centre stands beside the list: on a desktop, unless the type is too large for both.
bool room_beside_centres(const Screen& screen);
/// Both screens where there is room: the same list on both, and at its right the chosen centre, or a word on choosing one.
void centres_beside(Screen& screen);

/// Filters and what they leave.
void centres_list(Screen& screen);
/// The full name of the route's centre, for the document; that of the list when there is no such centre.
std::string_view centre_title(const Screen& screen);
/// The same as people call it, for the heading.
std::string centre_heading(const Screen& screen);
/// What is known of the route's centre, below its heading, which is of level `heading`.
void centre_content(Screen& screen, int heading);

}  // namespace tongban::views
