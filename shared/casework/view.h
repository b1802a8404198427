// A case as a screen shows it: to the resident with the secret, or to staff. What the API's answers carry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/casework/deadlines.h"
#include "shared/casework/model.h"
#include "shared/casework/receipt.h"
#include "shared/casework/verbs.h"

namespace tongban::casework {

/// One line of the timeline. For a resident, `actor` is "resident" or "staff", never an account.
struct TimelineEntry {
  std::uint32_t seq = 0;
  EventKind kind{};
  CentreId centre;
  std::string actor;
  Instant at;
  std::optional<Instant> device_time;
  EventPayload payload;
  bool operator==(const TimelineEntry&) const = default;
};

/// A supplement or withdrawal that reached A while another centre had the case.
struct RequestView {
  enum class State : std::uint8_t { Waiting, Refused };
  EventKind kind = EventKind::Supplemented;  ///< or Withdrawn
  Instant at;
  State state = State::Waiting;
  std::string code;  ///< Refused: the ErrorCode's name
  bool operator==(const RequestView&) const = default;
};

struct ReceiptView {
  ReceiptKind kind{};
  Instant at;
  CentreId centre;
  Bytes bytes;  ///< the signed receipt, for keeping, printing and the proof QR
  bool operator==(const ReceiptView&) const = default;
};

struct CaseView {
  CaseNumber number;
  SubmissionId submission_id;
  ItemId item;
  std::uint32_t catalogue_version = 0;
  std::string applicant;  ///< for a resident masked: "王**"
  Stage stage{};
  CentreId received_by, decided_by, custodian, passing_to, duplicate_of;
  Instant custody_since, arrived_at, changed_at;
  std::vector<TimelineEntry> timeline;
  std::vector<MaterialState> materials;
  std::vector<MaterialVerdict> verdicts;
  std::optional<EventPayload> open_return;
  std::optional<EventPayload> decision;
  std::vector<Deadline> deadlines;
  std::vector<ReceiptView> receipts;
  std::vector<RequestView> requests;
  std::vector<Verb> verbs;  ///< what the reader may do now

  // For staff only.
  CentreId holder;                ///< whose copy this is: of a centre that has ended, its successor's people see the copies
  std::optional<Application> application;
  CentreId proposed_decider;      ///< B by the item's rule; empty: to be chosen by hand
  CentreId asking;                ///< is being asked whether it has the application already; empty: nobody is
  bool operator==(const CaseView&) const = default;
};

/// One row of a work list.
struct WorkRow {
  CentreId holder;  ///< whose copy: mostly the reader's own centre
  CaseNumber number;
  ItemId item;
  std::string applicant;
  Stage stage{};
  CentreId received_by, decided_by, custodian, passing_to;
  Instant custody_since, arrived_at, changed_at;
  std::optional<Deadline> due;
  std::uint32_t missing = 0;  ///< materials that the resident owes
  bool operator==(const WorkRow&) const = default;
};

/// How many cases stand on one list of a centre: never whose.
struct CentreCount {
  CentreId holder;
  WorkList list{};
  std::uint64_t cases = 0;
  Instant oldest;  ///< custody_since of the oldest; of those that are done, changed_at
  bool operator==(const CentreCount&) const = default;
};

/// Letters from one centre to another that nobody has answered for too long.
struct LateLetters {
  CentreId from, to;
  std::uint64_t letters = 0;
  Instant oldest;  ///< written at; zero: not known
  bool operator==(const LateLetters&) const = default;
};

/// What supervisors see of their centres, and the city office of all of this node's.
struct Workload {
  std::vector<CentreCount> counts;
  std::vector<LateLetters> late;     ///< that this node has to send
  std::vector<LateLetters> missing;  ///< that this node has learnt it should have had
  bool operator==(const Workload&) const = default;
};

/// Who is signed in.
struct StaffSession {
  std::string account, name;
  Role role = Role::Window;
  CentreId centre;   ///< empty: the city office
  std::string csrf;  ///< to be sent back as `Tongban-Csrf` with every change
  bool operator==(const StaffSession&) const = default;
};

/// "王**": the family name stays, each further character is a star.
std::string masked(std::string_view name);

}  // namespace tongban::casework
