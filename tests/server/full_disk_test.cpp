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

/// As many of them as tell enough: each look on a full disk waits for a sync of its own.
std::vector<ResidentOf> some_of(const std::vector<ResidentOf>& residents) {
  std::vector<ResidentOf> some;
  for (std::size_t i = 0; i < residents.size(); i += std::max<std::size_t>(residents.size() / 40, 1)) some.push_back(residents[i]);
  return some;
}

/// The store of a node that has stopped, in which everything is whole.
server::LogCheck whole_store(const fs::path& data) {
  const auto trust = server::Trust::open(server::DataPaths(data).keys, server::DataPaths(data).directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  server::HereLane here;
  const auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, here);
  REQUIRE(ledger);
  const auto check = server::check_log(**ledger, trust->directory);
  REQUIRE(check);
  CHECK(check->faults.empty());
  return *check;
}

std::size_t looks_of_residents(const fs::path& data) {
  std::size_t looks = 0;
  look_into(data, [&](server::Transaction& tx) -> Expected<void> {
    TRY(const auto readings, tx.readings(1, 100'000));
    looks = static_cast<std::size_t>(std::count_if(readings.begin(), readings.end(), [](const auto& one) { return one.actor == "resident"; }));
    return {};
  });
  return looks;
}

/// What a reviewer's and a window's day needs: to sign in, to see the list, a case and a paper of it.
void check_staff_can_read(std::uint16_t port, const std::string& password, const ResidentOf& of, const std::string& photo_path) {
  const Desk window(port, "quyang-window", password);
  CHECK(window.get("/api/v1/staff/session").status == 200);
  CHECK_FALSE(window.list("to_receive").empty());
  CHECK(window.get("/api/v1/staff/cases/" + of.number.text()).status == 200);
  CHECK(window.get("/api/v1/staff/cases/" + of.number.text() + photo_path).status == 200);
}

bool has_file_of(const fs::path& data, const Upload& upload) {
  const auto name = to_hex(crypto::digest(as_bytes(upload.octets)));
  return fs::exists(data / "materials" / name.substr(0, 2) / name);
}

void fill_and_heal(const SmallDisk& disk, const fs::path& data) {
  auto options = city(data);
  options.limits.keep_free = 0;
  std::size_t taken = 0, looks = 0;
  std::string password;
  UntilFull until;
  {
    LivingNode node(options);
    password = node.password_of("quyang-window");
    auto with_photo = draft();
    const Upload photo{node.port(), photograph(70'000)};
    REQUIRE(photo.piece(0, photo.octets.size()).status == 201);
    with_photo.materials[0].way = casework::MaterialWay::Attached;
    with_photo.materials[0].attachments = {{crypto::digest(as_bytes(photo.octets)), "image/jpeg", 70'000}};
    const auto first = submit_to(node.port(), sealed(std::move(with_photo)));
    disk.fill_up_to(4 << 20);
    until = hand_in_until_full(node.port());
    check_says_full(until.refusal);
    CHECK(until.taken.size() > 20);
    taken = until.taken.size() + 1;
    until.taken.push_back(first);
    const Upload large{node.port(), photograph(6 << 20)};
    check_says_full(large.piece(0, large.octets.size()));
    CHECK_FALSE(has_file_of(data, large));
    until.taken = some_of(until.taken);
    CHECK(all_can_be_read(until.taken));
    looks += until.taken.size();
    check_staff_can_read(node.port(), password, first, photo.path().substr(std::string("/api/v1").size()));
    CHECK(ask(node.port(), "GET", "/healthz").status == 200);
  }
  // What was owed outlives the process, also while there is still no room.
  for (const bool room : {false, true}) {
    if (room) disk.make_room();
    LivingNode node(options);
    for (auto& one : until.taken) one.port = node.port();
    CHECK(all_can_be_read(until.taken));
    looks += until.taken.size();
    if (!room) continue;
    const auto again = hand_in(node.port(), until.refused);
    CHECK(again.status == 201);
    until.taken.push_back(resident_of(node.port(), until.refused, again));
    const Upload large{node.port(), photograph(6 << 20)};
    CHECK(large.piece(large.kept(), large.octets.size()).status == 201);
    CHECK(has_file_of(data, large));
    ++taken;
  }
  CHECK(whole_store(data).cases == taken);
  CHECK(looks_of_residents(data) == looks);
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
      MESSAGE(std::string(name), " cannot be mounted here: not tried");
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
    until.taken = some_of(until.taken);
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
