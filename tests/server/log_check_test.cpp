// Who can write to the database can make its chains fit again: then the signatures tell.
#include <doctest/doctest.h>

#include "server/node/log_check.h"
#include "server/platform/clock.h"
#include "server/store/sqlite/database.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

std::string blob(ByteView octets) { return "x'" + to_hex(octets) + "'"; }

std::vector<server::LogEntry> whole_log(server::Ledger& ledger) {
  std::vector<server::LogEntry> log;
  REQUIRE(ledger.read_now([&](server::Transaction& tx) -> Expected<void> {
    TRY(log, tx.exchange_log(1, 1'000));
    return {};
  }));
  return log;
}

/// Puts other octets in the place of the first letter's, and makes the chain anew from there on.
void forge_first_letter(const fs::path& file, std::vector<server::LogEntry> log, const std::function<void(Bytes&)>& change, ByteView octets) {
  Bytes forged(octets.begin(), octets.end());
  change(forged);
  auto database = store::Database::open(file.string());
  REQUIRE(database);
  const auto run = [&](const std::string& sql) {
    REQUIRE(database->run(sql));
    REQUIRE(database->changes() == 1);
  };
  bool found = false;
  for (std::size_t i = 0; i < log.size(); ++i) {
    auto& entry = log[i];
    if (!found && entry.kind == server::LogKind::Sent) {
      found = true;
      entry.octets = crypto::digest(forged);
      run("UPDATE outbox SET bytes = " + blob(forged) + " WHERE id = " + blob(entry.envelope.octets));
    }
    if (i > 0) entry.previous = log[i - 1].digest;
    entry.digest = server::log_digest(entry);
    run("UPDATE exchange_log SET octets = " + blob(entry.octets) + ", previous = " + blob(entry.previous) + ", digest = " + blob(entry.digest) +
        " WHERE seq = " + std::to_string(entry.seq));
  }
  REQUIRE(found);
}

}  // namespace

TEST_CASE("a letter that its centre hasn't signed is found, though every digest fits") {
  TemporaryFolder folder;
  {
    LivingNode node(city(folder.path()));
    const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
    const Desk reviewer(node.port(), "wujiaochang-reviewer", node.password_of("wujiaochang-reviewer"));
    play_story(node.port(), window, reviewer);
  }
  const server::DataPaths paths(folder.path());
  const auto trust = server::Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  const auto faults = [&](const std::function<void(Bytes&)>& change) {
    const auto copy = folder.path() / "copy.db";
    fs::copy_file(paths.store, copy, fs::copy_options::overwrite_existing);
    server::HereLane lane;
    const auto ledger = store::SqliteLedger::open(copy, lane);
    REQUIRE(ledger);
    const auto log = whole_log(**ledger);
    Bytes octets;
    REQUIRE((*ledger)->read_now([&](server::Transaction& tx) -> Expected<void> {
      const auto first = std::find_if(log.begin(), log.end(), [](const auto& entry) { return entry.kind == server::LogKind::Sent; });
      TRY(const auto letter, tx.find_letter(first->envelope));
      octets = letter->row.bytes;
      return {};
    }));
    forge_first_letter(copy, log, change, octets);
    const auto check = server::check_log(**ledger, trust->directory);
    REQUIRE(check);
    return check->faults;
  };
  CHECK(faults([](Bytes&) {}).empty());
  const auto signature_turned = faults([](Bytes& octets) { octets.back() ^= 1; });
  REQUIRE(signature_turned.size() == 1);
  CHECK(signature_turned.front().find("the envelope isn't 310109010's") != std::string::npos);
  const auto content_turned = faults([](Bytes& octets) { octets[octets.size() / 2] ^= 1; });
  CHECK(content_turned.size() == 1);
}
