#include "server/exchange/postbox.h"

#include "server/exchange/callers.h"
#include "server/ports/intake.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/mail.h"
#include "shared/wire/parcel.h"

namespace tongban::exchange {
namespace {

struct Answered {
  Bytes answer;
  std::optional<EnvelopeId> final;  ///< the letter, if it has been answered for good
  std::string contradicts;          ///< a recollection that was refused: why
};

Expected<usecases::Mail> open(const server::Footing& footing, const server::Caller& caller, ByteView envelope) {
  TRY(auto mail, usecases::open_mail(envelope, footing.ground()));
  TRY_VOID(may_bring(caller, mail.from, *footing.directory));
  return mail;
}

Expected<Answered> take(server::Transaction& tx, const server::Footing& footing, const usecases::Mail& mail) {
  const auto ground = footing.ground();
  usecases::MailState state;
  state.healing = footing.healing;
  TRY(state.seen, tx.find_inbox(mail.to, mail.id));
  if (mail.letter) {
    TRY(state.record, tx.find_case(mail.key()));
    if (wire::is_about_claims(mail.letter->kind)) {
      TRY(state.known, server::known_of(tx, mail.letter->submission_id));
    }
  }
  TRY(auto effects, usecases::receive_mail(mail, state, ground));
  TRY_VOID(tx.apply(effects.batch));
  const bool final = state.seen || !effects.batch.inbox.empty();
  std::string contradicts;
  if (mail.letter && !state.seen) {
    TRY(const auto said, wire::decode_answer(effects.answer));
    if (usecases::contradicts(mail.letter->kind, said)) contradicts = said.code;
  }
  return Answered{std::move(effects.answer), final ? std::optional(mail.id) : std::nullopt, std::move(contradicts)};
}

// Signature and seal cost more than the rows: they are looked at beside the ledger, while it waits for the disk; and one letter at
// a time, since else no answer would leave before the last of those that came together has been opened.
void open_and_take(server::Node& node, const server::Caller& caller, ByteView envelope, std::function<void(Expected<Bytes>)> done) {
  const auto footing = node.footing();
  auto mail = open(footing, caller, envelope);
  if (!mail) return done(mail.error());
  const auto from = mail->from;
  const auto id = mail->id;
  server::write<Answered>(
      node.ledger, [footing, mail = std::move(*mail)](server::Transaction& tx) { return take(tx, footing, mail); },
      [&node, from, id, done = std::move(done)](Expected<Answered> taken) {
        const auto final = taken ? taken->final : std::nullopt;
        if (!taken && taken.error().is(usecases::step_errors::DigestDiffers)) node.letter_differs(id, from);
        if (taken && !taken->contradicts.empty()) node.copies_differ(id, from, taken->contradicts);
        done(taken ? Expected<Bytes>(std::move(taken->answer)) : taken.error());
        if (final) node.answered(*final);
        node.heard_of(from);
        node.letters_wait({});
      });
}

}  // namespace

void take_envelope(server::Node& node, server::Caller caller, Bytes envelope, std::function<void(Expected<Bytes>)> done) {
  node.in_turn.run([&node, caller = std::move(caller), envelope = std::move(envelope), done = std::move(done)]() mutable {
    open_and_take(node, caller, envelope, std::move(done));
  });
}

void take_parcel(server::Node& node, server::Caller caller, Bytes parcel, std::function<void(Expected<Bytes>)> done) {
  node.slow.run([&node, footing = node.footing(), caller = std::move(caller), parcel = std::move(parcel), done = std::move(done)] {
    const auto store = [&]() -> Expected<Bytes> {
      TRY(const auto opened, wire::open_parcel(parcel, *footing.keys, footing.directory->keys(), node.clock.now()));
      TRY_VOID(may_bring(caller, opened.from, *footing.directory));
      const auto digest = crypto::digest(opened.file);
      if (node.attachments.renew(digest)) return Bytes();
      TRY(const auto upload, node.attachments.begin(digest));
      TRY_VOID(upload->write(opened.file));
      TRY_VOID(upload->finish());
      return Bytes();
    };
    node.network.run([done, stored = store()] { done(stored); });
  });
}

}  // namespace tongban::exchange
