#include "tests/contract/stores.h"

#include <doctest/doctest.h>

#include "server/store/sqlite/ledger.h"
#include "tests/contract/memory_transaction.h"
#include "tests/contract/rows.h"

namespace tongban::tests {

void on_each_store(const std::function<void(server::Ledger&)>& sentence) {
  SUBCASE("SQLite") {
    server::HereLane here;
    TemporaryFile file;
    auto ledger = store::SqliteLedger::open(file.path(), here);
    REQUIRE(ledger);
    sentence(**ledger);
  }
  SUBCASE("memory") {
    MemoryLedger ledger;
    sentence(ledger);
  }
}

}  // namespace tongban::tests
