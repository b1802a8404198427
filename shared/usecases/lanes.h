// The letters of a case that wait for one centre, given up for new ones: of new numbers, in the order in which they were written, and
// by what is known now. Internal to shared/usecases.
#pragma once

#include "shared/usecases/work.h"

namespace tongban::usecases {

/// All letters of the lane before `next` have been taken: none of them is missing any more.
void has_come_to(LaneRow& lane, std::uint32_t next);

bool waits_in_order(const OutboxRow& row, const CentreId& to);
/// Nothing of the old lane goes on: new letters, of new numbers, are to take the place of those that wait.
void supersede(Work& work, const CentreId& to);
/// The letter by which the holder passes the case on, if there is none that waits: the holder has forgotten it, or its addressee.
Expected<void> pass_on_again(Work& work);

}  // namespace tongban::usecases
