#include "server/exchange/postbox.h"

#include "shared/usecases/mail.h"
#include "shared/wire/parcel.h"

namespace tongban::exchange {

Expected<Bytes> take_envelope(server::Transaction& tx, const server::Footing& footing, ByteView envelope) {
  const auto ground = footing.ground();
  TRY(const auto mail, usecases::open_mail(envelope, ground));
  usecases::MailState state;
  TRY(state.seen, tx.find_inbox(mail.to, mail.id));
  if (mail.letter) {
    TRY(state.record, tx.find_case(mail.key()));
    for (const auto& digest : usecases::files_of(*mail.letter))
      if (!footing.node->attachments.find(digest)) state.lacking.push_back(digest);
  }
  TRY(auto effects, usecases::receive_mail(mail, state, ground));
  TRY_VOID(tx.apply(effects.batch));
  TRY_VOID(tx.hasten(mail.from, ground.now));
  return std::move(effects.answer);
}

void take_envelope(server::Node& node, Bytes envelope, std::function<void(Expected<Bytes>)> done) {
  server::write<Bytes>(
      node.ledger,
      [footing = node.footing(), envelope = std::move(envelope)](server::Transaction& tx) { return take_envelope(tx, footing, envelope); },
      [&node, done = std::move(done)](Expected<Bytes> answer) {
        done(std::move(answer));
        node.letters_wait();
      });
}

void take_parcel(server::Node& node, Bytes parcel, std::function<void(Expected<Bytes>)> done) {
  node.slow.run([&node, footing = node.footing(), parcel = std::move(parcel), done = std::move(done)] {
    const auto store = [&]() -> Expected<Bytes> {
      TRY(const auto opened, wire::open_parcel(parcel, node.keys, footing.directory->keys(), node.clock.now()));
      const auto digest = crypto::digest(opened.file);
      if (node.attachments.find(digest)) return Bytes();
      TRY(const auto upload, node.attachments.begin(digest));
      TRY_VOID(upload->write(opened.file));
      TRY_VOID(upload->finish());
      return Bytes();
    };
    node.network.run([done, stored = store()] { done(stored); });
  });
}

}  // namespace tongban::exchange
