// What a resident does: submit, see the case with its number and secret, supplement, withdraw.
#include <utility>

#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/intake.h"
#include "shared/casework/access.h"
#include "shared/casework/case_number.h"
#include "shared/usecases/act.h"
#include "shared/usecases/view_case.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/verbs.h"

namespace tongban::http {
namespace {

using casework::CaseView;
using casework::Verb;

const casework::Actor resident{};
/// Readings that wait for room on the disk, a few hundred octets each.
constexpr std::size_t most_owed = 100'000;

enum class NamedBy { Number, Submission };

/// A case by its number, or by the id under which it was sealed, and its secret. Unknown ones and a wrong secret are one
/// and the same answer, after the same work.
struct Key {
  CaseNumber number;
  std::optional<SubmissionId> submission;
  std::optional<casework::Digest> access;
  std::string text() const { return submission ? submission->hex() : number.text(); }
};

Key key_of(const Request& request, NamedBy by) {
  static constexpr std::string_view scheme = "Tongban-Case ";
  const std::string& named = request.captures.at(0);
  Key key;
  if (by == NamedBy::Submission) key.submission = SubmissionId::from(named).value_or(SubmissionId{});
  else if (const auto number = casework::read_case_number(named)) key.number = *number;
  const auto given = request.header("authorization");
  if (!given.starts_with(scheme)) return key;
  if (const auto secret = casework::read_access_text(given.substr(scheme.size()))) key.access = casework::access_hash(*secret);
  return key;
}

Expected<std::optional<usecases::CaseRecord>> find_case(server::Transaction& tx, const Key& key) {
  if (key.submission) return received_case(tx, *key.submission);
  TRY(const auto found, tx.find_number(key.number));
  if (!found) return std::optional<usecases::CaseRecord>();
  return tx.find_case(*found);
}

Expected<usecases::CaseRecord> open_case(server::Transaction& tx, const Key& key) {
  TRY(auto record, find_case(tx, key));
  const casework::Digest kept = record ? record->row.access : casework::Digest{};
  const bool right = crypto::equal(key.access.value_or(casework::Digest{}), kept);
  if (!record || !key.access || !right) return Error(errors::CaseDenied);
  return std::move(*record);
}

server::Reading reading(const CaseNumber& number, Instant now) {
  server::Reading reading;
  reading.at = now;
  reading.actor = resident.name();
  reading.what = "case";
  reading.record = number.text();
  return reading;
}

class Resident {
 public:
  explicit Resident(server::Node& node) : node_(node) {}

  void submit(const Request& request, Reply reply);
  void show(NamedBy by, const Request& request, Reply reply);
  void act(Verb verb, const Request& request, Reply reply);

 private:
  /// Runs `step` on the opened case, unless this address or number has been guessed at too often.
  template <typename Step>
  void with_case(NamedBy by, const Request& request, Reply reply, Step step);
  /// On a full disk: a resident sees the own case all the same, and the reading is written down when there is room.
  void show_unwritten(const Key& key, std::shared_ptr<Reply> held);
  /// Puts what is owed to the chain of readings into it, with the next thing that is written; again if that fails.
  std::vector<server::Reading> take_owed() { return std::exchange(owed_, {}); }
  void owe(std::vector<server::Reading> readings) { owed_.insert(owed_.end(), readings.begin(), readings.end()); }

