// What a node keeps, row by row, as the use cases read and write it. A store maps each struct to one table.
//
// Every centre has its own copy of a case (`holder`), also when one node serves both A and B: what a centre may
// see is then exactly its own rows, and a transfer is the same inside a node and between nodes.
// Keys: CaseRow (holder, submission) · EventRow (holder, submission, seq) · ReceiptRow (holder, submission, kind) ·
// LaneRow (holder, submission, peer) · OutboxRow (id) · InboxRow (holder, id) · ClaimRow (submission).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/id.h"
#include "shared/base/time.h"
#include "shared/casework/case_file.h"
#include "shared/casework/deadlines.h"
#include "shared/casework/model.h"
#include "shared/casework/receipt.h"
#include "shared/casework/verbs.h"
#include "shared/wire/envelope.h"

namespace tongban::usecases {

using casework::Digest;

struct CaseKey {
  CentreId holder;
  SubmissionId submission;
  auto operator<=>(const CaseKey&) const = default;
};

/// A centre's copy of a case: the sealed application, and what lists and searches need without reading the events.
struct CaseRow {
  CaseKey key;
  CaseNumber number;  ///< unique among rows with received_by == holder
  ItemId item;
  Bytes application;  ///< canonical octets (wire::encode); never changes
  Digest content{};   ///< their digest
  Digest access{};    ///< of the secret that opens the case for the resident; changes when a window renews it
  std::string applicant;  ///< name, for the centre's own lists: personal data
  // Derived from the events at every step:
  casework::Stage stage{};
  CentreId received_by, decided_by, custodian, passing_to;
  Instant custody_since, arrived_at, changed_at;
  std::uint32_t event_count = 0;
  Digest last_event{};  ///< digest that the next event follows
  std::optional<casework::Deadline> due;
  std::uint32_t missing = 0;
  casework::WorkList list{};  ///< on which list of the holder
  bool operator==(const CaseRow&) const = default;
};

/// Never changed, never deleted.
struct EventRow {
  CaseKey key;
  std::uint32_t seq = 0;
  Bytes bytes;  ///< wire::encode(Event)
  bool operator==(const EventRow&) const = default;
};

struct ReceiptRow {
  CaseKey key;
  casework::ReceiptKind kind{};
  Instant at;
  Bytes bytes;  ///< signed, see wire/receipt.h
  bool operator==(const ReceiptRow&) const = default;
};

/// Order between two centres within one case: how many letters went, how many were taken.
struct LaneRow {
  CaseKey key;
  CentreId peer;
  std::uint32_t sent = 0;   ///< the next letter to the peer has this number
  std::uint32_t taken = 0;  ///< the next letter from the peer is expected to have it
  std::uint32_t known = 0;  ///< events that the peer is known to have
  std::optional<std::uint32_t> gap;  ///< a later letter has come while `taken` is missing: held, visible, asked for
  bool operator==(const LaneRow&) const = default;
};

enum class OutboxState : std::uint8_t { Waiting, Taken, Refused };

/// A sealed letter to another centre; sent again, octet for octet the same, until it is settled.
struct OutboxRow {
  EnvelopeId id;
  CaseKey key;         ///< holder: the sender
  CentreId to;
  std::uint32_t seq = 0;
  wire::LetterKind kind{};
  Bytes bytes;                      ///< the envelope
  std::vector<Digest> attachments;  ///< files that the addressee must have first
  std::uint32_t events_known = 0;   ///< how many events the addressee has once it has taken this; Request: how many its sender
                                    ///< had when it was made (0: an earlier release didn't say)
  Bytes request;                    ///< LetterKind::Request: its content, to apply or send elsewhere if refused
  Instant created_at;
  OutboxState state = OutboxState::Waiting;
  Instant settled_at;
  std::string refusal;  ///< Refused: ErrorCode::name
  bool operator==(const OutboxRow&) const = default;
};

/// An envelope that was answered for good: the same one again gets the same answer.
struct InboxRow {
  CentreId holder;  ///< the addressee
  EnvelopeId id;
  Digest digest{};  ///< wire::letter_digest; of the envelope's octets in rows of earlier releases
  CentreId from;
  SubmissionId submission;  ///< zero: it could not be opened
  std::uint32_t seq = 0;
  Instant at;
  Bytes answer;     ///< wire::Answer, signed
  bool operator==(const InboxRow&) const = default;
};

/// An application that another centre has been told to go on with, since nobody had handed it in here: whoever brings it to this
/// node from then on is sent there. As long as any of the node's rows.
struct ClaimRow {
  SubmissionId submission;
  CentreId holder;  ///< the centre of this node that was asked
  CentreId by;      ///< the one that has it
  Instant at;
  bool operator==(const ClaimRow&) const = default;
};

/// One centre's copy of a case with everything that a step may need, read in the step's own transaction.
struct CaseRecord {
  CaseRow row;
  std::vector<EventRow> events;      ///< by seq, without gaps
  std::vector<ReceiptRow> receipts;
  std::vector<LaneRow> lanes;
  std::vector<OutboxRow> outbox;     ///< of this case, oldest first; Taken ones may be left out; `bytes` may be empty
};

/// Writes that become true together or not at all. `cases`, `lanes` and `outbox` replace the row of the same key,
/// the others only insert.
struct Batch {
  std::vector<CaseRow> cases;
  std::vector<EventRow> events;
  std::vector<ReceiptRow> receipts;
  std::vector<LaneRow> lanes;
  std::vector<OutboxRow> outbox;
  std::vector<InboxRow> inbox;
  std::vector<ClaimRow> claims;
  bool empty() const {
    return cases.empty() && events.empty() && receipts.empty() && lanes.empty() && outbox.empty() && inbox.empty() && claims.empty();
  }
};

/// What a step asks of its shell: commit `batch`, then answer, then send what is new in the outbox.
struct Effects {
  Batch batch;
  std::optional<CaseRecord> after;  ///< the case as it stands once the batch is committed
  std::optional<casework::CaseFile> file;  ///< what `after` says, as the step has it already; none where no step was taken
  Bytes receipt;                    ///< receive_submission, begin_walk_in: signed, stored
  bool created = false;             ///< a new case began (201, not 200)
  Bytes answer;                     ///< receive_envelope: the signed wire::Answer for the sender
};

}  // namespace tongban::usecases
