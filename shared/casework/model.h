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

/// A BLAKE2b-256 digest.
using Digest = std::array<std::uint8_t, 32>;

/// Somebody named in an application. All text as entered, trimmed.
struct Person {
  std::string name;
  std::string identity_number;  ///< GB 11643-1999, 18 characters; upper-case X
  std::string mobile;           ///< 11 digits
};

/// Who acts for the applicant (代办).
struct Agent : Person {
  std::string relation;  ///< "儿子", free text
};

enum class MaterialWay : std::uint8_t { Bring, Attached };

struct Attachment {
  Digest digest{};        ///< of the file's bytes
  std::string media_type;  ///< "image/jpeg", "image/png", "application/pdf"
  std::uint32_t size = 0;
};

/// How the resident stands with one material of the item.
struct MaterialState {
  std::string material;  ///< Material::key
  MaterialWay way = MaterialWay::Bring;
  std::vector<Attachment> attachments;
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
};

enum class EventKind : std::uint8_t {
  Submitted, Received, FormChecked, Returned, Supplemented, Accepted, Transferred, TransferReceived,
  NotOurs, Decided, Delivered, Withdrawn, OriginalsMoved,
};

enum class Verdict : std::uint8_t { Fine, Missing };
enum class Outcome : std::uint8_t { Granted, Refused };

struct MaterialVerdict {
  std::string material;
  Verdict verdict = Verdict::Fine;
  std::string reason;  ///< for the resident; needed when Missing
};

/// Payload of an event: only the fields of its kind are set.
struct EventPayload {
  std::vector<MaterialVerdict> verdicts;     ///< FormChecked, Returned (only Missing ones)
  std::vector<MaterialState> materials;      ///< Supplemented
  CentreId to;                               ///< Transferred, NotOurs (where it belongs, if known)
  std::string reason;                        ///< Transferred (when chosen by hand), NotOurs, Withdrawn
  Outcome outcome = Outcome::Granted;        ///< Decided
  std::string text;                          ///< Decided: the decision for the resident
  std::optional<Date> due;                   ///< Returned: until when to supplement
  bool direct = false;                       ///< Accepted: decided here, without a transfer
};

struct Event {
  std::uint32_t seq = 0;  ///< from 0, without gaps
  EventKind kind{};
  CentreId centre;
  std::string actor;      ///< "resident", or the account at that centre
  Instant server_time;
  std::optional<Instant> device_time;
  EventPayload payload;
  Digest previous{}, digest{};  ///< the chain: digest covers all above and `previous`
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
};

/// Everything that the events say, worked out once.
struct CaseFile {
  CaseNumber number;
  Application application;
  std::vector<Event> events;

  Stage stage = Stage::Submitted;
  CentreId received_by, decided_by, custodian;
  std::vector<MaterialVerdict> verdicts;        ///< newest by material
  std::vector<MaterialState> materials;         ///< with supplements applied
  std::optional<EventPayload> open_return;      ///< what the resident still owes
  std::optional<EventPayload> decision;
};

}  // namespace tongban::casework
