// No room is left: who brings something is told so and keeps it, what is there can be read, and with room all goes on.
#include <doctest/doctest.h>

#include "server/node/log_check.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"
#include "tests/server/small_disk.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

Answer hand_in(std::uint16_t port, const usecases::Sealed& one) {
  return ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
}

ResidentOf resident_of(std::uint16_t port, const usecases::Sealed& one, const Answer& answer) {
  return {port, wire::json::read_submission_answer(answer.body)->view.number, one.secret};
}

void check_says_full(const Answer& answer) {
  CHECK(answer.status == 507);
  CHECK(answer.headers.at("content-type") == "application/problem+json; charset=utf-8");
  CHECK(answer.headers.contains("retry-after"));
  const auto problem = wire::json::read_problem(answer.body);
  REQUIRE(problem);
  CHECK(problem->code == "http.storage_full");
  CHECK_FALSE(problem->zh.empty());
  CHECK_FALSE(problem->en.empty());
}

/// Hands in until the node refuses; the residents of what it has taken.
struct UntilFull {
  std::vector<ResidentOf> taken;
  usecases::Sealed refused;
  Answer refusal;
};

UntilFull hand_in_until_full(std::uint16_t port) {
  UntilFull until;
  for (int most = 20'000; most > 0; --most) {
    until.refused = sealed();
    until.refusal = hand_in(port, until.refused);
    if (until.refusal.status != 201) break;
    until.taken.push_back(resident_of(port, until.refused, until.refusal));
  }
  return until;
}

bool all_can_be_read(const std::vector<ResidentOf>& residents) {
  return std::all_of(residents.begin(), residents.end(), [](const ResidentOf& one) { return one.ask("GET").status == 200; });
}

/// The store of a node that has stopped, in which everything is whole.
server::LogCheck whole_store(const fs::path& data) {
  const auto trust = server::Trust::open(server::DataPaths(data).keys, server::DataPaths(data).directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  HereLane here;
  const auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, here);
  REQUIRE(ledger);
  const auto check = server::check_log(**ledger, trust->directory);
  REQUIRE(check);
  CHECK(check->faults.empty());
  return *check;
}

bool has_file_of(const fs::path& data, const Upload& upload) {
  const auto name = to_hex(crypto::digest(as_bytes(upload.octets)));
  return fs::exists(data / "materials" / name.substr(0, 2) / name);
}

void fill_and_heal(const SmallDisk& disk, const fs::path& data) {
  auto options = city(data);
  options.limits.keep_free = 0;
  std::size_t taken = 0;
  {
    LivingNode node(options);
    disk.fill_up_to(4 << 20);
    auto until = hand_in_until_full(node.port());
    check_says_full(until.refusal);
    CHECK(until.taken.size() > 20);
    const Upload photo{node.port(), photograph(6 << 20)};
    check_says_full(photo.piece(0, photo.octets.size()));
    CHECK_FALSE(has_file_of(data, photo));
    CHECK(all_can_be_read(until.taken));
    CHECK(ask(node.port(), "GET", "/healthz").status == 200);

    disk.make_room();
    const auto again = hand_in(node.port(), until.refused);
    CHECK(again.status == 201);
    until.taken.push_back(resident_of(node.port(), until.refused, again));
    CHECK(photo.piece(photo.kept(), photo.octets.size()).status == 201);
    CHECK(has_file_of(data, photo));
    CHECK(all_can_be_read(until.taken));
    taken = until.taken.size();
  }
  const auto stored = whole_store(data);
  CHECK(stored.cases == taken);
  // Each was read twice, all but the last also while nothing could be written.
  CHECK(stored.readings == 2 * taken - 1);
}

}  // namespace

TEST_CASE("on a full disk nothing is stored by halves, what is there is read, and with room the same things are taken") {
  struct Way {
    const char* name;
    SmallDisk::Kind kind;
  };
  for (const auto& [name, kind] : {Way{"an ext4 in a file", SmallDisk::Kind::Ext4}, Way{"a tmpfs", SmallDisk::Kind::Memory}}) {
    TemporaryFolder folder;
    const SmallDisk disk(kind, folder.path() / "disk", folder.path() / "image");
    if (!disk.mounted()) {
      MESSAGE(name, " cannot be mounted here: not tried");
      continue;
    }
    INFO(std::string(name));
    fill_and_heal(disk, folder.path() / "disk" / "data");
  }
}

TEST_CASE("a database at its cap refuses likewise, photographs still come in, and with a higher cap the same is taken") {
  TemporaryFolder folder;
  auto options = city(folder.path());
  options.limits.store_bytes = 2 << 20;
  UntilFull until;
  {
    LivingNode node(options);
    until = hand_in_until_full(node.port());
    check_says_full(until.refusal);
    CHECK(until.taken.size() > 20);
    CHECK(all_can_be_read(until.taken));
    const Upload photo{node.port(), photograph(100'000)};
    CHECK(photo.piece(0, photo.octets.size()).status == 201);
  }
  options.limits.store_bytes *= 2;
  LivingNode node(options);
  CHECK(hand_in(node.port(), until.refused).status == 201);
  for (auto& one : until.taken) one.port = node.port();
  CHECK(all_can_be_read(until.taken));
}
