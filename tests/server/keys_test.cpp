// A centre's keys change while the city runs.
#include <doctest/doctest.h>

#include "server/node/log_check.h"
#include "server/platform/clock.h"
#include "tests/server/hostile_proxy.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

const CentreId quyang("310109010"), wujiaochang("310110019");

server::Trust trust_of(const fs::path& keys, const fs::path& directory) {
  auto trust = server::Trust::open(keys, directory, platform::SystemClock{}.now());
  REQUIRE(trust);
  return std::move(*trust);
}

/// Every signature in the store, against that directory.
server::LogCheck checked(const fs::path& store, const wire::Directory& directory) {
  server::HereLane lane;
  auto ledger = store::SqliteLedger::open(store, lane);
  REQUIRE(ledger);
  const auto check = server::check_log(**ledger, directory);
  REQUIRE(check);
  return *check;
}

/// The key that signed the case's first receipt, if the directory knows it as its centre's at that time.
std::optional<crypto::KeyId> stored_by(const ResidentOf& resident, const wire::Directory& directory) {
  const auto view = resident.view();
  REQUIRE_FALSE(view.receipts.empty());
  std::optional<crypto::KeyId> used;
  const auto receipt = wire::verify_receipt(view.receipts.front().bytes, [&](const CentreId& centre, const crypto::KeyId& id, Instant at) {
    used = id;
    return directory.keys()(centre, id, at);
  });
  return receipt ? used : std::nullopt;
}

void hand_over(const Desk& window, const ResidentOf& resident) {
  window.pass_on(resident);
}

platform::CentrePublic new_key(const fs::path& keys, const CentreId& centre) {
  platform::SystemRandom random;
  const auto added = platform::CentreKeyFile::add(keys / "centres.key", centre, random);
  REQUIRE(added);
  return *added;
}

void rekey(const fs::path& city, const fs::path& directory, const CentreId& centre, const platform::CentrePublic& key, std::chrono::days overlap = server::usual_overlap) {
  REQUIRE(server::rekey_centre(city, directory, centre, key, overlap, platform::SystemClock{}.now()));
}

}  // namespace

TEST_CASE("a centre goes over to a new key in the running city: it signs with it, and what it signed before still verifies") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  std::optional<crypto::KeyId> new_id;
  {
    LivingNode node(city(folder.path()));
    const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
    const auto before = submit_to(node.port(), sealed());
    const auto earlier = trust_of(paths.keys, paths.directory);
    const auto old_id = stored_by(before, earlier.directory);
    REQUIRE(old_id);

    const auto key = new_key(paths.keys, quyang);
    new_id = crypto::key_id(key.signing);
    rekey(paths.keys, paths.directory, quyang, key);
    node.reload();
    const auto later = trust_of(paths.keys, paths.directory);
    CHECK(later.directory.version == earlier.directory.version + 1);
    CHECK(later.list.version == earlier.list.version + 1);
    REQUIRE(eventually([&] { return stored_by(submit_to(node.port(), sealed()), later.directory) == new_id; }));
    CHECK(stored_by(before, later.directory) == old_id);
    CHECK(wire::verify_receipt(before.view().receipts.front().bytes, wire::keys_of(later.list)));
    hand_over(window, before);
    CHECK(eventually([&] { return before.view().custodian == wujiaochang; }));
  }
  const auto directory = trust_of(paths.keys, paths.directory).directory;
  CHECK(checked(paths.store, directory).faults.empty());
  LivingNode again(city(folder.path()));
  CHECK(trust_of(paths.keys, paths.directory).directory.entries.size() == directory.entries.size());
  CHECK(stored_by(submit_to(again.port(), sealed()), trust_of(paths.keys, paths.directory).directory) == new_id);
}

TEST_CASE("a letter that was sealed to a centre's earlier key is opened after the change, and answered with the new one") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  const auto city_keys = folder.path() / "city-keys";
  const auto publish = [&] {
    for (const auto* node : {&options.a, &options.b})
      fs::copy_file(city_keys / "list.bin", node->data / "keys" / "list.bin", fs::copy_options::overwrite_existing);
  };
  ResidentOf resident;
  {
    LivingNode a(options.a);
    const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
    resident = submit_to(a.port(), sealed());
    hand_over(window, resident);

    const auto key = new_key(options.b.data / "keys", wujiaochang);
    rekey(city_keys, options.a.directory, wujiaochang, key);
    publish();
    a.reload();
    LivingNode b(options.b);
    REQUIRE(eventually([&] { return resident.view().custodian == wujiaochang; }));
  }
  const auto directory = trust_of(options.a.data / "keys", options.a.directory).directory;
  for (const auto* node : {&options.a, &options.b}) {
    const auto check = checked(node->data / "tongban.db", directory);
    CHECK(check.letters_and_answers > 0);
    CHECK(check.faults.empty());
  }
}

