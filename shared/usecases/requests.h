// A resident's supplement or withdrawal: done here, or sent to where the case is. Internal to shared/usecases.
#pragma once

#include "shared/usecases/work.h"

namespace tongban::usecases {

/// The history has it already. A centre that was restored from a backup may be asked twice, by letters of different ids.
bool is_fulfilled(const casework::CaseFile& file, const wire::Request& request);
/// A resident's supplement that lies in the case already, as the last one since something was asked for: its answer was lost,
/// and it was sent again, perhaps after others had gone on with the case. It may erase no verdict and move no stage.
bool is_repeated(const casework::CaseFile& file, const wire::Request& request);
/// Likewise of a wish that comes up again later: when it was made it lay in the case already, and what was asked for since then it
/// doesn't answer.
bool was_repeated(const casework::CaseFile& file, const wire::Request& request);
/// Refused only because another letter took its place: one to whoever has the case, or to an addressee that had been restored.
bool is_sent_on(const OutboxRow& request);
/// Appends the event at a copy that has custody, unless it is there or only repeated.
Expected<void> fulfil(Work& work, const wire::Request& request);
/// What a wish that has come back meets here: done, sent on, or refused to be seen when there is no place for it.
Expected<void> fulfil_again(Work& work, const OutboxRow& row);
/// Where the case is: `fulfil`, and A is told. Elsewhere: a letter to whoever has it or is about to.
Expected<void> fulfil_or_forward(Work& work, const wire::Request& request);

}  // namespace tongban::usecases
