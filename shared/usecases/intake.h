// The two ways in: a resident submits from home, or a window begins the case of somebody at the counter.
#pragma once

#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"
#include "shared/wire/application.h"

namespace tongban::usecases {

/// What the store knows of this application, read in the step's transaction.
struct IntakeState {
  std::vector<CaseRecord> copies;  ///< every copy of the submission on this node
  std::optional<ClaimRow> claim;   ///< needed only where no received copy lives on
  std::uint32_t number_attempt = 0;  ///< counted up by the shell when the case number is taken already
};

/// The copy that the receiving centre keeps, among all of this node; null when there is none. One that ended as a
/// duplicate is taken only if there is no other.
const CaseRecord* received_copy(const std::vector<CaseRecord>& copies);
/// Neither withdrawn nor found to be a duplicate.
bool lives_on(const CaseRow& row);

/// A submits → `submitted` and the stored receipt. Sending again is harmless: the same content gives the case and
/// receipt that are there (case_file.damaged or wire.chain when they aren't sound). ContentDiffers; Elsewhere when a window of
/// another node has it, which has sent it here to be decided, or was told that it may go on; OtherNode; FileLacking (where: the
/// file's digest); or the first fault that casework::check_application finds.
Expected<Effects> receive_submission(const casework::Application& application, const IntakeState& state, const Ground& ground);

/// The window's account begins a case at its own centre: `submitted` and `received`. Also Elsewhere when another centre of this
/// node has it. `chosen` is the centre that the resident had sealed the application for, where it was carried here (empty: none);
/// on another node it may have been sent online as well, and is asked (enquiry.h).
Expected<Effects> begin_walk_in(const casework::Application& application, const CentreId& chosen, const casework::Actor& actor,
                                const IntakeState& state, const Ground& ground);

}  // namespace tongban::usecases
