#include "server/drill/reckoning.h"

#include <algorithm>
#include <map>

#include "server/store/sqlite/ledger.h"
#include "shared/wire/event.h"

namespace tongban::drill {
namespace {

constexpr std::size_t keys_at_once = 1024;

/// The stores of all nodes, as a command opens them.
class Stores {
 public:
  static Expected<Stores> open(const Town& town) {
    Stores stores;
    for (std::size_t i = 0; i < town.size(); ++i) {
      TRY(auto ledger, store::SqliteLedger::open(server::DataPaths(town.options(i).data).store, *stores.here_));
      stores.ledgers_.push_back(std::move(ledger));
    }
    return stores;
  }

  server::Ledger& of(std::size_t node) { return *ledgers_[node]; }

  Expected<std::optional<usecases::CaseRecord>> copy(const Town& town, const CentreId& holder, const SubmissionId& submission) {
    std::optional<usecases::CaseRecord> found;
    const Desk* desk = town.desk(holder);
    if (!desk) return found;
    TRY_VOID(of(desk->node).read_now([&](server::Transaction& tx) -> Expected<void> {
      TRY(found, tx.find_case({holder, submission}));
      return {};
    }));
    return found;
  }

 private:
  std::unique_ptr<server::HereLane> here_ = std::make_unique<server::HereLane>();
  std::vector<std::unique_ptr<server::Ledger>> ledgers_;
};

Expected<std::size_t> decisions_in(const usecases::CaseRecord& record) {
  std::size_t decisions = 0;
  for (const auto& row : record.events) {
    TRY(const auto event, wire::decode_event(row.bytes));
    decisions += event.kind == casework::EventKind::Decided ? 1 : 0;
  }
  return decisions;
}

bool same_history(const usecases::CaseRecord& one, const usecases::CaseRecord& other) {
  return std::equal(one.events.begin(), one.events.end(), other.events.begin(), other.events.end(),
                    [](const usecases::EventRow& x, const usecases::EventRow& y) { return x.bytes == y.bytes; });
}

/// Copies at other centres than the two that had to do with a case. What was never acknowledged may be there or not.
Expected<std::size_t> strange_copies(server::Ledger& ledger, const std::map<SubmissionId, const Filed*>& known) {
  std::size_t strange = 0;
  for (usecases::CaseKey last;;) {
    std::vector<usecases::CaseKey> keys;
    TRY_VOID(ledger.read_now([&](server::Transaction& tx) -> Expected<void> {
      TRY(keys, tx.case_keys(last, keys_at_once));
      return {};
    }));
    if (keys.empty()) return strange;
    for (const auto& key : keys) {
      const auto found = known.find(key.submission);
      const bool strange_one = found != known.end() && key.holder != found->second->received_by && key.holder != found->second->decided_by;
      strange += strange_one ? 1 : 0;
    }
    last = keys.back();
  }
}

Expected<void> reckon_case(Stores& stores, const Town& town, const Filed& one, Reckoning& into) {
  TRY(const auto taken_in, stores.copy(town, one.received_by, one.submission));
  if (!taken_in || taken_in->row.number != one.number) {
    ++into.lost;
    return {};
  }
  TRY(const auto decisions, decisions_in(*taken_in));
  if (decisions > 1) ++into.doubled;
  if (!one.seen_back) return {};
  if (decisions == 0) ++into.lost;
  if (one.decided_by == one.received_by) return {};
  TRY(const auto decided, stores.copy(town, one.decided_by, one.submission));
  if (!decided || !same_history(*taken_in, *decided)) ++into.different;
  return {};
}

void add(server::LogCheck& all, server::LogCheck one) {
  all.readings += one.readings;
  all.letters_and_answers += one.letters_and_answers;
  all.cases += one.cases;
  all.events += one.events;
  all.receipts += one.receipts;
  all.faults.insert(all.faults.end(), std::make_move_iterator(one.faults.begin()), std::make_move_iterator(one.faults.end()));
}

}  // namespace

Expected<Reckoning> reckon(const Town& town, const std::vector<Filed>& filed) {
  TRY(Stores stores, Stores::open(town));
  Reckoning reckoning;
  reckoning.cases = filed.size();
  std::map<SubmissionId, const Filed*> known;
  for (const auto& one : filed) {
    known.emplace(one.submission, &one);
    TRY_VOID(reckon_case(stores, town, one, reckoning));
  }
  for (std::size_t i = 0; i < town.size(); ++i) {
    auto& ledger = stores.of(i);
    TRY(const auto strange, strange_copies(ledger, known));
    reckoning.doubled += strange;
    TRY(auto log, server::check_log(ledger, town.directory()));
    add(reckoning.log, std::move(log));
    TRY_VOID(ledger.read_now([&](server::Transaction& tx) -> Expected<void> {
      TRY(const auto waiting, tx.count_letters());
      reckoning.letters_waiting += waiting;
      return {};
    }));
  }
  return reckoning;
}

}  // namespace tongban::drill
