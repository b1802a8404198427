// The exchange between centres: receiving an envelope, and settling one's own when its answer has come.
//
// Receiving, in one transaction: open_mail → read the MailState → receive_mail → commit → send effects.answer back.
// Sending: whatever waits in the outbox, again and again; verify_answer → final ones through settle_mail → commit.
// When a centre's key has become known it counts for nothing from then on, also under what was signed before and is
// still under way: envelope_to_send and receive_mail sign such things anew, and rows stay as they were written.
// An answer that isn't final changes nothing: Held asks for an earlier letter of the lane, Lacking for files, Later for time.
#pragma once

#include "shared/usecases/ground.h"
#include "shared/usecases/intake.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

/// An envelope that surely comes from the centre that it names. Opened, or with the fault for which it is refused.
struct Mail {
  EnvelopeId id;
  Digest digest{};         ///< of the envelope's octets
  Digest letter_digest{};  ///< the same whichever key of the sender's signed it
  CentreId from, to;
  std::optional<wire::Letter> letter;
  std::optional<Error> fault;

  CaseKey key() const { return {to, letter ? letter->submission_id : SubmissionId{}}; }
};

/// envelope.malformed, envelope.version; NotHere; UnknownSender; envelope.signature. These get no signed answer: the
/// sender keeps the letter, and its operator is told.
Expected<Mail> open_mail(ByteView bytes, const Ground& ground);

struct MailState {
  std::optional<InboxRow> seen;      ///< by (mail.to, mail.id)
  std::optional<CaseRecord> record;  ///< by mail.key()
  IntakeState known;                 ///< wire::is_about_claims: what the node itself has received of the application
  bool healing = false;              ///< the node was restored from a backup, and has not heard everything yet
};

/// Always with a signed answer in the effects. A letter that was answered for good gets that answer again, octet for
/// octet; signed anew where its key is no longer taken, or where the letter has been signed anew. DigestDiffers; case_file.damaged and wire.chain for our own rows.
Expected<Effects> receive_mail(const Mail& mail, const MailState& state, const Ground& ground);

/// The envelope as the addressee can take it now: as it was written or, once the directory no longer lists the key that
/// signed it, the same letter signed with the sender's present one. envelope.malformed, envelope.version, envelope.no_key.
Expected<Bytes> envelope_to_send(const OutboxRow& row, const Ground& ground);

/// A file that the letter names has been lost here since it was written, and its addressee lacks it, too, so that it would wait for ever: it and what
/// waits behind it are superseded by letters that call the file lost. Empty when the letter doesn't wait any more, or lacks nothing.
Expected<Effects> write_off_files(const OutboxRow& letter, const CaseRecord& record, const Ground& ground);

/// The addressee's answer to exactly this envelope. envelope.malformed, envelope.version, envelope.signature,
/// UnknownSender, ForeignAnswer.
Expected<wire::Answer> verify_answer(const OutboxRow& row, ByteView bytes, const Ground& ground);
/// A recollection that its addressee has refused although it had asked: its copy says something else, or is damaged.
bool contradicts(wire::LetterKind kind, const wire::Answer& answer);
/// Draws the consequences of a final answer: custody, delivery, a request that must go elsewhere. A row that is
/// settled already, and an answer that isn't final, change nothing.
Expected<Effects> settle_mail(const OutboxRow& row, const wire::Answer& answer, const CaseRecord& record, const Ground& ground);

}  // namespace tongban::usecases
