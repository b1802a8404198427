#include "server/exchange/recall.h"

#include "server/exchange/callers.h"
#include "shared/usecases/recollect.h"
#include "shared/wire/json/problem.h"

namespace tongban::exchange {
namespace {

constexpr std::chrono::seconds before_asking_again{3};
/// For the letters that were announced, from the last one that came.
constexpr std::chrono::minutes patience{5};
/// Of the same node, for the same reason.
constexpr std::chrono::minutes between_complaints{10};
constexpr ErrorCode NotCome{"recall.not_come", "对方说要来的信没有来。", "Letters that it has announced don't come."};
/// Cases in one transaction: some milliseconds' work, so that nobody else waits long.
constexpr std::size_t page_size = 100;
/// And copies that are looked at for them: of a node's years few have changed.
constexpr std::size_t most_looked_at = 2'000;

/// A copy that doesn't fit together tells nothing, and keeps nobody waiting; `tongban log verify` finds it.
Expected<usecases::Effects> recollect(server::Transaction& tx, const usecases::CaseKey& key, const CentreId& to, const usecases::Ground& ground) {
  TRY(const auto record, tx.find_case(key));
  auto effects = usecases::recollect(*record, to, ground);
  return effects ? std::move(effects) : usecases::Effects{};
}

/// Any of the node's centres can sign for it.
Expected<Bytes> signed_page(wire::RecallPage page, ByteView recall, const server::Footing& footing) {
  for (const auto& centre : footing.node->centres) {
    page.by = centre;
    auto octets = wire::write_recall_page(page, recall, *footing.keys);
    if (octets) return octets;
  }
  return Error(wire::envelope_errors::NoKey);
}

Expected<Bytes> write_page(server::Transaction& tx, const server::Footing& footing, const server::Caller& caller, ByteView bytes, bool later) {
  const auto ground = footing.ground();
  TRY(const auto recall, wire::read_recall(bytes, footing.directory->keys(), ground.now));
  TRY_VOID(may_bring(caller, recall.from, *footing.directory));
  wire::RecallPage page;
  page.later = later;
  if (later) return signed_page(std::move(page), bytes, footing);
  const usecases::CaseKey after{recall.after.holder, recall.after.submission};
  TRY(const auto changed, tx.cases_since(recall.since, recall.from, after, {page_size, most_looked_at}));
  for (const auto& key : changed.keys) {
    if (key.holder == recall.from) continue;
    TRY(const auto effects, recollect(tx, key, recall.from, ground));
    TRY_VOID(tx.apply(effects.batch));
    for (const auto& letter : effects.batch.outbox)
      if (wire::is_reminder(letter.kind)) page.letters.push_back(letter.id);
  }
  if (changed.more_after) page.more_after = {changed.more_after->submission, changed.more_after->holder};
  return signed_page(std::move(page), bytes, footing);
}

Expected<std::vector<EnvelopeId>> those_here(server::Transaction& tx, const std::vector<EnvelopeId>& letters, const std::set<CentreId>& centres) {
  std::vector<EnvelopeId> here;
  for (const auto& letter : letters) {
    for (const auto& centre : centres) {
      TRY(const auto row, tx.find_inbox(centre, letter));
      if (row) here.push_back(letter);
    }
  }
  return here;
}

struct Resumed {
  std::optional<usecases::CaseKey> last;  ///< of the page; nothing when there are no more
  Healed found;
};

/// A copy that doesn't fit together is left as it is.
Expected<Resumed> resume_page(server::Transaction& tx, const server::Footing& footing, const usecases::CaseKey& after) {
  TRY(const auto keys, tx.case_keys(after, page_size));
  Resumed page;
  for (const auto& key : keys) {
    TRY(const auto record, tx.find_case(key));
    TRY(const auto claim, tx.find_claim(key.submission));
    const auto effects = usecases::resume(*record, claim, footing.ground());
    if (effects) TRY_VOID(tx.apply(effects->batch));
    else ++page.found.left_copies;
    if (const auto lost = usecases::count_lost_files(*record, footing.ground())) page.found.lost_files += *lost;
  }
  if (!keys.empty()) page.last = keys.back();
  return page;
}

/// What the other node says of its refusal, to be told to the operator.
std::string refusal_in(const PeerAnswer& answer) {
  const auto problem = wire::json::read_problem(as_text(answer.body));
  return "HTTP " + std::to_string(answer.status) + (problem ? ", " + problem->code : "");
}

Expected<wire::RecallPage> page_in(const Expected<PeerAnswer>& answer, const NodeId& asked, ByteView recall, const server::Node& node) {
  if (!answer) return answer.error();
  if (answer->status != 200) return Error(peer_errors::Broken, {}, refusal_in(*answer));
  TRY(auto page, wire::read_recall_page(answer->body, recall, node.directory->keys(), node.clock.now()));
  TRY_VOID(may_bring(asked, page.by, *node.directory));
  return page;
}

std::map<NodeId, Peer> others_of(const server::Node& node, const std::set<NodeId>& without) {
  std::map<NodeId, Peer> others;
  for (const auto& entry : node.directory->entries)
    if (entry.node != node.id && !without.contains(entry.node)) others.insert_or_assign(entry.node, Peer{entry.node, entry.address});
  return others;
}

std::deque<usecases::Healing::Question> questions(const server::Node& node, const std::map<NodeId, Peer>& others) {
  std::deque<usecases::Healing::Question> questions;
  for (const auto& [id, peer] : others)
    for (const auto& centre : node.centres) questions.push_back({id, centre});
  return questions;
}

}  // namespace

void take_recall(server::Node& node, server::Caller caller, Bytes recall, std::function<void(Expected<Bytes>)> done) {
  server::write<Bytes>(
      node.ledger,
      [footing = node.footing(), caller = std::move(caller), recall = std::move(recall), later = !node.can_tell()](server::Transaction& tx) {
        return write_page(tx, footing, caller, recall, later);
      },
      [&node, done = std::move(done)](Expected<Bytes> page) {
        done(std::move(page));
        node.letters_wait({});
      });
}

Recall::Recall(boost::asio::io_context& io, server::Node& node, PeerClient& peers, Instant since, const std::set<NodeId>& without)
    : node_(node), peers_(peers), timer_(io), since_(since), others_(others_of(node, without)), healing_(questions(node, others_)) {}

void Recall::start(std::function<void(const Healed&)> done) {
  done_ = std::move(done);
  node_.healing = true;
  node_.answered = [this](const EnvelopeId& letter) { came(letter); };
  node_.can_tell = [this] { return healing_.can_tell(); };
  ask_next();
}

void Recall::ask_next() {
  const auto* question = healing_.question();
  asking_ = question != nullptr;
  if (!question) return wait_for_the_rest();
  const auto recall = wire::write_recall({question->from, since_, node_.clock.now(), question->after}, *node_.keys);
  if (!recall) return ask_later(question->to, recall.error());
  peers_.post(others_.at(question->to), "/exchange/v1/recalls", *recall,
              [this, asked = question->to, recall = *recall](const Expected<PeerAnswer>& answer) { answered(asked, page_in(answer, asked, recall, node_)); });
}

void Recall::answered(const NodeId& asked, Expected<wire::RecallPage> page) {
  if (!done_) return;
  if (!page) return ask_later(asked, page.error());
  complaints_.erase(asked);
  healing_.answered(*page);
  if (page->later) return ask_whoever_put_it_off();
  last_came_ = std::chrono::steady_clock::now();
  look_for(std::move(page->letters));
}

/// For others that are being restored it waits without an end; for their letters, which they may have lost again, it doesn't.
void Recall::ask_whoever_put_it_off() {
  after(before_asking_again, [this] {
    if (healing_.only_waits() && std::chrono::steady_clock::now() - last_came_ >= patience) {
      last_came_ = std::chrono::steady_clock::now();
      healing_.ask_again();
    }
    ask_next();
  });
}

/// A letter may have been quicker than the page that announces it.
void Recall::look_for(std::vector<EnvelopeId> announced) {
  server::read<std::vector<EnvelopeId>>(
      node_.ledger,
      [announced, centres = node_.centres](server::Transaction& tx) { return those_here(tx, announced, centres); },
      [this, announced](const Expected<std::vector<EnvelopeId>>& here) {
        if (!done_) return;
        if (!here) return after(before_asking_again, [this, announced] { look_for(announced); });
        for (const auto& letter : *here) healing_.came(letter);
        ask_next();
      });
}

void Recall::ask_later(const NodeId& asked, const Error& why) {
  complain(asked, why);
  healing_.unanswered();
  after(before_asking_again, [this] { ask_next(); });
}

void Recall::complain(const NodeId& asked, const Error& why) {
  auto& last = complaints_[asked];
  const auto now = std::chrono::steady_clock::now();
  if (last.code == why.code && now - last.made_at < between_complaints) return;
  last = {why.code, now};
  node_.not_told(asked, why);
}

void Recall::after(std::chrono::seconds pause, std::function<void()> step) {
  timer_.expires_after(pause);
  timer_.async_wait([this, step = std::move(step)](boost::system::error_code stopped) {
    if (!stopped && done_) step();
  });
}

void Recall::came(const EnvelopeId& letter) {
  if (!healing_.came(letter)) return;
  last_came_ = std::chrono::steady_clock::now();
  if (!asking_) wait_for_the_rest();
}

void Recall::wait_for_the_rest() {
  if (!done_ || resuming_) return;
  if (healing_.complete()) {
    resuming_ = true;
    return resume({});
  }
  after(patience, [this] {
    for (const auto& [letter, about] : healing_.expected()) complain(about.to, Error(NotCome));
    healing_.ask_again();
    ask_next();
  });
}

/// Page by page; a node that stops meanwhile begins with its questions once more.
void Recall::resume(const usecases::CaseKey& after_key) {
  timer_.cancel();
  node_.answered = [](const EnvelopeId&) {};
  server::write<Resumed>(
      node_.ledger, [footing = node_.footing(), after_key](server::Transaction& tx) { return resume_page(tx, footing, after_key); },
      [this, after_key](const Expected<Resumed>& page) {
        if (!done_) return;
        if (!page) return after(before_asking_again, [this, after_key] { resume(after_key); });
        healed_.lost_files += page->found.lost_files;
        healed_.left_copies += page->found.left_copies;
        if (page->last) return resume(*page->last);
        finish();
      });
}

void Recall::finish() {
  node_.healing = false;
  node_.can_tell = [] { return true; };
  std::exchange(done_, nullptr)(healed_);
  node_.letters_wait({});
}

void Recall::stop() {
  done_ = nullptr;
  timer_.cancel();
}

}  // namespace tongban::exchange
