#include "server/exchange/postbox.h"

#include <algorithm>

#include "shared/usecases/mail.h"
#include "shared/wire/parcel.h"

namespace tongban::exchange {
namespace {

constexpr ErrorCode Stranger{"exchange.stranger", "目录里没有这样的节点。", "The directory names no such node for the sender."};

/// A certificate lets a node bring only what comes from centres that the directory says it serves. Entries that have
/// ended count: a centre's last letters may be on their way when its work has gone to another node.
Expected<void> may_bring(const server::Caller& caller, const CentreId& from, const wire::Directory& directory) {
  if (!caller) return {};
  const auto names_it = [&](const auto& entry) { return entry.centre == from && entry.node == *caller; };
  if (std::any_of(directory.entries.begin(), directory.entries.end(), names_it)) return {};
  return Error(Stranger, caller->text());
}

Expected<Bytes> take(server::Transaction& tx, const server::Footing& footing, const server::Caller& caller, ByteView envelope) {
  const auto ground = footing.ground();
  TRY(const auto mail, usecases::open_mail(envelope, ground));
  TRY_VOID(may_bring(caller, mail.from, *footing.directory));
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

}  // namespace

void take_envelope(server::Node& node, server::Caller caller, Bytes envelope, std::function<void(Expected<Bytes>)> done) {
  server::write<Bytes>(
      node.ledger,
      [footing = node.footing(), caller = std::move(caller), envelope = std::move(envelope)](server::Transaction& tx) {
        return take(tx, footing, caller, envelope);
      },
      [&node, done = std::move(done)](Expected<Bytes> answer) {
        done(std::move(answer));
        node.letters_wait();
      });
}

void take_parcel(server::Node& node, server::Caller caller, Bytes parcel, std::function<void(Expected<Bytes>)> done) {
  node.slow.run([&node, footing = node.footing(), caller = std::move(caller), parcel = std::move(parcel), done = std::move(done)] {
    const auto store = [&]() -> Expected<Bytes> {
      TRY(const auto opened, wire::open_parcel(parcel, node.keys, footing.directory->keys(), node.clock.now()));
      TRY_VOID(may_bring(caller, opened.from, *footing.directory));
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
