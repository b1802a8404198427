// An application that was carried to a window may have been sent online as well, and its answer lost. It can have been sent only
// to the centre that it was sealed for: that one is asked, and whichever of the two had it first has it. Internal to
// shared/usecases; server/README.md ("Sent and carried") says why so.
#pragma once

#include "shared/usecases/intake.h"
#include "shared/usecases/take.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

/// Whom the window of a carried application asks. Nobody: none was chosen; it is served by this node, whose intake has looked;
/// the item's rule names one decider, who sees that two copies are the same; or the directory has dropped that centre.
std::optional<CentreId> centre_to_ask(const casework::Application& application, const CentreId& chosen, const Ground& ground);

/// The centre that has not answered yet; null: none is asked. Until then the case is neither passed on nor accepted.
const CentreId* asked_still(const CaseRecord& record);
/// StillAsking.
Expected<void> has_been_answered(const Work& work, const Ground& ground);

/// At the centre that is asked, or told again once it has been restored: Taken, and the claim is kept; or Duplicate, and who has it.
/// While it is being restored (`healing`) it believes who says that it was let go on.
Expected<Taken> receive_claim(const wire::Letter& letter, const IntakeState& known, bool healing, const Ground& ground);
/// This copy ends, since the application lives on at `other`: as long as that is this centre's to say.
Expected<void> give_way(Work& work, const CentreId& other);
/// At the window's centre, whose copy ends when the application lives on elsewhere.
Expected<void> settle_claim(Work& work, const wire::Answer& answer);
/// That centre has said that this copy may go on, as far as this one remembers, or as its history shows.
bool was_granted(const Work& work, const CentreId& by);

/// "曲阳路街道"; the code of one that the catalogue doesn't know.
std::string short_name(const CentreId& centre, const Ground& ground);

}  // namespace tongban::usecases
