// What a piece of work may read and write while it runs: the rows of shared/usecases/records.h, and the staff's.
//
// Every function may meet a fault of the disk; the work passes it on and the engine undoes the piece.
#pragma once

#include <optional>
#include <vector>

#include "server/ports/staff.h"
#include "shared/base/expected.h"
#include "shared/usecases/records.h"

namespace tongban::server {

/// A letter whose time has come; `row.bytes` is filled.
struct DueLetter {
  usecases::OutboxRow row;
  std::uint32_t attempts = 0;
};

/// How an attempt to send a letter ended, when it ended without a final answer.
struct Attempt {
  EnvelopeId id;
  std::uint32_t attempts = 0;
  Instant next_at;
  std::string fault;  ///< ErrorCode::name, for the operator
};

/// What stands in the outbox.
struct WaitingLetters {
  std::uint64_t count = 0;
  std::optional<Instant> oldest;    ///< written at
  std::optional<Instant> next_due;  ///< the first moment after `now` at which one is due
};

/// Counts for the city office and the monitor: never content.
struct CentreCount {
  CentreId holder;
  casework::WorkList list{};
  std::uint64_t cases = 0;
  Instant oldest;  ///< custody_since of the oldest
};

class CaseStore {
 public:
  virtual ~CaseStore() = default;
  virtual Expected<std::optional<usecases::CaseRecord>> find_case(const usecases::CaseKey& key) = 0;
  /// The receiving centre's own copy, whichever centre of this node that is.
  virtual Expected<std::optional<usecases::CaseKey>> find_number(const CaseNumber& number) = 0;
  /// A centre's copy.
  virtual Expected<std::optional<usecases::CaseKey>> find_number(const CentreId& holder, const CaseNumber& number) = 0;
  /// Every copy of a submission that this node keeps.
  virtual Expected<std::vector<usecases::CaseKey>> find_submission(const SubmissionId& id) = 0;
  /// Longest waiting first; `Done` newest first. Without octets of applications.
  virtual Expected<std::vector<usecases::CaseRow>> work_list(const CentreId& holder, casework::WorkList list, std::size_t limit) = 0;
  virtual Expected<std::optional<usecases::InboxRow>> find_inbox(const CentreId& holder, const EnvelopeId& id) = 0;
  virtual Expected<std::vector<CentreCount>> counts() = 0;
  virtual Expected<void> apply(const usecases::Batch& batch) = 0;

  /// Letters that wait and whose time has come, oldest first within a case.
  virtual Expected<std::vector<DueLetter>> due_letters(Instant now, std::size_t limit) = 0;
  virtual Expected<WaitingLetters> waiting_letters(Instant now) = 0;
  virtual Expected<void> note_attempt(const Attempt& attempt) = 0;
  /// Makes everything that waits due now: a reminder by hand, or a peer that is heard of again.
  virtual Expected<void> hasten(const CentreId& to, Instant now) = 0;
};

class StaffStore {
 public:
  virtual ~StaffStore() = default;
  virtual Expected<std::optional<StaffAccount>> find_account(const StaffId& account) = 0;
  virtual Expected<std::vector<StaffAccount>> accounts() = 0;
  virtual Expected<void> put_account(const StaffAccount& account) = 0;
  virtual Expected<std::optional<StaffSession>> find_session(const crypto::Digest& token) = 0;
  virtual Expected<void> put_session(const StaffSession& session) = 0;
  virtual Expected<void> end_session(const crypto::Digest& token) = 0;
  /// All sign-ins of an account, and whatever has expired.
  virtual Expected<void> end_sessions(const StaffId& account, Instant now) = 0;
  /// Appends to the audit chain; `seq` and digests are worked out here.
  virtual Expected<void> append_reading(Reading reading) = 0;
  virtual Expected<std::vector<Reading>> readings(std::uint64_t from, std::size_t limit) = 0;
};

class Transaction : public CaseStore, public StaffStore {};

/// The digest that chains one reading to the one before.
crypto::Digest reading_digest(const Reading& reading);

}  // namespace tongban::server
