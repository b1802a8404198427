// What staff do: work lists, cases of their centre, materials, verbs; counts for the city office.
#include <chrono>
#include <map>

#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/intake.h"
#include "server/http/handlers/noted.h"
#include "server/http/handlers/own_cases.h"
#include "shared/casework/access.h"
#include "shared/usecases/act.h"
#include "shared/usecases/view_case.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/json/workload.h"

namespace tongban::http {
namespace {

using casework::CaseView;
using casework::Role;
using casework::Verb;
using casework::WorkList;

constexpr std::size_t longest_list = 500;
constexpr std::size_t most_gaps = 1'000;
/// So many times as long as it takes, a count of what is open or waits is good enough for the next who asks.
constexpr int share_of_counts = 200;

server::Reading read_by(const SignedIn& who, std::string what, std::string record, Instant now) {
  return server::reading(who.account.account.text(), std::move(what), std::move(record), now);
}

/// "to_review 12 9f86d081…": which cases were on it can be proved later, and isn't told by the log itself.
std::string list_record(const std::string& name, const std::vector<casework::WorkRow>& rows) {
  crypto::Digester digester;
  for (const auto& row : rows) digester.add(as_bytes(row.number.text() + '\n'));
  return (name.empty() ? "all" : name) + ' ' + std::to_string(rows.size()) + ' ' + to_hex(digester.finish());
}

/// The whole node's workload, as it was counted last; on the ledger's thread.
struct Overview {
  casework::Workload workload;
  std::chrono::steady_clock::time_point good_until;
};

class Staff {
 public:
  explicit Staff(server::Node& node) : node_(node) {}

  void list(const Request& request, Reply reply);
  void counts(const Request& request, Reply reply);
  void show(const Request& request, Reply reply);
  void material(const Request& request, Reply reply);
  void begin(const Request& request, Reply reply);
  void act(const Request& request, Reply reply);
  void remind(const Request& request, Reply reply);

 private:
  void send_material(const crypto::Digest& digest, Reply reply);
  void renew_access(const Request& request, Reply reply);
  /// What a piece of work leaves to be shown to whom, and to be sent.
  struct Done {
    usecases::CaseRecord record;
    casework::Actor reader;
    std::vector<usecases::OutboxRow> letters;
  };
  using Step = std::function<Expected<Done>(server::Transaction&, const server::Footing&)>;
  void answer_with_case(Reply reply, Step step);

