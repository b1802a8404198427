// A centre that was restored from a backup asks other nodes what they know: signed by that centre, answered by letters
// that only it can open. It asks page by page, and learns which letters to wait for.
#pragma once

#include <optional>
#include <vector>

#include "shared/base/expected.h"
#include "shared/base/id.h"
#include "shared/ports/centre_keys.h"
#include "shared/wire/receipt.h"

namespace tongban::wire {

/// A copy of a case at the node that is asked, in its order of submission and holder.
struct Bookmark {
  SubmissionId submission;
  CentreId holder;
  bool operator==(const Bookmark&) const = default;
};

struct Recall {
  CentreId from;
  Instant since;  ///< what has changed from then on
  Instant at;     ///< the asker's clock
  Bookmark after{};  ///< where the page before ended; empty at first
};

/// The letters that a page of recollections consists of, and where the next page begins, if there is one.
struct RecallPage {
  CentreId by;  ///< signs it: any centre of the node that was asked
  bool later = false;  ///< that node is being restored itself, and has not heard what the others know: to be asked again
  std::vector<EnvelopeId> letters;
  std::optional<Bookmark> more_after;
};

/// envelope_errors::NoKey.
Expected<Bytes> write_recall(const Recall& recall, const ports::CentreKeys& keys);
/// envelope_errors::Malformed, Version, NoKey (asker unknown at `now`), Signature, Stale (asked long ago, or tomorrow).
Expected<Recall> read_recall(ByteView bytes, const KeyOf& key_of, Instant now);

/// In answer to the octets of a recall. envelope_errors::NoKey.
Expected<Bytes> write_recall_page(const RecallPage& page, ByteView recall, const ports::CentreKeys& keys);
/// envelope_errors::Malformed (also when it answers another recall), Version, NoKey, Signature.
Expected<RecallPage> read_recall_page(ByteView bytes, ByteView recall, const KeyOf& key_of, Instant now);

namespace recall_errors {
inline constexpr ErrorCode Stale{"recall.stale", "这个请求太早或太晚了，请核对时钟", "This was asked too long ago; please compare the clocks."};
}

}  // namespace tongban::wire
