#include <algorithm>

#include "shared/crypto/digest.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/lanes.h"
#include "shared/usecases/take.h"
#include "shared/wire/errors.h"

namespace tongban::usecases {
namespace {

using wire::AnswerKind;
using wire::LetterKind;

Taken interim(AnswerKind kind, const char* code) {
  Taken taken;
  taken.answer.kind = kind;
  taken.answer.code = code;
  return taken;
}

/// Held: an earlier letter of the lane is still to come. Kept visible at the copy, if there is one.
Taken held(const wire::Letter& letter, std::uint32_t expected, std::optional<Work> work) {
  Taken taken = interim(AnswerKind::Held, "");
  taken.answer.expected = expected;
  if (work) {
    work->lane(letter.from).gap = letter.seq;
    taken.work = std::move(work);
  }
  return taken;
}

Expected<Taken> dispatch(const wire::Letter& letter, std::optional<Work> work, const Ground& ground) {
  if (letter.kind == LetterKind::Transfer) return receive_transfer(letter, std::move(work), ground);
  // The transfer that it belongs to may have been overtaken: nothing is refused for that.
  if (!work) return later(step_errors::UnknownCase);
  switch (letter.kind) {
    case LetterKind::Progress: return deliver_reply(letter, std::move(*work), ground);
    case LetterKind::GiveBack: return take_back(letter, std::move(*work), ground);
    default: return receive_request(letter, std::move(*work));
  }
}

// A digest chain proves no author: a peer could write a centre's history, so none is taken that was not asked for. A copy that
// doesn't fit together can be told nothing: it must not keep all the others waiting.
Expected<Taken> take_recollection(const Mail& mail, const MailState& state, const Ground& ground) {
  if (!state.healing) return refused(step_errors::Unasked);
  std::optional<Work> work;
  if (state.record) {
    auto opened = Work::open(*state.record, ground);
    if (!opened) return refused(opened.error());
    work = std::move(*opened);
  }
  return receive_recollection(*mail.letter, std::move(work), ground);
}

Expected<Taken> take_in_order(const Mail& mail, const MailState& state, const Ground& ground) {
  if (mail.fault) return unreadable(*mail.fault);
  const wire::Letter& letter = *mail.letter;
  if (letter.kind == LetterKind::Recollection) return take_recollection(mail, state, ground);
  if (letter.kind == LetterKind::Claim) return receive_claim(letter, state.known, state.healing, ground);
  // What it means may hang on something that is still to be told.
  if (state.healing) return later(step_errors::Healing);
  if (letter.kind == LetterKind::Enquiry) return receive_claim(letter, state.known, state.healing, ground);
  std::optional<Work> work;
  std::uint32_t expected = letter.first;
  if (state.record) {
    TRY(work, Work::open(*state.record, ground));
    const std::uint32_t taken = work->lane(letter.from).taken;
    // A sender that was restored from a backup may have forgotten that its copy is a duplicate, and is told so again.
    const bool other_line = letter.kind == LetterKind::Transfer && work->file().received_by != letter.from;
    if (letter.seq < taken && !other_line) return refused(step_errors::Stale);
    expected = std::max(expected, taken);
  }
  if (letter.seq > expected) return held(letter, expected, std::move(work));
  if (auto files = files_to_come(letter, ground); !files.empty()) return lacking(std::move(files));
  TRY(Taken taken, dispatch(letter, std::move(work), ground));
  // A letter refused for good has been taken in its turn, too.
  if (taken.answer.is_final() && !taken.work && state.record) {
    TRY(taken.work, Work::open(*state.record, ground));
  }
  if (taken.answer.is_final() && taken.work) has_come_to(taken.work->lane(letter.from), letter.seq + 1);
  return taken;
}

/// The answer that the letter got, in a form that its sender can still check: by a key of ours that is still taken, and
/// about the octets that have come now.
Expected<Bytes> answer_now(const Mail& mail, const Bytes& given, const Ground& ground) {
  TRY(const wire::AnswerSigner signer, wire::answer_signer(given));
  TRY(wire::Answer answer, wire::decode_answer(given));
  const bool still_taken = ground.directory.keys()(mail.to, signer.key, ground.now).has_value();
  if (still_taken && answer.digest == mail.digest) return given;
  answer.digest = mail.digest;
  answer.at = ground.now;
  return wire::write_answer(answer, ground.keys);
}

Expected<Effects> answer_again(const Mail& mail, const InboxRow& seen, const Ground& ground) {
  // Rows of earlier releases have the digest of all octets.
  if (seen.digest != mail.letter_digest && seen.digest != mail.digest) return step_errors::DigestDiffers;
  Effects effects;
  TRY(effects.answer, answer_now(mail, seen.answer, ground));
  return effects;
}

InboxRow inbox_row(const Mail& mail, const Bytes& answer, const Ground& ground) {
  InboxRow row;
  row.holder = mail.to;
  row.id = mail.id;
  row.digest = mail.letter_digest;
  row.from = mail.from;
  if (mail.letter) {
    row.submission = mail.letter->submission_id;
    row.seq = mail.letter->seq;
  }
  row.at = ground.now;
  row.answer = answer;
  return row;
}

}  // namespace

Taken refused(const Error& error) { return interim(AnswerKind::Refused, error.code->name); }
Taken later(const Error& error) { return interim(AnswerKind::Later, error.code->name); }

std::vector<Digest> files_to_come(const wire::Letter& letter, const Ground& ground) {
  auto files = ground.lacking(wire::attachments_of(letter));
  std::erase_if(files, [&](const Digest& file) { return std::find(letter.lost.begin(), letter.lost.end(), file) != letter.lost.end(); });
  return files;
}

Taken lacking(std::vector<Digest> files) {
  Taken taken = interim(AnswerKind::Lacking, "");
  taken.answer.lacking = std::move(files);
  return taken;
}

Taken unreadable(const Error& error) {
  const bool newer = error.is(wire::wire_errors::Version) || error.is(wire::envelope_errors::Version);
  return newer ? later(error) : refused(error);
}

Expected<Mail> open_mail(ByteView bytes, const Ground& ground) {
  TRY(const wire::Envelope envelope, wire::read_envelope(bytes));
  if (!ground.keys.signing_key_id(envelope.to)) return step_errors::NotHere;
  // The sender's key may have been changed while the letter waited: any key of that centre counts that the directory
  // still lists as valid.
  const auto key = ground.directory.keys()(envelope.from, envelope.signed_by, ground.now);
  if (!key) return step_errors::UnknownSender;
  if (!wire::envelope_signed_by(bytes, *key)) return wire::envelope_errors::Signature;
  Mail mail;
  mail.id = envelope.id;
  mail.digest = crypto::digest(bytes);
  mail.letter_digest = wire::letter_digest(envelope);
  mail.from = envelope.from;
  mail.to = envelope.to;
  auto letter = wire::open_letter(envelope, ground.keys);
  if (letter) {
    mail.letter = std::move(*letter);
  } else {
    mail.fault = letter.error();
  }
  return mail;
}

Expected<Effects> receive_mail(const Mail& mail, const MailState& state, const Ground& ground) {
  if (state.seen) return answer_again(mail, *state.seen, ground);
  TRY(Taken taken, take_in_order(mail, state, ground));
  taken.answer.envelope = mail.id;
  taken.answer.digest = mail.digest;
  taken.answer.by = mail.to;
  taken.answer.at = ground.now;
  TRY(const Bytes answer, wire::write_answer(taken.answer, ground.keys));
  Effects effects;
  if (taken.work) effects = std::move(*taken.work).finish();
  if (taken.claim) effects.batch.claims.push_back(*taken.claim);
  if (taken.answer.is_final()) effects.batch.inbox.push_back(inbox_row(mail, answer, ground));
  effects.answer = answer;
  return effects;
}

}  // namespace tongban::usecases
