#include <doctest/doctest.h>

#include "server/store/postgres/ledger.h"
#include "tests/contract/rows.h"
#include "tests/contract/shared_cluster.h"
#include "tests/contract/stores.h"

namespace tongban::tests {

void on_each_store(const std::function<void(server::Ledger&)>& sentence) {
  server::HereLane here;
  auto ledger = store::PostgresLedger::open(parsed(shared_cluster().make_database()), store::Presence::Alone, here);
  REQUIRE(ledger);
  sentence(**ledger);
}

}  // namespace tongban::tests