  server::Node& node_;
  GrowingDelay delay_;
  std::vector<server::Reading> owed_;
};

void Resident::submit(const Request& request, Reply reply) {
  auto application = wire::json::read_application(request.body);
  if (!application) return reply(failure(application.error()));
  if (node_.ledger.waiting() > node_.most_waiting) return reply(wait_first(errors::TooMany, 1));
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto footing = node_.footing();
  server::write<usecases::Effects>(
      node_.ledger,
      [footing, application = std::move(*application)](server::Transaction& tx) { return take_in(tx, footing, application, nullptr); },
      [held, footing](Expected<usecases::Effects> effects) {
        (*held)(effects ? taken_in(*effects, resident, footing) : failure(effects.error()));
      });
}

template <typename Step>
void Resident::with_case(NamedBy by, const Request& request, Reply reply, Step step) {
  const auto key = key_of(request, by);
  const auto by_number = key.text() + " from " + request.peer, by_peer = "from " + request.peer;
  const auto now = node_.clock.now();
  // One address stands for many people at a centre: by itself it waits a quarter of the time. Not at all for who asks by an
  // id, which nobody guesses, and mostly in vain: no window has it yet.
  const bool by_peer_too = by == NamedBy::Number;
  if (const int wait = std::max(delay_.wait(by_number, now), by_peer_too ? delay_.wait(by_peer, now) / 4 : 0); wait > 0)
    return reply(wait_first(errors::TooMany, wait));
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto owed = take_owed();
  const bool only_reads = request.method == Method::Get || request.method == Method::Head;
  server::write<CaseView>(
      node_.ledger,
      [key, footing = node_.footing(), step, owed](server::Transaction& tx) -> Expected<CaseView> {
        TRY(auto record, open_case(tx, key));
        const auto ground = footing.ground();
        for (const auto& earlier : owed) TRY_VOID(tx.append_reading(earlier));
        TRY_VOID(tx.append_reading(reading(record.row.number, ground.now)));
        TRY(record, step(tx, std::move(record), ground));
        return usecases::view_case(record, resident, ground);
      },
      [this, held, by_number, by_peer, by_peer_too, key, owed, only_reads](Expected<CaseView> view) {
        if (!view) owe(owed);
        if (!view && only_reads && view.error().is(errors::Full)) return show_unwritten(key, held);
        if (view) {
          delay_.succeeded(by_number);
          node_.letters_wait();
          return (*held)(json(200, wire::json::write_case_view(*view)));
        }
        if (view.error().is(errors::CaseDenied)) {
          delay_.failed(by_number, node_.clock.now());
          if (by_peer_too) delay_.failed(by_peer, node_.clock.now());
        }
        (*held)(failure(view.error()));
      });
}

void Resident::show_unwritten(const Key& key, std::shared_ptr<Reply> held) {
  server::read<CaseView>(
      node_.ledger,
      [key, footing = node_.footing()](server::Transaction& tx) -> Expected<CaseView> {
        TRY(const auto record, open_case(tx, key));
        return usecases::view_case(record, resident, footing.ground());
      },
      [this, held](Expected<CaseView> view) {
        const bool noted = view && owed_.size() < most_owed;
        if (noted) owe({reading(view->number, node_.clock.now())});
        if (noted) return (*held)(json(200, wire::json::write_case_view(*view)));
        (*held)(failure(view ? Error(errors::Full) : view.error()));
      });
}

void Resident::show(NamedBy by, const Request& request, Reply reply) {
  with_case(by, request, std::move(reply), [](server::Transaction&, usecases::CaseRecord record, const usecases::Ground&) {
    return Expected<usecases::CaseRecord>(std::move(record));
  });
}

void Resident::act(Verb verb, const Request& request, Reply reply) {
  const auto payload = wire::json::read_verb_body(verb, request.body);
  if (!payload) return reply(failure(payload.error()));
  with_case(NamedBy::Number, request, std::move(reply),
            [verb, payload = *payload](server::Transaction& tx, usecases::CaseRecord record,
                                       const usecases::Ground& ground) -> Expected<usecases::CaseRecord> {
              TRY(auto effects, usecases::act(verb, record, payload, resident, ground));
              TRY_VOID(tx.apply(effects.batch));
              if (effects.after) return std::move(*effects.after);
              return record;
            });
}

}  // namespace

void add_resident_routes(Service& service, server::Node& node) {
  auto desk = std::make_shared<Resident>(node);
  const auto limit = service.limits.json_bytes;
  service.router.post("/api/v1/submissions", limit, [desk](Request request, Reply reply) { desk->submit(request, std::move(reply)); }, Toll::Submission);
  service.router.get("/api/v1/submissions/{}", [desk](Request request, Reply reply) { desk->show(NamedBy::Submission, request, std::move(reply)); });
  service.router.get("/api/v1/cases/{}", [desk](Request request, Reply reply) { desk->show(NamedBy::Number, request, std::move(reply)); });
  service.router.post("/api/v1/cases/{}/supplements", limit,
                      [desk](Request request, Reply reply) { desk->act(Verb::Supplement, request, std::move(reply)); });
  service.router.post("/api/v1/cases/{}/withdrawal", limit,
                      [desk](Request request, Reply reply) { desk->act(Verb::Withdraw, request, std::move(reply)); });
}

}  // namespace tongban::http
