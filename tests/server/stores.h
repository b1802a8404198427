// What the store of a stopped node says.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "server/node/prepare.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/ledger.h"
#include "shared/usecases/records.h"

namespace tongban::tests {

/// Opens the store in a node's data folder and reads in it; a fault of the store fails the test.
inline void look_into(const std::filesystem::path& data, const std::function<Expected<void>(server::Transaction&)>& look) {
  server::HereLane here;
  const auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, here);
  REQUIRE(ledger);
  const auto looked = (*ledger)->write_now(look);
  REQUIRE(looked);
}

/// Whether two copies of a case tell the same of it, octet by octet.
inline bool tell_the_same(const std::vector<usecases::EventRow>& one, const std::vector<usecases::EventRow>& other) {
  const auto octets = [](const usecases::EventRow& x, const usecases::EventRow& y) { return x.bytes == y.bytes; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), octets);
}

/// The letters that a stopped node has sent and knows to be taken, or those that it has taken.
enum class Letters : bool { Settled, Taken };
inline std::set<Bytes> letters_of(const std::filesystem::path& data, Letters which) {
  auto database = store::Database::open(server::DataPaths(data).store.string());
  REQUIRE(database);
  auto row = database->prepare(which == Letters::Settled ? "SELECT id FROM outbox WHERE state = 1" : "SELECT id FROM inbox");
  std::set<Bytes> letters;
  while (row.next()) letters.insert(row.blob());
  REQUIRE(row.status());
  return letters;
}

}  // namespace tongban::tests
