#include "server/exchange/recall.h"

#include "server/exchange/callers.h"
#include "shared/base/octets.h"
#include "shared/usecases/recollect.h"
#include "shared/wire/recall.h"

namespace tongban::exchange {
namespace {

constexpr std::chrono::seconds before_asking_again{3};

Bytes number(std::uint32_t value) {
  Writer writer;
  writer.u32(value);
  return std::move(writer).bytes();
}

std::optional<std::uint32_t> number_in(const Expected<PeerAnswer>& answer) {
  if (!answer || answer->status != 200) return std::nullopt;
  Reader reader(answer->body);
  const auto value = reader.u32();
  return reader.done() ? std::optional(value) : std::nullopt;
}

Expected<std::uint32_t> write_recollections(server::Transaction& tx, const server::Footing& footing, const server::Caller& caller, ByteView bytes) {
  const auto ground = footing.ground();
  TRY(const auto recall, wire::read_recall(bytes, footing.directory->keys(), ground.now));
  TRY_VOID(may_bring(caller, recall.from, *footing.directory));
  TRY(const auto keys, tx.cases_shared_with(recall.from, recall.since));
  std::uint32_t written = 0;
  for (const auto& key : keys) {
    if (key.holder == recall.from) continue;
    TRY(const auto record, tx.find_case(key));
    TRY(const auto effects, usecases::recollect(*record, recall.from, ground));
    TRY_VOID(tx.apply(effects.batch));
    ++written;
  }
  return written;
}

}  // namespace

void take_recall(server::Node& node, server::Caller caller, Bytes recall, std::function<void(Expected<Bytes>)> done) {
  server::write<std::uint32_t>(
      node.ledger,
      [footing = node.footing(), caller = std::move(caller), recall = std::move(recall)](server::Transaction& tx) {
        return write_recollections(tx, footing, caller, recall);
      },
      [&node, done = std::move(done)](Expected<std::uint32_t> written) {
        done(written ? Expected<Bytes>(number(*written)) : written.error());
        node.letters_wait();
      });
}

Recall::Recall(boost::asio::io_context& io, server::Node& node, PeerClient& peers, Instant since, std::set<NodeId> without)
    : node_(node), peers_(peers), timer_(io), since_(since) {
  std::set<Peer> others;
  for (const auto& entry : node.directory->entries)
    if (entry.node != node.id && !without.contains(entry.node)) others.insert({entry.node, entry.address});
  for (const auto& peer : others)
    for (const auto& centre : node.centres) questions_.push_back({peer, centre});
}

void Recall::start(std::function<void()> done) {
  done_ = std::move(done);
  node_.healing = true;
  node_.recollected = [this] { came(); };
  ask_next();
}

void Recall::ask_next() {
  if (questions_.empty()) return finish_if_all_came();
  const auto question = questions_.front();
  const auto recall = wire::write_recall({question.from, since_, node_.clock.now()}, *node_.keys);
  if (!recall) return answered(question, recall.error());
  peers_.post(question.peer, "/exchange/v1/recalls", *recall, [this, question](const Expected<PeerAnswer>& answer) { answered(question, answer); });
}

void Recall::answered(const Question& question, const Expected<PeerAnswer>& answer) {
  if (!done_) return;
  questions_.pop_front();
  if (const auto promised = number_in(answer)) {
    promised_ += *promised;
    return ask_next();
  }
  questions_.push_back(question);
  timer_.expires_after(before_asking_again);
  timer_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) ask_next();
  });
}

void Recall::came() {
  ++came_;
  finish_if_all_came();
}

void Recall::finish_if_all_came() {
  if (!done_ || !questions_.empty() || came_ < promised_) return;
  node_.healing = false;
  node_.recollected = [] {};
  std::exchange(done_, nullptr)();
}

void Recall::stop() {
  done_ = nullptr;
  timer_.cancel();
}

}  // namespace tongban::exchange
