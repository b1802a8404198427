// A centre that was restored from a backup asks other nodes what they know: signed by that centre, answered by letters
// that only it can open.
#pragma once

#include "shared/base/expected.h"
#include "shared/ports/centre_keys.h"
#include "shared/wire/receipt.h"

namespace tongban::wire {

struct Recall {
  CentreId from;
  Instant since;  ///< what has changed from then on
  Instant at;     ///< the asker's clock
};

/// envelope_errors::NoKey.
Expected<Bytes> write_recall(const Recall& recall, const ports::CentreKeys& keys);
/// envelope_errors::Malformed, Version, NoKey (asker unknown at `now`), Signature, Stale (asked long ago, or tomorrow).
Expected<Recall> read_recall(ByteView bytes, const KeyOf& key_of, Instant now);

namespace recall_errors {
inline constexpr ErrorCode Stale{"recall.stale", "这个请求太早或太晚了，请核对时钟", "This was asked too long ago; please compare the clocks."};
}

}  // namespace tongban::wire
