#include "tests/faults/intake.h"

#include <future>

#include "shared/usecases/intake.h"
#include "shared/usecases/view_case.h"

namespace tongban::faults {
namespace {

using casework::Role;
using casework::Verb;

constexpr const char* file = "/tongban.db";

casework::EventPayload payload_of(Verb verb) {
  casework::EventPayload payload;
  payload.reason = "演示";
  if (verb == Verb::Check) payload.verdicts = {{"m1", casework::Verdict::Fine, ""}, {"m3", casework::Verdict::Fine, ""}};
  return payload;
}

}  // namespace

bool Intake::open() {
  auto opened = store::SqliteLedger::open(file, here_);
  if (!opened) return false;
  ledger_ = std::move(*opened);
  return true;
}

void Intake::note(const Expected<void>& ended) {
  if (!ended) last_refusal_ = ended.error().code->name;
}

Expected<usecases::Effects> Intake::store(server::Transaction& tx, const casework::Application& application) {
  usecases::IntakeState state;
  TRY(const auto keys, tx.find_submission(application.submission_id));
  for (const auto& key : keys) {
    TRY(auto record, tx.find_case(key));
    if (record) state.copies.push_back(std::move(*record));
  }
  TRY(auto effects, usecases::receive_submission(application, state, ground()));
  TRY_VOID(tx.apply(effects.batch));
  return effects;
}

Expected<usecases::Effects> Intake::step(server::Transaction& tx, const usecases::CaseKey& key, Verb verb) {
  TRY(const auto record, tx.find_case(key));
  if (!record) return casework::verb_errors::WrongState;
  TRY(auto effects, usecases::act(verb, *record, payload_of(verb), {Role::Window, fakes::quyang, "staff"}, {}, ground()));
  TRY_VOID(tx.apply(effects.batch));
  return effects;
}

void Intake::act_on(Promise& promise, Verb verb) {
  const usecases::CaseKey key{fakes::quyang, promise.application.submission_id};
  const auto done = ledger_->write_now([&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(step(tx, key, verb));
    return {};
  });
  note(done);
  promise.events += done ? 1 : 0;
}

void Intake::work(std::size_t count) {
  std::vector<Promise> asked;
  for (std::size_t i = 0; i < count; ++i) asked.push_back({fakes::demo_application(ItemId("s1"), fakes::quyang, random_), {}, 1});
  std::vector<std::promise<Expected<void>>> answers(count);
  for (std::size_t i = 0; i < count; ++i) {
    ledger_->write(
        [this, &one = asked[i]](server::Transaction& tx) -> Expected<void> {
          TRY(const auto effects, store(tx, one.application));
          one.receipt = effects.receipt;
          return {};
        },
        [&answer = answers[i]](Expected<void> ended) { answer.set_value(std::move(ended)); });
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Expected<void> ended = answers[i].get_future().get();
    note(ended);
    if (!ended) continue;
    promises_.push_back(asked[i]);
    for (const Verb verb : {Verb::Receive, Verb::Check, Verb::Transfer}) act_on(promises_.back(), verb);
  }
}

bool Intake::takes_one() {
  const std::size_t before = promises_.size();
  work(1);
  return promises_.size() > before;
}

std::string Intake::check(server::Transaction& tx, const Promise& promise, bool may_refuse) {
  const auto record = tx.find_case({fakes::quyang, promise.application.submission_id});
  if (!record) return may_refuse ? "" : "a case cannot be read: " + std::string(record.error().code->name);
  if (!*record) return may_refuse ? "" : "a promised case is gone";
  const auto view = usecases::view_case(**record, {Role::Window, fakes::quyang, "staff"}, ground());
  if (!view) return may_refuse ? "" : "a case cannot be opened: " + std::string(view.error().code->name);
  if (view->application != promise.application) return "another application is shown";
  if (view->timeline.size() < promise.events && !may_refuse) return "a promised step is gone";
  for (const auto& receipt : view->receipts) {
    if (receipt.kind == casework::ReceiptKind::Stored && receipt.bytes != promise.receipt) return "another receipt is shown";
  }
  if (view->receipts.empty() && !may_refuse) return "the receipt is gone";
  return {};
}

std::string Intake::broken(bool may_refuse) {
  std::string found;
  const auto read = ledger_->write_now([&](server::Transaction& tx) -> Expected<void> {
    for (const Promise& promise : promises_) {
      found = check(tx, promise, may_refuse);
      if (!found.empty()) break;
    }
    return {};
  });
  if (!read && !may_refuse) return "the ledger cannot be read: " + std::string(read.error().code->name);
  return found;
}

}  // namespace tongban::faults
