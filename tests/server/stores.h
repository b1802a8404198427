// What the store of a stopped node says.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>

#include "server/node/prepare.h"
#include "server/store/sqlite/ledger.h"

namespace tongban::tests {

/// Opens the store in a node's data folder and reads in it; a fault of the store fails the test.
inline void look_into(const std::filesystem::path& data, const std::function<Expected<void>(server::Transaction&)>& look) {
  server::HereLane here;
  const auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, here);
  REQUIRE(ledger);
  const auto looked = (*ledger)->write_now(look);
  REQUIRE(looked);
}

}  // namespace tongban::tests
