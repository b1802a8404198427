// The receiving side of the exchange: envelopes and parcels for centres of this node, whoever brings them.
#pragma once

#include "server/ports/node.h"

namespace tongban::exchange {

/// In one transaction: dedupe, the step, and the signed answer. The sender is heard of, so what waits for it is due now.
Expected<Bytes> take_envelope(server::Transaction& tx, const server::Footing& footing, ByteView envelope);

/// Queues the above, and wakes the courier afterwards. On the network thread.
void take_envelope(server::Node& node, Bytes envelope, std::function<void(Expected<Bytes>)> done);
/// A sealed file: opened, stored under its digest, synced. The answer is empty.
void take_parcel(server::Node& node, Bytes parcel, std::function<void(Expected<Bytes>)> done);

}  // namespace tongban::exchange
