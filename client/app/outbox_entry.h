// A sealed application on its way to the centre, by wire or in somebody's hand. It is stored before the first send and
// resent unchanged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/app/draft.h"
#include "client/app/qr.h"
#include "client/app/retry.h"

namespace tongban::app {

enum class SendState : std::uint8_t {
  Storing,  ///< sealed; not on the device yet, so not sent
  Waiting,  ///< for the network
  Files,    ///< photos go first
  Sending,
  Retry,    ///< didn't get through; goes again at `retry.at`
  Refused,  ///< the centre named a fault that the person must mend
  Carried,  ///< goes to a window in codes; not sent
};

struct OutboxEntry {
  SubmissionId id;
  ItemId item;
  CentreId centre;
  std::string applicant;  ///< name, for the list
  bool for_other = false;
  Bytes body;             ///< the sealed request, byte for byte
  Bytes secret;           ///< opens the case later
  std::vector<Photo> files;
  Instant sealed_at;
  Bytes draft;            ///< the draft it was made from, in case it is refused
  Bytes carried;          ///< what its codes hold (wire::Carried), the same application without photos; empty: it can't be carried
  Instant carried_until;  ///< until then every window opens them
  bool by_hand = false;   ///< Carried, when it is next read from the device

  // Not stored.
  SendState state = SendState::Storing;
  std::size_t files_done = 0;
  std::uint64_t version = 0;
  Retry retry;
  std::string fault_zh, fault_en;  ///< when refused
  std::vector<QrCode> codes;       ///< of `carried`, while it is by hand
  std::size_t code_shown = 0;
  bool asking = false;             ///< the centre, whether a window has taken it
  bool asked_in_vain = false;      ///< none had, when that was asked last

  std::string key() const { return id.hex().substr(0, 8); }
};

Bytes encode_outbox_entry(const OutboxEntry& entry);
std::optional<OutboxEntry> decode_outbox_entry(ByteView bytes);

}  // namespace tongban::app
