// The common form of every item, as the resident fills it in at home and the window at a walk-in.
#pragma once

#include "client/views/screen.h"

namespace tongban::views {

/// The fields of applicant, places, person acting and statement. `beside`: what stands right of the identity number
/// on a tablet (the picture of the card and the keypad) is drawn by `form_side`. `first_level` is that of the first
/// heading: 1 where the form is the page.
void form_fields(Screen& screen, const app::Draft& draft, const catalogue::Item& item, int first_level);
void form_side(Screen& screen, const app::Draft& draft);

/// District, then centre in it. `chosen(district, centre)` is called with what was picked; the other is empty.
struct CentrePick {
  std::string district;
  CentreId centre;
};
std::optional<CentrePick> centre_pick(Screen& screen, std::string_view key, const std::string& district, const CentreId& selected,
                                      Word district_label, Word centre_label, std::string_view error);

}  // namespace tongban::views
