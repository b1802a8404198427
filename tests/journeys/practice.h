// How an office and a portal work: the production use cases, and the rules of the shells around them. Every decision
// that could lose a case passes through here, so that a planted bug is one overridden function (planted/), and the
// production code carries no switch.
#pragma once

#include "shared/crypto/digest.h"
#include "shared/usecases/act.h"
#include "shared/usecases/intake.h"
#include "shared/usecases/healing.h"
#include "shared/usecases/mail.h"
#include "shared/usecases/recollect.h"
#include "shared/usecases/seal_submission.h"
#include "shared/wire/receipt.h"

namespace tongban::journeys {

using usecases::Batch;
using usecases::CaseRecord;
using usecases::Effects;
using usecases::Ground;
using usecases::OutboxRow;
using usecases::Sealed;

/// Who is waiting for an answer.
enum class Asker : std::uint8_t { Resident, Staff, Centre };

class Practice {
 public:
  virtual ~Practice() = default;

  // The use cases, as they are.
  virtual Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) {
    return usecases::receive_submission(application, state, ground);
  }
  virtual Expected<Effects> begin_walk_in(const casework::Application& application, const CentreId& chosen, const casework::Actor& actor,
                                          usecases::IntakeState state, Ground ground) {
    return usecases::begin_walk_in(application, chosen, actor, state, ground);
  }
  virtual Expected<Effects> act(casework::Verb verb, CaseRecord record, const casework::EventPayload& payload,
                                const casework::Actor& actor, Ground ground) {
    return usecases::act(verb, record, payload, actor, ground);
  }
  virtual Expected<usecases::RenewedAccess> renew_access(const CaseRecord& record, const casework::Actor& actor, Ground ground) {
    return usecases::renew_access(record, actor, ground);
  }
  virtual Expected<usecases::Mail> open_mail(ByteView bytes, const Ground& ground) { return usecases::open_mail(bytes, ground); }
  virtual Expected<Effects> receive_mail(usecases::Mail mail, usecases::MailState state, Ground ground) {
    return usecases::receive_mail(mail, state, ground);
  }
  virtual Expected<wire::Answer> verify_answer(const OutboxRow& row, ByteView bytes, const Ground& ground) {
    return usecases::verify_answer(row, bytes, ground);
  }
  virtual Expected<Effects> settle_mail(OutboxRow row, wire::Answer answer, CaseRecord record, Ground ground) {
    return usecases::settle_mail(row, answer, record, ground);
  }
  virtual Expected<Effects> write_off_files(OutboxRow row, CaseRecord record, Ground ground) { return usecases::write_off_files(row, record, ground); }
  virtual Expected<Effects> recollect(CaseRecord record, CentreId to, Ground ground) { return usecases::recollect(record, to, ground); }
  virtual Expected<Effects> resume(CaseRecord record, std::optional<usecases::ClaimRow> claim, Ground ground) {
    return usecases::resume(record, claim, ground);
  }

  // The node's shell: ledger, courier, access.
  /// The transactions that one piece of work is written in: one.
  virtual std::vector<Batch> transactions(Batch batch) { return {std::move(batch)}; }
  /// Nothing is said, and nothing sent, before the round is synced.
  virtual bool answers_before_the_sync(Asker) { return false; }
  virtual bool sends_before_the_sync() { return false; }
  /// What is said of a piece of work whose round could not be committed.
  virtual Expected<Effects> after_a_failed_commit(const Expected<Effects>& step, const Error& failure) {
    return step ? failure : step;
  }
  /// A letter goes out octet for octet as it stands in the outbox, however often.
  virtual Bytes octets_of(const OutboxRow& letter, const Ground&) { return letter.bytes; }
  /// What is written because a letter has gone out: nothing.
  virtual Batch when_sent(const OutboxRow&) { return {}; }
  virtual bool opens(const casework::AccessSecret& secret, const usecases::CaseRow& row) {
    return crypto::equal(casework::access_hash(secret), row.access);
  }
  /// A restored office does nothing to its cases before it has been told everything.
  virtual bool works_while_healing() { return false; }
  virtual bool sends_while_healing(const OutboxRow& letter) { return wire::is_reminder(letter.kind); }
  virtual bool settles_while_healing() { return false; }
  virtual bool has_healed(const usecases::Healing& healing) { return healing.complete(); }

  // The portal's shell.
  /// What was sealed is sent unchanged, however often.
  virtual Sealed sealed_to_send(const Sealed& kept, ports::Random&) { return kept; }
  /// What stays on the device once it has been sent: all of it, until the receipt is there.
  virtual std::optional<Sealed> kept_after_sending(const Sealed& kept) { return kept; }
  virtual bool is_receipt_of(const Sealed& sealed, ByteView octets, const wire::KeyOf& keys) {
    const auto receipt = wire::verify_receipt(octets, keys);
    return receipt && receipt->kind == casework::ReceiptKind::Stored && receipt->content == sealed.content &&
           receipt->submission_id == sealed.application.submission_id;
  }
};

}  // namespace tongban::journeys
