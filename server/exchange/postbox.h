// The receiving side of the exchange: envelopes and parcels for centres of this node, whoever brings them.
#pragma once

#include "server/ports/node.h"

namespace tongban::exchange {

/// In one transaction: dedupe, the step, and the signed answer. The courier is told that the sender is heard of, and woken.
/// On the network thread, as the next. Stranger.
void take_envelope(server::Node& node, server::Caller caller, Bytes envelope, std::function<void(Expected<Bytes>)> done);
/// A sealed file: opened, stored under its digest, synced. The answer is empty. Stranger.
void take_parcel(server::Node& node, server::Caller caller, Bytes parcel, std::function<void(Expected<Bytes>)> done);

}  // namespace tongban::exchange
