// The rows of records.h as SQL: each struct one table, each function one statement prepared once. Written once for every
// engine, in the SQL that SQLite and PostgreSQL share; lives as long as one piece of work on the ledger's thread.
//
// `Database` has `prepare(sql)`, whose statement binds `?` from left to right, then either steps through rows and their
// columns (`next`, `number`, `text`, `blob`, …) or runs to its end (`done`): see sqlite/database.h and
// postgres/connection.h. An engine instantiates this in its transaction.cpp; the functions are in the other files here.
#pragma once

#include "server/ports/transaction.h"

namespace tongban::store {

template <typename Database>
class SqlTransaction final : public server::Transaction {
 public:
  explicit SqlTransaction(Database& db) : db_(db) {}

  Expected<std::optional<usecases::CaseRecord>> find_case(const usecases::CaseKey& key) override;
  Expected<std::optional<usecases::CaseKey>> find_number(const CaseNumber& number) override;
  Expected<std::optional<usecases::CaseKey>> find_number(const CentreId& holder, const CaseNumber& number) override;
  Expected<std::vector<usecases::CaseKey>> find_submission(const SubmissionId& id) override;
  Expected<std::optional<usecases::ClaimRow>> find_claim(const SubmissionId& id) override;
  Expected<std::vector<usecases::CaseRow>> work_list(const CentreId& holder, casework::WorkList list, std::size_t limit) override;
  Expected<std::optional<usecases::InboxRow>> find_inbox(const CentreId& holder, const EnvelopeId& id) override;
  Expected<std::vector<server::CentreCount>> counts() override;
  Expected<void> apply(const usecases::Batch& batch) override;
  Expected<std::vector<server::DueLetter>> due_letters(const CentreId& to, Instant now, std::size_t limit, std::optional<wire::LetterKind> only) override;
  Expected<server::WaitingLetters> waiting_letters(Instant now) override;
  Expected<std::uint64_t> count_letters() override;
  Expected<std::vector<std::pair<CentreId, std::uint64_t>>> letters_by_addressee() override;
  Expected<void> note_attempt(const server::Attempt& attempt) override;
  Expected<void> hasten(const CentreId& to, Instant now) override;

  Expected<std::vector<server::LetterStatus>> letters_waiting(std::size_t limit) override;
  Expected<std::vector<server::LaneGap>> gaps(std::size_t limit) override;
  Expected<std::vector<server::LateLetters>> late_letters(Instant before) override;
  Expected<std::vector<usecases::CaseRow>> in_custody(std::size_t limit) override;
  Expected<bool> hasten_letter(const EnvelopeId& id, Instant now) override;
  Expected<bool> waits_beyond(Instant latest) override;
  Expected<void> hasten_beyond(Instant latest, Instant now) override;
  Expected<void> keep_answer(const EnvelopeId& id, ByteView answer, Instant now) override;
  Expected<std::optional<server::KeptLetter>> find_letter(const EnvelopeId& id) override;
  Expected<std::vector<server::LogEntry>> exchange_log(std::uint64_t from, std::size_t limit) override;
  Expected<server::ChangedCases> cases_since(Instant since, const CentreId& peer, const usecases::CaseKey& after, server::LookThrough most) override;
  Expected<std::vector<usecases::CaseKey>> case_keys(const usecases::CaseKey& after, std::size_t limit) override;

  Expected<std::optional<server::StaffAccount>> find_account(const StaffId& account) override;
  Expected<std::vector<server::StaffAccount>> accounts() override;
  Expected<void> put_account(const server::StaffAccount& account) override;
  Expected<std::optional<server::StaffSession>> find_session(const crypto::Digest& token) override;
  Expected<void> put_session(const server::StaffSession& session) override;
  Expected<void> end_session(const crypto::Digest& token) override;
  Expected<void> end_expired_sessions(Instant now) override;
  Expected<void> end_sessions(const StaffId& account, Instant now) override;
  Expected<void> append_reading(server::Reading reading) override;
  Expected<std::vector<server::Reading>> readings(std::uint64_t from, std::size_t limit) override;

 private:
  Expected<std::vector<usecases::EventRow>> events_of(std::int64_t id, const usecases::CaseKey& key);
  Expected<std::vector<usecases::ReceiptRow>> receipts_of(std::int64_t id, const usecases::CaseKey& key);
  Expected<std::vector<usecases::LaneRow>> lanes_of(std::int64_t id, const usecases::CaseKey& key);
  Expected<std::vector<usecases::OutboxRow>> outbox_of(std::int64_t id, const usecases::CaseKey& key);
  Expected<void> put(const usecases::CaseRow& row);
  Expected<void> put(const usecases::EventRow& row);
  Expected<void> put(const usecases::ReceiptRow& row);
  Expected<void> put(const usecases::LaneRow& row);
  Expected<void> put(const usecases::OutboxRow& row);
  Expected<bool> has_letter(const EnvelopeId& id);
  Expected<void> post(const usecases::OutboxRow& row);
  Expected<void> settle(const usecases::OutboxRow& row);
  Expected<void> put(const usecases::InboxRow& row);
  Expected<void> put(const usecases::ClaimRow& row);
  /// Appends to the exchange's chain; `seq` and digests are worked out here.
  Expected<void> append_log(server::LogEntry entry);

  Database& db_;
};

}  // namespace tongban::store
