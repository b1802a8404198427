// A store in memory: the contract's second engine, and the shortest way to say what the rows mean.
#pragma once

#include <map>
#include <utility>

#include "server/ports/ledger.h"

namespace tongban::tests {

class MemoryTransaction final : public server::Transaction {
 public:
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
  Expected<std::vector<server::LateLetters>> late_letters(Instant before) override;
  Expected<void> note_attempt(const server::Attempt& attempt) override;
  Expected<void> hasten(const CentreId& to, Instant now) override;

  Expected<std::vector<server::LetterStatus>> letters_waiting(std::size_t limit) override;
  Expected<std::vector<server::LaneGap>> gaps(std::size_t limit) override;
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
  struct Letter {
    usecases::OutboxRow row;
    std::uint32_t attempts = 0;
    Instant next_at;
    std::string fault;
    Bytes answer;
  };
  Letter* letter(const EnvelopeId& id);
  bool has_their_cases(const usecases::Batch& batch) const;
  void append_log(server::LogEntry entry);

  std::map<usecases::CaseKey, usecases::CaseRecord> cases_;
  std::vector<Letter> letters_;
  std::map<std::pair<CentreId, EnvelopeId>, usecases::InboxRow> inbox_;
  std::map<SubmissionId, usecases::ClaimRow> claims_;
  std::map<StaffId, server::StaffAccount> accounts_;
  std::map<crypto::Digest, server::StaffSession> sessions_;
  std::vector<server::Reading> readings_;
  std::vector<server::LogEntry> log_;
};

/// A ledger that does everything at once, on the caller's thread; work that fails is undone by restoring a copy.
class MemoryLedger final : public server::Ledger {
 public:
  void write(Work work, Done done) override { done(write_now(work)); }
  void read(Work work, Done done) override { done(work(rows_)); }
  Expected<void> write_now(const Work& work) override {
    const auto before = rows_;
    auto result = work(rows_);
    if (!result) rows_ = before;
    return result;
  }
  Expected<void> read_now(const Work& work) override { return work(rows_); }
  std::size_t waiting() const override { return 0; }

 private:
  MemoryTransaction rows_;
};

}  // namespace tongban::tests
