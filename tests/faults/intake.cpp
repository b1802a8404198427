#include "tests/faults/intake.h"

#include <future>

#include "server/ports/intake.h"
#include "shared/casework/case_file.h"
#include "shared/usecases/view_case.h"
#include "tests/faults/process_end.h"

namespace tongban::faults {
namespace {

using casework::Role;
using casework::Verb;

constexpr const char* file = "/tongban.db";
constexpr ErrorCode ProcessEnded{"process.ended", "", ""};
constexpr std::uint64_t reserved = 64 * 1024;  ///< of log: outgrown by some of the work, so that both are met

casework::EventPayload payload_of(Verb verb) {
  casework::EventPayload payload;
  payload.reason = "演示";
  if (verb == Verb::Check) payload.verdicts = {{"m1", casework::Verdict::Fine, ""}, {"m3", casework::Verdict::Fine, ""}};
  return payload;
}

/// Of a ledger that may end the process instead.
Expected<void> answer_of(std::future<Expected<void>> answer) {
  while (answer.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    if (ProcessEnd::code()) return ProcessEnded;
  }
  return answer.get();
}

/// A receipt whose signature can't be verified convinces nobody; all else must be the same.
bool same_to_whoever_verifies(casework::CaseView shown, casework::CaseView truth, const wire::Directory& directory) {
  for (casework::ReceiptView& receipt : shown.receipts) {
    if (wire::verify_receipt(receipt.bytes, directory.keys())) continue;
    receipt.bytes.clear();
    for (casework::ReceiptView& other : truth.receipts) {
      if (other.kind == receipt.kind) other.bytes.clear();
    }
  }
  return shown == truth;
}

}  // namespace

bool Intake::open() {
  auto opened = store::SqliteLedger::open(file, here_, {.log = reserved});
  if (!opened) return false;
  ledger_ = std::move(*opened);
  return true;
}

void Intake::abandon() { static_cast<void>(ledger_.release()); }

std::future<Expected<void>> Intake::write(server::Ledger::Work work) {
  const auto answer = std::make_shared<std::promise<Expected<void>>>();
  ledger_->write(std::move(work), [answer](Expected<void> ended) { answer->set_value(std::move(ended)); });
  return answer->get_future();
}

void Intake::note(const Expected<void>& ended) {
  if (!ended) last_refusal_ = ended.error().code->name;
}

Expected<usecases::Effects> Intake::store(server::Transaction& tx, const casework::Application& application) {
  TRY(const auto state, server::known_of(tx, application.submission_id));
  TRY(auto effects, usecases::receive_submission(application, state, ground()));
  TRY_VOID(tx.apply(effects.batch));
  return effects;
}

Expected<usecases::Effects> Intake::step(server::Transaction& tx, const usecases::CaseKey& key, Verb verb) {
  TRY(const auto record, tx.find_case(key));
  if (!record) return casework::verb_errors::WrongState;
  TRY(auto effects, usecases::act(verb, *record, payload_of(verb), {Role::Window, fakes::quyang, "staff"}, ground()));
  TRY_VOID(tx.apply(effects.batch));
  return effects;
}

bool Intake::act_on(Promise& promise, Verb verb) {
  const usecases::CaseKey key{fakes::quyang, promise.application.submission_id};
  const auto done = answer_of(write([&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(step(tx, key, verb));
    return {};
  }));
  note(done);
  promise.events += done ? 1 : 0;
  return done.has_value();
}

void Intake::work(std::size_t count) {
  std::vector<Promise> asked;
  for (std::size_t i = 0; i < count; ++i) asked.push_back({fakes::demo_application(ItemId("s1"), fakes::quyang, random_), {}, 1, {}});
  std::vector<std::future<Expected<void>>> answers;
  for (Promise& one : asked) {
    answers.push_back(write([this, &one](server::Transaction& tx) -> Expected<void> {
      TRY(const auto effects, store(tx, one.application));
      one.receipt = effects.receipt;
      return {};
    }));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Expected<void> ended = answer_of(std::move(answers[i]));
    note(ended);
    if (!ended) continue;
    promises_.push_back(asked[i]);
    for (const Verb verb : {Verb::Receive, Verb::Check, Verb::Transfer})
      if (!act_on(promises_.back(), verb)) break;   // the next would only be refused for its sake
  }
}

bool Intake::takes_one() {
  const std::size_t before = promises_.size();
  work(1);
  return promises_.size() > before;
}

Expected<casework::CaseView> Intake::view(server::Transaction& tx, const Promise& promise) {
  TRY(const auto record, tx.find_case({fakes::quyang, promise.application.submission_id}));
  if (!record) return casework::case_file_errors::Damaged;
  return usecases::view_case(*record, {Role::Window, fakes::quyang, "staff"}, ground());
}

Expected<Lists> Intake::lists(server::Transaction& tx) {
  constexpr std::size_t all = 1'000;
  Lists found;
  using enum casework::WorkList;
  for (const auto list : {ToReceive, InHand, Returned, Travelling, ToReview, Done}) {
    TRY(const auto rows, tx.work_list(fakes::quyang, list, all));
    found.work.insert(found.work.end(), rows.begin(), rows.end());
  }
  TRY(found.custody, tx.in_custody(all));
  TRY(auto due, tx.due_letters(fakes::wujiaochang, clock_.now(), all, std::nullopt));
  for (auto& letter : due) found.letters.push_back(std::move(letter.row));
  return found;
}

void Intake::look() {
  (void)answer_of(write([&](server::Transaction& tx) -> Expected<void> {
    for (Promise& promise : promises_) {
      TRY(promise.seen, view(tx, promise));
    }
    TRY(lists_, lists(tx));
    return {};
  }));
}

std::string Intake::check(server::Transaction& tx, const Promise& promise, bool may_refuse) {
  const auto shown = view(tx, promise);
  if (!shown) return may_refuse ? "" : "a promised case is not shown: " + std::string(shown.error().code->name);
  if (promise.seen && !same_to_whoever_verifies(*shown, *promise.seen, directory_)) return "something else is shown";
  if (shown->application != promise.application) return "another application is shown";
  if (shown->timeline.size() < promise.events) return "a promised step is gone";
  const auto stored = std::find_if(shown->receipts.begin(), shown->receipts.end(),
                                   [](const casework::ReceiptView& one) { return one.kind == casework::ReceiptKind::Stored; });
  if (stored == shown->receipts.end()) return "the receipt is gone";
  return stored->bytes == promise.receipt || promise.seen ? "" : "another receipt is shown";
}

std::string Intake::broken(bool may_refuse) {
  std::string found;
  const auto read = answer_of(write([&](server::Transaction& tx) -> Expected<void> {
    for (const Promise& promise : promises_) {
      found = check(tx, promise, may_refuse);
      if (!found.empty()) return {};
    }
    if (!lists_) return {};
    const auto told = lists(tx);
    if (told ? *told != *lists_ : !may_refuse) found = "the lists say something else";
    return {};
  }));
  if (!read && !may_refuse) return "the ledger cannot be read: " + std::string(read.error().code->name);
  return found;
}

}  // namespace tongban::faults
