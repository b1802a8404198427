// A case of the person's (办件) as this device knows it: the number and the secret that opens it, the centre's
// receipt, and what the node last told about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/app/draft.h"
#include "client/app/retry.h"
#include "shared/casework/view.h"

namespace tongban::app {

/// What the person is asked to add, as it goes to the centre.
enum class MendState : std::uint8_t { Collecting, Waiting, Sending, Failed };

/// Whether the receipt's signature was checked against the city's list of keys.
enum class ReceiptState : std::uint8_t { Unchecked, Genuine, Wrong };

struct CaseEntry {
  CaseNumber number;
  ItemId item;
  CentreId centre;         ///< A
  std::string applicant;   ///< name, for the list
  bool for_other = false;
  Bytes secret;
  Bytes receipt;           ///< as the centre signed it
  Instant stored_at;       ///< the centre's time of the receipt
  Bytes told;              ///< the node's last answer, word for word
  Instant fetched;         ///< when it was given
  std::vector<Paper> mending;  ///< what is being added, kept over a closed tab

  // Not stored.
  std::uint64_t version = 0;
  std::optional<casework::CaseView> view;  ///< read from `told`
  ReceiptState receipt_state = ReceiptState::Unchecked;
  bool refreshing = false;
  bool unreachable = false;                ///< the last refreshing got no answer
  MendState mend = MendState::Collecting;
  Retry retry;                             ///< of what is Waiting though there is a network
  std::size_t files_done = 0;
  std::string fault_zh, fault_en;          ///< why a supplement or withdrawal was refused
  std::string photo_fault, photo_fault_at;

  const Paper* mending_paper(const std::string& material) const;
};

/// Adding a case that was begun at a window, by what stands on its receipt.
struct CaseLookup {
  std::string number, code;
  bool looking = false;
  bool wrong = false, unreachable = false;
};

Bytes encode_case_entry(const CaseEntry& entry);
std::optional<CaseEntry> decode_case_entry(ByteView bytes);

}  // namespace tongban::app
