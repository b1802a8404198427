// What a piece of work may read and write while it runs: the rows of shared/usecases/records.h, and the staff's.
//
// Every function may meet a fault of the disk; the work passes it on and the engine undoes the piece.
#pragma once

#include <optional>
#include <vector>

#include "server/ports/staff.h"
#include "shared/base/expected.h"
#include "shared/casework/view.h"
#include "shared/usecases/records.h"

namespace tongban::server {

/// A letter whose time has come; `row.bytes` is filled.
struct DueLetter {
  usecases::OutboxRow row;
  std::uint32_t attempts = 0;
  Instant due_at{};  ///< since when
};

/// How an attempt to send a letter ended, when it ended without a final answer.
struct Attempt {
  EnvelopeId id;
  std::uint32_t attempts = 0;
  Instant next_at;
  std::string fault;  ///< ErrorCode::name, for the operator
};

/// What stands in the outbox; quickly told, however much that is.
struct WaitingLetters {
  std::optional<Instant> oldest;    ///< written at
  std::optional<Instant> next_due;  ///< the first moment after `now` at which one is due
  std::vector<CentreId> due;        ///< to whom there are letters whose time has come
};

using casework::CentreCount;
using casework::LateLetters;

/// A letter that waits, as an operator sees it: what for, since when, and what came in its way.
struct LetterStatus {
  EnvelopeId id;
  CaseNumber number;
  CentreId from, to;
  wire::LetterKind kind{};
  Instant written_at, next_at;
  std::uint32_t attempts = 0;
  std::string fault;
};

/// How far one piece of work goes through what may have changed.
struct LookThrough {
  std::size_t found, looked_at;
};
struct ChangedCases {
  std::vector<usecases::CaseKey> keys;
  std::optional<usecases::CaseKey> more_after;  ///< where the next piece begins; nothing: there are no more
};

/// A letter of a lane has come before the one that it follows.
struct LaneGap {
  CaseNumber number;
  CentreId holder, peer;
  std::uint32_t missing = 0, seen = 0;
};

/// A letter with the addressee's final answer, as far as there is one.
struct KeptLetter {
  usecases::OutboxRow row;
  Bytes answer;
};

enum class LogKind : std::uint8_t { Sent = 1, Settled = 2, Answered = 3 };

/// One envelope written, or its receipt come, or somebody else's envelope answered; chained by digest, so that none
/// can be changed or taken out unnoticed.
struct LogEntry {
  std::uint64_t seq = 0;
  Instant at;
  LogKind kind{};
  CentreId holder;          ///< whose letter it is, or who answered
  EnvelopeId envelope;
  crypto::Digest octets{};  ///< Sent: of the envelope; Settled, Answered: of the answer
  crypto::Digest previous{}, digest{};
};

class CaseStore {
 public:
  virtual ~CaseStore() = default;
  virtual Expected<std::optional<usecases::CaseRecord>> find_case(const usecases::CaseKey& key) = 0;
  /// The receiving centre's own copy, whichever centre of this node that is.
  virtual Expected<std::optional<usecases::CaseKey>> find_number(const CaseNumber& number) = 0;
  /// A centre's copy. Cases of two other nodes may have one number: then of those that are not done one, and the others once it is.
  virtual Expected<std::optional<usecases::CaseKey>> find_number(const CentreId& holder, const CaseNumber& number) = 0;
  /// Every copy of a submission that this node keeps.
  virtual Expected<std::vector<usecases::CaseKey>> find_submission(const SubmissionId& id) = 0;
  /// The centre that has been told to go on with that application.
  virtual Expected<std::optional<usecases::ClaimRow>> find_claim(const SubmissionId& id) = 0;
  /// Longest waiting first; `Done` newest first. Without octets of applications.
  virtual Expected<std::vector<usecases::CaseRow>> work_list(const CentreId& holder, casework::WorkList list, std::size_t limit) = 0;
  virtual Expected<std::optional<usecases::InboxRow>> find_inbox(const CentreId& holder, const EnvelopeId& id) = 0;
  virtual Expected<std::vector<CentreCount>> counts() = 0;
  virtual Expected<void> apply(const usecases::Batch& batch) = 0;

