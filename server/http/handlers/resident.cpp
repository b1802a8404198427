// What a resident does: submit, see the case with its number and secret, supplement, withdraw.
#include "server/http/errors.h"
#include "server/http/handlers/case_key.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/intake.h"
#include "server/http/handlers/noted.h"
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

Expected<std::optional<usecases::CaseRecord>> find_case(server::Transaction& tx, const CaseKey& key) {
  if (key.submission) return received_case(tx, *key.submission);
  TRY(const auto found, tx.find_number(key.number));
  if (!found) return std::optional<usecases::CaseRecord>();
  return tx.find_case(*found);
}

Expected<usecases::CaseRecord> open_case(server::Transaction& tx, const CaseKey& key) {
  TRY(auto record, find_case(tx, key));
  const casework::Digest kept = record ? record->row.access : casework::Digest{};
  const bool right = crypto::equal(key.access.value_or(casework::Digest{}), kept);
  if (!record || !key.access || !right) return Error(errors::CaseDenied);
  return std::move(*record);
}

server::Reading reading(const CaseNumber& number, Instant now) { return server::reading(resident.name(), "case", number.text(), now); }

class Resident {
 public:
  explicit Resident(server::Node& node) : node_(node) {}

  void submit(const Request& request, Reply reply);
  void show(NamedBy by, const Request& request, Reply reply);
  void act(Verb verb, const Request& request, Reply reply);

 private:
  /// Who asks, as far as guessing is concerned.
  struct Asking {
    CaseKey key;
    std::string by_name, by_peer;
    bool guesses;  ///< may be at it: an id, unlike a number, is guessed by nobody, and mostly asked for in vain: no window has it yet
  };
  /// Nothing when this address or number has been guessed at too often: then it is answered.
  std::optional<Asking> asking(NamedBy by, const Request& request, Reply& reply) const;
  void answer(const Asking& asking, Reply& reply, const Expected<CaseView>& view);

  server::Node& node_;
  GrowingDelay delay_;
};

void Resident::submit(const Request& request, Reply reply) {
  auto application = wire::json::read_application(request.body);
  if (!application) return reply(failure(application.error()));
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto footing = node_.footing();
  server::write<usecases::Effects>(
      node_.ledger,
      [footing, application = std::move(*application)](server::Transaction& tx) { return take_in(tx, footing, application, nullptr); },
      [held, footing](Expected<usecases::Effects> effects) {
        (*held)(effects ? taken_in(*effects, resident, footing) : failure(effects.error()));
      });
}

std::optional<Resident::Asking> Resident::asking(NamedBy by, const Request& request, Reply& reply) const {
  Asking asking{case_key_of(request, by), {}, "from " + request.peer, by == NamedBy::Number};
  asking.by_name = asking.key.text() + ' ' + asking.by_peer;
  const auto now = node_.clock.now();
  // One address stands for many people at a centre: by itself it waits a quarter of the time.
  const int wait = std::max(delay_.wait(asking.by_name, now), asking.guesses ? delay_.wait(asking.by_peer, now) / 4 : 0);
  if (wait == 0) return asking;
  reply(wait_first(errors::TooMany, wait));
  return std::nullopt;
}

void Resident::answer(const Asking& asking, Reply& reply, const Expected<CaseView>& view) {
  if (view) {
    delay_.succeeded(asking.by_name);
    return reply(json(200, wire::json::write_case_view(*view)));
  }
  if (view.error().is(errors::CaseDenied)) {
    delay_.failed(asking.by_name, node_.clock.now());
    if (asking.guesses) delay_.failed(asking.by_peer, node_.clock.now());
  }
  reply(failure(view.error()));
}

void Resident::show(NamedBy by, const Request& request, Reply reply) {
  const auto asked = asking(by, request, reply);
  if (!asked) return;
  auto held = std::make_shared<Reply>(std::move(reply));
  look_and_note<CaseView>(
      node_,
      [key = asked->key, footing = node_.footing()](server::Transaction& tx) -> Expected<Noted<CaseView>> {
        const auto ground = footing.ground();
        TRY(const auto record, open_case(tx, key));
        TRY(auto view, usecases::view_case(record, resident, ground));
        return Noted<CaseView>{std::move(view), {reading(record.row.number, ground.now)}};
      },
      [this, held, asked = *asked](const Expected<CaseView>& view) { answer(asked, *held, view); });
}

void Resident::act(Verb verb, const Request& request, Reply reply) {
  const auto payload = wire::json::read_verb_body(verb, request.body);
  if (!payload) return reply(failure(payload.error()));
  const auto asked = asking(NamedBy::Number, request, reply);
  if (!asked) return;
  auto held = std::make_shared<Reply>(std::move(reply));
  server::write<CaseView>(
      node_.ledger,
      [verb, payload = *payload, key = asked->key, footing = node_.footing()](server::Transaction& tx) -> Expected<CaseView> {
        const auto ground = footing.ground();
        TRY(auto record, open_case(tx, key));
        TRY_VOID(tx.append_reading(reading(record.row.number, ground.now)));
        TRY(const auto effects, usecases::act(verb, record, payload, resident, ground));
        TRY_VOID(tx.apply(effects.batch));
        return usecases::view_case(effects.after ? *effects.after : record, resident, ground);
      },
      [this, held, asked = *asked](const Expected<CaseView>& view) {
        if (view) node_.letters_wait({});
        answer(asked, *held, view);
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
