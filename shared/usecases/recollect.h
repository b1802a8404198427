// Healing a centre that was restored from an older backup: what it has lost, its peers still know.
//
// The restored node asks by a wire::Recall; a peer answers for each case with a Recollection, sealed to the centre. A
// digest chain proves no author, so a centre takes Recollections only while it has asked for them (the shell sees to it).
#pragma once

#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

/// At the peer: all that this copy knows, for `to`; and requests that `to` took, but told nothing about, once more.
Expected<Effects> recollect(const CaseRecord& record, const CentreId& to, const Ground& ground);

}  // namespace tongban::usecases