  /// Letters to a centre that wait and whose time has come, oldest first within a case; all, or those of a kind.
  virtual Expected<std::vector<DueLetter>> due_letters(const CentreId& to, Instant now, std::size_t limit, std::optional<wire::LetterKind> only) = 0;
  virtual Expected<WaitingLetters> waiting_letters(Instant now) = 0;
  /// Goes through all of them.
  virtual Expected<std::uint64_t> count_letters() = 0;
  /// Likewise, each addressee's.
  virtual Expected<std::vector<std::pair<CentreId, std::uint64_t>>> letters_by_addressee() = 0;
  virtual Expected<void> note_attempt(const Attempt& attempt) = 0;
  /// Makes everything that waits due now: a reminder by hand, or a peer that is heard of again.
  virtual Expected<void> hasten(const CentreId& to, Instant now) = 0;
};

/// What operators ask about the exchange, and what it must be able to prove later.
class ExchangeStore {
 public:
  virtual ~ExchangeStore() = default;
  /// Longest waiting first.
  virtual Expected<std::vector<LetterStatus>> letters_waiting(std::size_t limit) = 0;
  virtual Expected<std::vector<LaneGap>> gaps(std::size_t limit) = 0;
  /// What waits and was written before then, by sender and addressee; those that wait longest first.
  virtual Expected<std::vector<LateLetters>> late_letters(Instant before) = 0;
  /// Cases that are not done, the longest in the same hands first. Without octets of applications.
  virtual Expected<std::vector<usecases::CaseRow>> in_custody(std::size_t limit) = 0;
  /// A reminder by hand: the letter is due now. False when none of that id waits.
  virtual Expected<bool> hasten_letter(const EnvelopeId& id, Instant now) = 0;
  /// Whether a letter is to wait until after `latest`.
  virtual Expected<bool> waits_beyond(Instant latest) = 0;
  /// Every such letter is due now.
  virtual Expected<void> hasten_beyond(Instant latest, Instant now) = 0;
  /// Keeps the addressee's final answer beside its letter, once.
  virtual Expected<void> keep_answer(const EnvelopeId& id, ByteView answer, Instant now) = 0;
  virtual Expected<std::optional<KeptLetter>> find_letter(const EnvelopeId& id) = 0;
  virtual Expected<std::vector<LogEntry>> exchange_log(std::uint64_t from, std::size_t limit) = 0;
  /// Copies that have changed since then, and those of which a letter has come from or been taken by the peer; by submission and
  /// holder, after `after` (an empty key: from the beginning).
  virtual Expected<ChangedCases> cases_since(Instant since, const CentreId& peer, const usecases::CaseKey& after, LookThrough most) = 0;
  /// All copies, by submission and holder, after `after`.
  virtual Expected<std::vector<usecases::CaseKey>> case_keys(const usecases::CaseKey& after, std::size_t limit) = 0;
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
  /// Those that have expired: else they would be kept for ever, since nobody comes back to end them.
  virtual Expected<void> end_expired_sessions(Instant now) = 0;
  /// All sign-ins of an account, and whatever has expired.
  virtual Expected<void> end_sessions(const StaffId& account, Instant now) = 0;
  /// Appends to the audit chain; `seq` and digests are worked out here.
  virtual Expected<void> append_reading(Reading reading) = 0;
  virtual Expected<std::vector<Reading>> readings(std::uint64_t from, std::size_t limit) = 0;
};

class Transaction : public CaseStore, public ExchangeStore, public StaffStore {};

/// Not yet in the chain.
Reading reading(std::string actor, std::string what, std::string record, Instant at);

/// The digests that chain one entry to the one before.
crypto::Digest reading_digest(const Reading& reading);
crypto::Digest log_digest(const LogEntry& entry);

}  // namespace tongban::server
