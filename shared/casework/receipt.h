// The three receipts of a case: stored, formally accepted, decided. What they say; octets and signature are in shared/wire.
#pragma once

#include "shared/casework/model.h"

namespace tongban::casework {

enum class ReceiptKind : std::uint8_t { Stored = 1, Accepted = 2, Decided = 3 };

struct Receipt {
  ReceiptKind kind = ReceiptKind::Stored;
  CaseNumber number;
  SubmissionId submission_id;
  ItemId item;
  std::uint32_t catalogue_version = 0;
  Digest content{};       ///< of the application's canonical octets, reckoned by the server
  Digest event{};         ///< of the event that it acknowledges
  Outcome outcome = Outcome::Granted;  ///< Decided only
  CentreId centre;        ///< who signs
  Instant at;             ///< that centre's clock
  bool operator==(const Receipt&) const = default;
};

}  // namespace tongban::casework
