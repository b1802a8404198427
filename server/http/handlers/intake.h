// A new case, from home or at the window: what both need around the step.
#pragma once

#include "server/http/handlers/common.h"
#include "shared/usecases/intake.h"

namespace tongban::http {

/// Who files it at a window, and the centre that its resident had chosen before (usecases::begin_walk_in).
struct AtWindow {
  casework::Actor actor;
  CentreId chosen;
};

/// A submission by its resident, or (with `window`) a case begun there. Reads, steps and applies in `tx`;
/// numbers that are taken already are counted past. One that was here already is read, which is noted.
Expected<usecases::Effects> take_in(server::Transaction& tx, const server::Footing& footing, const casework::Application& application,
                                    const AtWindow* window);

/// The case that a submission has become at this node: its receiving centre's copy.
Expected<std::optional<usecases::CaseRecord>> received_case(server::Transaction& tx, const SubmissionId& id);

/// 201 or 200 with the case as `reader` may see it and the receipt.
Response taken_in(const usecases::Effects& effects, const casework::Actor& reader, const server::Footing& footing);

}  // namespace tongban::http
