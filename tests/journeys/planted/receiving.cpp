#include "shared/crypto/digest.h"
#include "shared/usecases/errors.h"
#include "tests/fakes/files.h"
#include "tests/journeys/planted/bugs.h"

namespace tongban::journeys {
namespace {

using usecases::Mail;
using usecases::MailState;
using wire::LetterKind;

struct NoDedupe : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    state.seen.reset();
    return Practice::receive_mail(std::move(mail), std::move(state), ground);
  }
};

struct GapIgnored : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    if (mail.letter && state.record) {
      for (usecases::LaneRow& lane : state.record->lanes) {
        if (lane.peer == mail.from) lane.taken = std::max(lane.taken, mail.letter->seq);
      }
    }
    return Practice::receive_mail(std::move(mail), std::move(state), ground);
  }
};

Ground with_every_file(const Ground& ground) {
  static const fakes::EveryFile every_file;
  return {ground.now, ground.catalogue, ground.directory, ground.keys, ground.random, every_file};
}

struct FilesNotWaitedFor : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    return Practice::receive_mail(std::move(mail), std::move(state), with_every_file(ground));
  }
};

struct EnvelopeUnsigned : Practice {
  Expected<Mail> open_mail(ByteView bytes, const Ground& ground) override {
    TRY(const auto envelope, wire::read_envelope(bytes));
    TRY(auto letter, wire::open_letter(envelope, ground.keys));
    return Mail{envelope.id, crypto::digest(bytes), wire::letter_digest(envelope), envelope.from, envelope.to, std::move(letter), std::nullopt};
  }
};

/// Answers with its signed answer, and writes nothing of what it promises.
template <LetterKind Kind>
struct TakenAndNotWritten : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    const bool forgotten = mail.letter && mail.letter->kind == Kind;
    auto effects = Practice::receive_mail(std::move(mail), std::move(state), ground);
    if (effects && forgotten) effects->batch = {};
    return effects;
  }
};

/// A case that comes back is answered with "not now" for ever.
struct NeverTakenBack : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    if (!mail.letter || mail.letter->kind != LetterKind::GiveBack) return Practice::receive_mail(std::move(mail), std::move(state), ground);
    wire::Answer answer;
    answer.kind = wire::AnswerKind::Later;
    answer.envelope = mail.id;
    answer.digest = mail.digest;
    answer.by = mail.to;
    answer.at = ground.now;
    answer.code = usecases::step_errors::UnknownCase.name;
    Effects effects;
    TRY(effects.answer, wire::write_answer(answer, ground.keys));
    return effects;
  }
};

/// The same papers from another sender are a case of their own.
struct SameApplicationTwice : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    const bool other_sender = mail.letter && mail.letter->kind == LetterKind::Transfer && state.record && state.record->row.received_by != mail.from;
    if (other_sender) state.record.reset();
    return Practice::receive_mail(std::move(mail), std::move(state), ground);
  }
};

}  // namespace

std::vector<PlantedBug> bugs_of_receiving() {
  return {
      planted<NoDedupe>("an envelope that was answered before is taken as new"),
      planted<GapIgnored>("a letter is taken before the one it follows"),
      planted<FilesNotWaitedFor>("a letter is taken before its files"),
      planted<EnvelopeUnsigned>("the signature of an envelope is not checked"),
      planted<TakenAndNotWritten<LetterKind::Transfer>>("a transfer is acknowledged and not stored"),
      planted<TakenAndNotWritten<LetterKind::Progress>>("progress is acknowledged and not stored"),
      planted<TakenAndNotWritten<LetterKind::Request>>("a request is acknowledged and not stored"),
      planted<NeverTakenBack>("a case that comes back is put off for ever"),
      planted<SameApplicationTwice>("the same papers by two routes are two cases"),
  };
}

}  // namespace tongban::journeys
