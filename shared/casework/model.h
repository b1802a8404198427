// A case as data: what the resident sealed, the append-only events, and the state derived from them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/id.h"
#include "shared/base/time.h"

namespace tongban::casework {

/// A BLAKE2b-256 digest, the same type as crypto::Digest.
using Digest = std::array<std::uint8_t, 32>;

/// Somebody named in an application. All text as entered, trimmed.
struct Person {
  std::string name;
  std::string identity_number;  ///< GB 11643-1999, 18 characters; upper-case X
  std::string mobile;           ///< 11 digits
  bool operator==(const Person&) const = default;
};

/// Who acts for the applicant (代办).
struct Agent : Person {
  std::string relation;  ///< "儿子", free text
  bool operator==(const Agent&) const = default;
};

enum class MaterialWay : std::uint8_t { Bring, Attached };

struct Attachment {
  Digest digest{};        ///< of the file's bytes
  std::string media_type;  ///< "image/jpeg", "image/png", "application/pdf"
  std::uint32_t size = 0;
  bool operator==(const Attachment&) const = default;
};

/// How the resident stands with one material of the item.
struct MaterialState {
  std::string material;  ///< Material::key
  MaterialWay way = MaterialWay::Bring;
  std::vector<Attachment> attachments;
  bool operator==(const MaterialState&) const = default;
};

/// What the resident hands in: one common set for all items, since no item's own form fields are published.
struct Application {
  SubmissionId submission_id;
  ItemId item;
  std::uint32_t catalogue_version = 0;
  CentreId received_by;                          ///< the centre A chosen; the window's own at a walk-in
  std::map<std::string, std::string> answers;    ///< question key → answer key
  Person applicant;
  std::optional<Agent> agent;
  TownshipCode registration, residence;          ///< empty: outside the city, or not said
  std::string address;                           ///< residence, as entered
  std::string statement;                         ///< what is applied for
  std::vector<MaterialState> materials;
  Digest access_hash{};                          ///< of the secret that opens the case; the secret itself stays with the resident
  Instant sealed_at;                             ///< the device's clock: shown, never reckoned with
  bool operator==(const Application&) const = default;
};

enum class EventKind : std::uint8_t {
  Submitted, Received, FormChecked, Returned, Supplemented, Accepted, Transferred, TransferReceived,
  NotOurs, Decided, Delivered, Withdrawn, OriginalsMoved,
  DuplicateFound,  ///< the decider has the same application from another centre; this copy ends here
};

enum class Verdict : std::uint8_t { Fine, Missing };
enum class Outcome : std::uint8_t { Granted, Refused };

struct MaterialVerdict {
  std::string material;
  Verdict verdict = Verdict::Fine;
  std::string reason;  ///< for the resident; needed when Missing
  bool operator==(const MaterialVerdict&) const = default;
};

/// Payload of an event: only the fields of its kind are set.
struct EventPayload {
  std::vector<MaterialVerdict> verdicts;     ///< FormChecked, Returned (only Missing ones)
  std::vector<MaterialState> materials;      ///< Supplemented
  CentreId to;                               ///< Transferred; NotOurs (where it belongs, if known); OriginalsMoved (empty: back to
                                             ///< the resident); DuplicateFound (who brought the first one)
  std::string reason;                        ///< Transferred, Accepted (why this way, where the mode isn't published), NotOurs, Withdrawn
  Outcome outcome = Outcome::Granted;        ///< Decided
  std::string text;                          ///< Decided: the decision; Returned, Supplemented: a note; OriginalsMoved: which papers
  std::optional<Date> due;                   ///< Returned: until when to supplement
  bool direct = false;                       ///< Accepted: decided here, without a transfer
  std::string outside_body;                  ///< Accepted: the body outside that reviews (outside_review)
  bool operator==(const EventPayload&) const = default;
};

struct Event {
  std::uint32_t seq = 0;  ///< from 0, without gaps
  EventKind kind{};
  CentreId centre;
  std::string actor;      ///< "resident", or the account at that centre
  Instant server_time;
  std::optional<Instant> device_time;  ///< by the device; of what another centre asked for: when that was, which tells one request from another
  EventPayload payload;
  Digest previous{}, digest{};  ///< the chain: digest covers all above and `previous` (shared/wire/event.h)
  bool operator==(const Event&) const = default;
};

/// Where a case stands, for lists and screens.
enum class Stage : std::uint8_t {
  Submitted,     ///< stored at A, nobody has looked yet
  Received,      ///< A has taken it in
  Checked,       ///< every material fine
  Returned,      ///< the resident must supplement
  InTransfer,    ///< handed to the outbox; A's until B's receipt
  AtDecider,     ///< B has it
  Accepted,      ///< under review
  Decided,
  Delivered,     ///< the decision has reached A and the resident
  Misdirected,   ///< B said not ours; A must re-route
  Withdrawn,
  Duplicate,     ///< the same application runs under another copy
};

/// Everything that the events say, worked out once.
struct CaseFile {
  CaseNumber number;
  Application application;
  std::vector<Event> events;

  Stage stage = Stage::Submitted;
  CentreId received_by;    ///< A: the centre of the first event
  CentreId decided_by;     ///< B, once it is known; A itself for a direct case
  CentreId custodian;      ///< whose hands it is in
  CentreId passing_to;     ///< handed over, not yet acknowledged; the custodian appends nothing meanwhile
  CentreId duplicate_of;   ///< Duplicate: the centre that brought the first one
  Instant custody_since, changed_at;
  std::vector<MaterialVerdict> verdicts;        ///< newest by material
  std::vector<MaterialState> materials;         ///< with supplements applied
  std::optional<EventPayload> open_return;      ///< what the resident still owes
  std::optional<EventPayload> decision;

  bool passing() const { return !passing_to.empty(); }
  bool closed() const {
    return stage == Stage::Decided || stage == Stage::Delivered || stage == Stage::Withdrawn || stage == Stage::Duplicate;
  }
};

}  // namespace tongban::casework
