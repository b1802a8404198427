// A sealed application on its way to the centre. It is stored before the first send and resent unchanged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/app/draft.h"
#include "client/app/retry.h"

namespace tongban::app {

enum class SendState : std::uint8_t {
  Storing,  ///< sealed; not on the device yet, so not sent
  Waiting,  ///< for the network
  Files,    ///< photos go first
  Sending,
  Retry,    ///< didn't get through; goes again at `retry.at`
  Refused,  ///< the centre named a fault that the person must mend
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

  // Not stored.
  SendState state = SendState::Storing;
  std::size_t files_done = 0;
  std::uint64_t version = 0;
  Retry retry;
  std::string fault_zh, fault_en;  ///< when refused

  std::string key() const { return id.hex().substr(0, 8); }
};

Bytes encode_outbox_entry(const OutboxEntry& entry);
std::optional<OutboxEntry> decode_outbox_entry(ByteView bytes);

}  // namespace tongban::app