TEST_CASE("letters under way when a key has become known still arrive, and are settled, once every node knows of it") {
  TemporaryFolder folder;
  auto options = two_nodes(folder.path());
  const auto city_keys = folder.path() / "city-keys";
  const auto line_port = free_port();
  std::vector<server::TrialNode> places{{NodeId("a"), "http://127.0.0.1:" + std::to_string(options.a.port)}, {NodeId("b"), "http://127.0.0.1:" + std::to_string(line_port)}};
  platform::SystemRandom random;
  REQUIRE(server::make_trial_directory(folder.path(), places, options.a.catalogue_source, options.a.directory, random, platform::SystemClock{}.now()));
  HostileProxy line_to_b(line_port, options.b.port, 1, 0);
  LivingNode a(options.a);
  auto b = std::make_unique<LivingNode>(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const Desk reviewer(b->port(), "wujiaochang-reviewer", b->password_of("wujiaochang-reviewer"));

  line_to_b.lose_answers(true);
  const auto taken = submit_to(a.port(), sealed()), waiting = submit_to(a.port(), sealed());
  hand_over(window, taken);
  REQUIRE(eventually([&] { return reviewer.list("to_review").size() == 1; }));
  line_to_b.cut(true);
  hand_over(window, waiting);
  CHECK(taken.view().custodian == quyang);

  rekey(city_keys, options.a.directory, wujiaochang, new_key(options.b.data / "keys", wujiaochang), std::chrono::days(0));
  rekey(city_keys, options.a.directory, quyang, new_key(options.a.data / "keys", quyang), std::chrono::days(0));
  for (const auto* node : {&options.a, &options.b})
    fs::copy_file(city_keys / "list.bin", node->data / "keys" / "list.bin", fs::copy_options::overwrite_existing);
  a.reload();
  b->reload();
  line_to_b.lose_answers(false);
  line_to_b.cut(false);
  for (const auto& resident : {taken, waiting}) CHECK(eventually([&] { return resident.view().custodian == wujiaochang; }));
  CHECK(reviewer.list("to_review").size() == 2);
  const auto directory = trust_of(options.a.data / "keys", options.a.directory).directory;
  a.stop();
  b.reset();
  for (const auto* node : {&options.a, &options.b}) CHECK(checked(node->data / "tongban.db", directory).faults.empty());
}

TEST_CASE("until the directory names a centre's new key the centre signs with the one that it names") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  new_key(options.a.data / "keys", quyang);
  LivingNode a(options.a);
  CHECK(stored_by(submit_to(a.port(), sealed()), trust_of(options.a.data / "keys", options.a.directory).directory));
}

TEST_CASE("a key that has become known is taken for nothing more, and what it signed before its end still verifies") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  {
    LivingNode node(city(folder.path()));
  }
  const auto now = platform::SystemClock{}.now();
  const auto old_id = crypto::key_id(trust_of(paths.keys, paths.directory).directory.find(quyang, now)->signing);
  rekey(paths.keys, paths.directory, quyang, new_key(paths.keys, quyang), std::chrono::days(0));
  const auto keys = trust_of(paths.keys, paths.directory);
  const auto later = platform::SystemClock{}.now() + std::chrono::milliseconds(1);
  CHECK_FALSE(keys.directory.keys()(quyang, old_id, later));
  CHECK_FALSE(wire::keys_of(keys.list)(quyang, old_id, later));
  CHECK(keys.directory.keys()(quyang, old_id, now));
  CHECK(wire::keys_of(keys.list)(quyang, old_id, now));
}

TEST_CASE("a key whose overlap still runs is ended when its centre is named again without one") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  {
    LivingNode node(city(folder.path()));
  }
  const auto old_id = crypto::key_id(trust_of(paths.keys, paths.directory).directory.find(quyang, platform::SystemClock{}.now())->signing);
  const auto key = new_key(paths.keys, quyang);
  rekey(paths.keys, paths.directory, quyang, key);
  const auto soon = [] { return platform::SystemClock{}.now() + std::chrono::milliseconds(1); };
  CHECK(trust_of(paths.keys, paths.directory).directory.keys()(quyang, old_id, soon()));
  rekey(paths.keys, paths.directory, quyang, key, std::chrono::days(0));
  const auto keys = trust_of(paths.keys, paths.directory);
  CHECK_FALSE(keys.directory.keys()(quyang, old_id, soon()));
  CHECK_FALSE(wire::keys_of(keys.list)(quyang, old_id, soon()));
  CHECK(keys.directory.find(quyang, soon())->signing == key.signing);
}

TEST_CASE("a centre that is to end on a day still ends then, whatever keys it gets before") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  {
    LivingNode node(city(folder.path()));
  }
  const auto now = platform::SystemClock{}.now(), end = now + std::chrono::days(30);
  REQUIRE(server::retire_centre(paths.directory, paths.keys / "list.bin", paths.keys / "directory.key", wujiaochang, quyang, end, now));
  rekey(paths.keys, paths.directory, wujiaochang, new_key(paths.keys, wujiaochang));
  const auto directory = trust_of(paths.keys, paths.directory).directory;
  CHECK(directory.find(wujiaochang, end + -std::chrono::hours(1)));
  CHECK_FALSE(directory.find(wujiaochang, end + std::chrono::hours(1)));
  CHECK(directory.route(wujiaochang, end + std::chrono::hours(1))->centre == quyang);
}

TEST_CASE("a key for a centre that the file or the directory doesn't have is refused, and nothing is changed") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  {
    LivingNode node(city(folder.path()));
  }
  const CentreId nowhere("999999999");
  platform::SystemRandom random;
  CHECK_FALSE(platform::CentreKeyFile::add(paths.keys / "centres.key", nowhere, random));
  const auto before = trust_of(paths.keys, paths.directory);
  CHECK_FALSE(server::rekey_centre(paths.keys, paths.directory, nowhere, new_key(paths.keys, quyang), server::usual_overlap, platform::SystemClock{}.now()));
  CHECK(trust_of(paths.keys, paths.directory).directory == before.directory);
}
