// A case as the API shows it, to the resident with the secret or to staff of the holding centre.
#pragma once

#include "shared/casework/view.h"
#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

/// For a resident: no application, no accounts, the name masked. Errors of casework::allowed(Read), and damaged rows.
Expected<casework::CaseView> view_case(const CaseRecord& record, const casework::Actor& reader, const Ground& ground);
/// The same for a case that a step has just begun (`effects.created`): what was never on a disk needs no verifying.
Expected<casework::CaseView> view_begun(const Effects& effects, const casework::Actor& reader, const Ground& ground);

casework::WorkRow work_row(const CaseRow& row);

}  // namespace tongban::usecases
