// Whether the node at the other end of a line may speak for a centre.
#pragma once

#include "server/ports/node.h"

namespace tongban::exchange {

/// A certificate lets a node bring only what comes from centres that the directory says it serves. Entries that have
/// ended count: a centre's last letters may be on their way when its work has gone to another node. Stranger.
Expected<void> may_bring(const server::Caller& caller, const CentreId& from, const wire::Directory& directory);

}  // namespace tongban::exchange
