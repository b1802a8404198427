// What the window's screens share: the dark rail, who may see them, the way from A to B.
#pragma once

#include <utility>

#include "client/views/screen.h"
#include "shared/casework/view.h"

namespace tongban::views {

/// Opens a staff page with its rail. Draw the regions while the scope is open.
ui::Scope open_staff_page(Screen& screen, std::string_view title, std::string_view route);
/// Draws the sign-in form when nobody is signed in. False: somebody is, go on.
bool signed_out(Screen& screen);
/// Cases stand on these lists, in the order in which they are shown.
inline constexpr std::pair<casework::WorkList, Word> work_lists[] = {
    {casework::WorkList::ToReceive, Word::TabToReceive}, {casework::WorkList::InHand, Word::TabToTransfer}, {casework::WorkList::ToReview, Word::TabIncoming},
    {casework::WorkList::Travelling, Word::TabOut}, {casework::WorkList::Returned, Word::TabReturned}, {casework::WorkList::Done, Word::TabDone},
};
/// In place of the lists, for those who see counts only.
void staff_overview(Screen& screen);
/// "Ⓐ 本中心 → Ⓑ 临汾路街道"; this centre's letter is filled.
void way(Screen& screen, const CentreId& a, const CentreId& b, const ItemId& item);
/// What the case waits for, as this centre sees it.
Word now_word(const casework::WorkRow& row);
std::string due_text(const Screen& screen, const std::optional<casework::Deadline>& due, bool& urgent);

}  // namespace tongban::views
