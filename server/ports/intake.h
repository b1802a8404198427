// What a node knows of an application before it takes it in, or tells another centre who has it.
#pragma once

#include "server/ports/transaction.h"
#include "shared/usecases/intake.h"

namespace tongban::server {

/// Every copy of the submission on this node, and who else has been told to go on: also beside a copy that lives, as on a node that was
/// restored from before it let that one go on.
Expected<usecases::IntakeState> known_of(CaseStore& store, const SubmissionId& id);

}  // namespace tongban::server