  server::Node& node_;
  std::shared_ptr<Overview> overview_ = std::make_shared<Overview>();
};

void Staff::list(const Request& request, Reply reply) {
  const auto name = request.parameter("list");
  const auto wanted = casework::work_list_named(name);
  if (!name.empty() && !wanted) return reply(failure(Error(errors::BadRequest, "list")));
  std::vector<WorkList> lists;
  if (wanted) lists = {*wanted};
  else lists = {WorkList::ToReceive, WorkList::InHand, WorkList::Returned, WorkList::Travelling, WorkList::ToReview, WorkList::Done};
  auto held = std::make_shared<Reply>(std::move(reply));
  using Rows = std::vector<casework::WorkRow>;
  look_and_note<Rows>(
      node_,
      [with = credentials(node_, request), lists, name, footing = node_.footing()](server::Transaction& tx) -> Expected<Noted<Rows>> {
        const auto now = footing.node->clock.now();
        TRY(const auto who, signed_in(tx, with, now));
        // A supervisor and the city office see counts, nobody's name.
        if (who.account.role != Role::Window && who.account.role != Role::Reviewer) return Error(errors::RoleForbidden);
        TRY(auto rows, own_work(tx, who, lists, *footing.directory, now, longest_list));
        Noted<Rows> noted{std::move(rows), {}};
        if (!noted.result.empty()) noted.readings.push_back(read_by(who, "list", list_record(name, noted.result), now));
        return noted;
      },
      [held](const Expected<Rows>& rows) { (*held)(rows ? json(200, wire::json::write_work_list(*rows)) : failure(rows.error())); });
}

/// By sender and addressee, however many cases that are.
std::vector<server::LateLetters> missing_letters(const std::vector<server::LaneGap>& gaps) {
  std::map<std::pair<CentreId, CentreId>, std::uint64_t> lanes;
  for (const auto& gap : gaps) ++lanes[{gap.peer, gap.holder}];
  std::vector<server::LateLetters> missing;
  for (const auto& [lane, letters] : lanes) missing.push_back({lane.first, lane.second, letters, {}});
  return missing;
}

/// Goes through everything that is open or waits, and the ledger does nothing else meanwhile: so it may be as old as that takes,
/// times `share_of_counts`.
Expected<casework::Workload> look_over(Overview& last, server::Transaction& tx, const server::Footing& footing, Instant now) {
  const auto begun = std::chrono::steady_clock::now();
  if (begun < last.good_until) return last.workload;
  casework::Workload workload;
  TRY(workload.counts, tx.counts());
  if (const auto before = footing.node->late_before(now, footing.catalogue->calendar)) {
    TRY(workload.late, tx.late_letters(*before));
  }
  TRY(const auto gaps, tx.gaps(most_gaps));
  workload.missing = missing_letters(gaps);
  const auto ended = std::chrono::steady_clock::now();
  last = {workload, ended + share_of_counts * (ended - begun)};
  return workload;
}

void Staff::counts(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<casework::Workload>(
      node_.ledger,
      [overview = overview_, with = credentials(node_, request), footing = node_.footing()](server::Transaction& tx) -> Expected<casework::Workload> {
        const auto now = footing.node->clock.now();
        TRY(const auto who, signed_in(tx, with, now));
        if (who.account.role != Role::CityOffice && who.account.role != Role::Supervisor) return Error(errors::RoleForbidden);
        TRY(auto workload, look_over(*overview, tx, footing, now));
        // A supervisor sees the own centre's workload, the city office everybody's.
        if (who.account.role == Role::CityOffice) return workload;
        const auto centres = centres_of(who, *footing.directory, now);
        const auto is_own = [&](const CentreId& centre) { return std::find(centres.begin(), centres.end(), centre) != centres.end(); };
        std::erase_if(workload.counts, [&](const auto& one) { return !is_own(one.holder); });
        for (auto* letters : {&workload.late, &workload.missing})
          std::erase_if(*letters, [&](const auto& one) { return !is_own(one.from) && !is_own(one.to); });
        return workload;
      },
      [held](const Expected<casework::Workload>& workload) { (*held)(workload ? json(200, wire::json::write_workload(*workload)) : failure(workload.error())); });
}

/// A reminder by hand (催办): whatever of the case waits for another centre is due now.
void Staff::remind(const Request& request, Reply reply) {
  answer_with_case(std::move(reply),
                   [with = credentials(node_, request), number = request.captures.at(0)](server::Transaction& tx, const server::Footing& footing) -> Expected<Done> {
                     const auto ground = footing.ground();
                     TRY(const auto who, signed_in(tx, with, ground.now));
                     TRY(auto own, own_case(tx, who, number, ground));
                     bool waits = false;
                     for (const auto& letter : own.record.outbox) {
                       if (letter.state != usecases::OutboxState::Waiting) continue;
                       TRY(const bool hastened, tx.hasten_letter(letter.id, ground.now));
                       waits = waits || hastened;
                     }
                     if (!waits) return Error(errors::NothingWaits);
                     TRY_VOID(tx.append_reading(read_by(who, "reminder", own.record.row.number.text(), ground.now)));
                     return Done{std::move(own.record), std::move(own.actor), {}};
                   });
}

void Staff::show(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  look_and_note<CaseView>(
      node_,
      [with = credentials(node_, request), number = request.captures.at(0), footing = node_.footing()](server::Transaction& tx) -> Expected<Noted<CaseView>> {
        const auto ground = footing.ground();
        TRY(const auto who, signed_in(tx, with, ground.now));
        TRY(const auto own, own_case(tx, who, number, ground));
        TRY(auto view, usecases::view_case(own.record, own.actor, ground));
        return Noted<CaseView>{std::move(view), {read_by(who, "case", own.record.row.number.text(), ground.now)}};
      },
      [held](const Expected<CaseView>& view) { (*held)(view ? json(200, wire::json::write_case_view(*view)) : failure(view.error())); });
}

void Staff::material(const Request& request, Reply reply) {
  const auto digest = digest_from_hex(request.captures.at(1));
  if (!digest) return reply(failure(errors::MaterialUnknown));
  auto held = std::make_shared<Reply>(std::move(reply));
  look_and_note<crypto::Digest>(
      node_,
      [digest = *digest, with = credentials(node_, request), number = request.captures.at(0), footing = node_.footing()](server::Transaction& tx) -> Expected<Noted<crypto::Digest>> {
        const auto ground = footing.ground();
        TRY(const auto who, signed_in(tx, with, ground.now));
        TRY(const auto own, own_case(tx, who, number, ground));
        TRY(const auto view, usecases::view_case(own.record, own.actor, ground));
        auto named = wire::attachments_of(view.materials);
        const auto first = wire::attachments_of(view.application->materials);
        named.insert(named.end(), first.begin(), first.end());
        if (std::find(named.begin(), named.end(), digest) == named.end()) return Error(errors::MaterialUnknown);
        return Noted<crypto::Digest>{digest, {read_by(who, "material", own.record.row.number.text(), ground.now)}};
      },
      [this, held](const Expected<crypto::Digest>& may) {
        if (may) send_material(*may, std::move(*held));
        else (*held)(failure(may.error()));
      });
}

/// Once the first octet is out, nothing can be taken back: so all of them are read and compared before.
void Staff::send_material(const crypto::Digest& digest, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.slow.run([this, held, digest] {
    const auto condition = node_.attachments.check(digest);
    node_.network.run([this, held, digest, condition] {
      if (condition == server::Condition::Damaged) {
        node_.material_damaged(digest);
        return (*held)(failure(errors::MaterialDamaged));
      }
      if (condition == server::Condition::Unreadable) return (*held)(failure(errors::Internal));
      const auto stored = node_.attachments.find(digest);
      if (!stored) return (*held)(failure(errors::MaterialLost));
      Response response;
      response.file = {stored->path, stored->size};
      response.with("Content-Type", stored->media_type).with("Cache-Control", "no-store").with("Content-Disposition", "inline");
      (*held)(std::move(response));
    });
  });
}

void Staff::begin(const Request& request, Reply reply) {
  auto walk_in = wire::json::read_walk_in(request.body);
  if (!walk_in) return reply(failure(walk_in.error()));
  struct Begun {
    usecases::Effects effects;
    casework::Actor actor;
  };
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto footing = node_.footing();
  server::write<Begun>(
      node_.ledger,
      [footing, walk_in = std::move(*walk_in), with = credentials(node_, request)](server::Transaction& tx) -> Expected<Begun> {
        TRY(const auto who, signed_in(tx, with, footing.node->clock.now()));
        const AtWindow window{who.actor(), walk_in.chosen};
        TRY(auto effects, take_in(tx, footing, walk_in.application, &window));
        return Begun{std::move(effects), window.actor};
      },
      [this, held, footing](Expected<Begun> begun) {
        if (begun) node_.letters_wait(begun->effects.batch.outbox);
        (*held)(begun ? taken_in(begun->effects, begun->actor, footing) : failure(begun.error()));
      });
}

void Staff::act(const Request& request, Reply reply) {
  const auto verb = casework::verb_named(request.captures.at(1));
  if (!verb || *verb == Verb::Read) return reply(failure(errors::NotFound));
  if (*verb == Verb::RenewAccess) return renew_access(request, std::move(reply));
  const auto payload = wire::json::read_verb_body(*verb, request.body);
  if (!payload) return reply(failure(payload.error()));
  answer_with_case(std::move(reply),
                   [verb = *verb, payload = *payload, with = credentials(node_, request), number = request.captures.at(0)](
                       server::Transaction& tx, const server::Footing& footing) -> Expected<Done> {
                     const auto ground = footing.ground();
                     TRY(const auto who, signed_in(tx, with, ground.now));
                     TRY(auto own, own_case(tx, who, number, ground));
                     TRY(auto effects, usecases::act(verb, own.record, payload, own.actor, ground));
                     TRY_VOID(tx.apply(effects.batch));
                     // What was done is an event; what had been done before is only shown once more.
                     if (effects.batch.events.empty()) TRY_VOID(tx.append_reading(read_by(who, "case", own.record.row.number.text(), ground.now)));
                     return Done{effects.after ? std::move(*effects.after) : std::move(own.record), std::move(own.actor), std::move(effects.batch.outbox)};
                   });
}

void Staff::renew_access(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  server::write<casework::AccessSecret>(
      node_.ledger,
      [with = credentials(node_, request), number = request.captures.at(0), footing = node_.footing()](
          server::Transaction& tx) -> Expected<casework::AccessSecret> {
        const auto ground = footing.ground();
        TRY(const auto who, signed_in(tx, with, ground.now));
        TRY(const auto own, own_case(tx, who, number, ground));
        TRY(const auto renewed, usecases::renew_access(own.record, own.actor, ground));
        TRY_VOID(tx.apply(renewed.effects.batch));
        TRY_VOID(tx.append_reading(read_by(who, "access", own.record.row.number.text(), ground.now)));
        return renewed.secret;
      },
      [held](Expected<casework::AccessSecret> secret) {
        // Base64url needs no escaping.
        (*held)(secret ? json(200, R"({"secret":")" + casework::access_text(*secret) + "\"}") : failure(secret.error()));
      });
}

/// The signatures of what is shown are verified when the letters are on their way: neither they nor the ledger wait for it.
void Staff::answer_with_case(Reply reply, Step step) {
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto footing = node_.footing();
  server::write<Done>(
      node_.ledger, [step = std::move(step), footing](server::Transaction& tx) { return step(tx, footing); },
      [this, held, footing](Expected<Done> done) {
        if (!done) return (*held)(failure(done.error()));
        node_.letters_wait(std::move(done->letters));
        const auto view = usecases::view_case(done->record, done->reader, footing.ground());
        (*held)(view ? json(200, wire::json::write_case_view(*view)) : failure(view.error()));
      });
}

}  // namespace

void add_staff_routes(Service& service, server::Node& node) {
  auto staff = std::make_shared<Staff>(node);
  auto& router = service.router;
  const std::string at = "/api/v1/staff/cases";
  router.get("/api/v1/staff/counts", [staff](Request request, Reply reply) { staff->counts(request, std::move(reply)); });
  router.get(at, [staff](Request request, Reply reply) { staff->list(request, std::move(reply)); });
  router.post(at, service.limits.json_bytes, [staff](Request request, Reply reply) { staff->begin(request, std::move(reply)); });
  router.get(at + "/{}", [staff](Request request, Reply reply) { staff->show(request, std::move(reply)); });
  router.get(at + "/{}/materials/{}", [staff](Request request, Reply reply) { staff->material(request, std::move(reply)); });
  router.post(at + "/{}/remind", service.limits.json_bytes, [staff](Request request, Reply reply) { staff->remind(request, std::move(reply)); });
  router.post(at + "/{}/{}", service.limits.json_bytes, [staff](Request request, Reply reply) { staff->act(request, std::move(reply)); });
}

}  // namespace tongban::http
