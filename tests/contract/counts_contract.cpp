// The contract of a store, on: how many cases stand where.
#include <doctest/doctest.h>

#include "shared/wire/errors.h"
#include "tests/contract/rows.h"
#include "tests/contract/stores.h"

using namespace tongban;
using namespace tongban::tests;
using casework::WorkList;

namespace {

usecases::Batch just(const usecases::CaseRow& row) {
  usecases::Batch batch;
  batch.cases = {row};
  return batch;
}

}  // namespace

TEST_CASE("each case is counted on the list where it stands, however it has come there") {
  on_each_store([](server::Ledger& ledger) {
    const auto count = [&](WorkList list) {
      server::CentreCount found;
      in(ledger, [&](server::Transaction& tx) {
        const auto counts = *tx.counts();
        for (const auto& one : counts)
          if (one.list == list && one.holder == a) found = one;
      });
      return std::pair(found.cases, found.oldest);
    };
    const auto put = [&](std::uint8_t n, WorkList list, Instant changed_at) {
      auto row = case_row(n);
      row.list = list;
      row.changed_at = changed_at;
      in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(just(row))); });
    };
    put(1, WorkList::InHand, Instant{2001});
    put(2, WorkList::Done, Instant{2002});
    put(3, WorkList::ToReview, Instant{2003});
    CHECK(count(WorkList::Done) == std::pair(std::uint64_t{1}, Instant{2002}));
    put(1, WorkList::Done, Instant{2004});
    put(1, WorkList::Done, Instant{2005});
    CHECK(count(WorkList::Done) == std::pair(std::uint64_t{2}, Instant{2002}));
    CHECK(count(WorkList::InHand).first == 0);
    put(2, WorkList::InHand, Instant{2006});
    CHECK(count(WorkList::Done) == std::pair(std::uint64_t{1}, Instant{2005}));
    CHECK(count(WorkList::InHand) == std::pair(std::uint64_t{1}, Instant{1002}));
    CHECK(count(WorkList::ToReview) == std::pair(std::uint64_t{1}, Instant{1003}));
    put(1, WorkList::Travelling, Instant{2007});
    CHECK(count(WorkList::Done).first == 0);
    CHECK_FALSE(ledger.write_now([&](server::Transaction& tx) -> Expected<void> {
      auto row = case_row(3);
      row.list = WorkList::Done;
      TRY_VOID(tx.apply(just(row)));
      return Error(wire::wire_errors::Malformed);
    }));
    CHECK(count(WorkList::Done).first == 0);
  });
}
