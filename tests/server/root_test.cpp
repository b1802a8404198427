// The keys above all others change while the city runs, and nothing goes back to what was before.
#include <doctest/doctest.h>

#include "server/node/catalogue_build.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "server/platform/files.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

platform::SystemRandom chance;

Instant now() { return platform::SystemClock{}.now(); }

crypto::PublicKey rotated(const fs::path& city) {
  const auto root = server::rotate_root(city, chance);
  REQUIRE(root);
  return *root;
}

void hand_out(const fs::path& city, const server::NodeOptions& node) {
  for (const char* name : {"root-changes.bin", "list.bin"})
    if (fs::exists(city / name)) fs::copy_file(city / name, node.data / "keys" / name, fs::copy_options::overwrite_existing);
}

/// What a portal asks for whom to believe.
std::string keys_json(std::uint16_t port) { return ask(port, "GET", "/catalogue/keys.json").body; }

std::string refusal(const server::NodeOptions& options) {
  const auto prepared = server::prepare(options, chance, now());
  return prepared ? "" : prepared.error().code->name;
}

}  // namespace

TEST_CASE("two nodes follow the city to a new root while cases go between them, and again at their next start") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  const auto city = folder.path() / "city-keys";
  crypto::PublicKey root{};
  {
    LivingNode a(options.a), b(options.b);
    const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
    rotated(city);
    root = rotated(city);   // a node that was away for one change follows both
    for (const auto* node : {&options.a, &options.b}) hand_out(city, *node);
    a.reload();
    b.reload();
    REQUIRE(eventually([&] { return keys_json(a.port()).find(to_base64url(root)) != std::string::npos; }));
    const auto resident = submit_to(a.port(), sealed());
    window.pass_on(resident);
    CHECK(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  }
  LivingNode again(options.a);
  CHECK(keys_json(again.port()).find("\"root\":\"" + to_base64url(root)) != std::string::npos);
}

TEST_CASE("a city on one node goes over to a new root, and serves the statement to whoever trusts the earlier one") {
  TemporaryFolder folder;
  const auto options = city(folder.path());
  const server::DataPaths paths(folder.path());
  { LivingNode node(options); }
  const auto earlier = server::Root::open(paths.keys)->key;
  const auto root = rotated(paths.keys);
  LivingNode node(options);
  const auto trust = server::Trust::open(paths.keys, paths.directory, now());
  REQUIRE(trust);
  CHECK(trust->root.key == root);
  CHECK(*crypto::follow_root_changes(trust->root.changes, earlier) == root);
  CHECK(keys_json(node.port()).find("\"root_changes\":\"" + to_base64url(trust->root.changes)) != std::string::npos);
}

TEST_CASE("a change of root that was interrupted anywhere is done again, and ends with the same key") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  { LivingNode node(city(folder.path())); }
  const auto earlier = server::Root::open(paths.keys)->key;
  fs::path in_the_way;
  SUBCASE("before the statement") { in_the_way = paths.keys / "root-changes.bin.new"; }
  SUBCASE("before the list") { in_the_way = paths.keys / "list.bin.new"; }
  SUBCASE("before the public half") { in_the_way = paths.keys / "city.pub.new"; }
  fs::create_directory(in_the_way);
  REQUIRE_FALSE(server::rotate_root(paths.keys, chance));
  const auto begun = platform::read_key(paths.keys / "city.key.next");
  REQUIRE(begun);
  CHECK(earlier == platform::read_key(paths.keys / "city.key")->public_key());
  fs::remove(in_the_way);

  CHECK(rotated(paths.keys) == begun->public_key());
  CHECK_FALSE(fs::exists(paths.keys / "city.key.next"));
  CHECK(*crypto::follow_root_changes(server::Root::open(paths.keys)->changes, earlier) == begun->public_key());
  CHECK(refusal(city(folder.path())).empty());
}

TEST_CASE("a forged statement of a new root is named, and the node doesn't start") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path()).a;
  const auto pinned = *platform::read_key(folder.path() / "city-keys" / "city.key");
  Bytes forged = crypto::sign_root_change(pinned, crypto::SigningKey(crypto::Seed{1}));
  forged.back() ^= 1;
  REQUIRE(platform::replace_file(options.data / "keys" / "root-changes.bin", forged, platform::Mode::Public));
  CHECK(refusal(options) == crypto::key_errors::NotSigned.name);
}

TEST_CASE("the keys that sign directory and catalogue are renewed, and what the earlier ones signed is good as long as they overlap") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  const auto options = city(folder.path());
  { LivingNode node(options); }
  const auto rotate = [&](server::CitySigner which, std::chrono::days overlap) {
    REQUIRE(server::rotate_signer(paths.keys, which, paths.directory, overlap, chance, now()));
  };
  const auto snapshot = *platform::read_file(paths.catalogue / "current.snap"), directory = *platform::read_file(paths.directory);
  for (const auto which : {server::CitySigner::Directory, server::CitySigner::Catalogue}) rotate(which, server::usual_overlap);
  const auto list = server::Trust::open(paths.keys, paths.directory, now())->list;
  CHECK(wire::verify_directory(directory, list, now()));
  CHECK(server::open_catalogue(paths.catalogue, list, now()));
  CHECK(*platform::read_file(paths.directory) != directory);

  for (const auto which : {server::CitySigner::Directory, server::CitySigner::Catalogue}) rotate(which, std::chrono::days(0));
  const auto later = server::Trust::open(paths.keys, paths.directory, now());
  REQUIRE(later);
  CHECK_FALSE(wire::verify_directory(directory, later->list, now()));
  CHECK_FALSE(server::open_catalogue(paths.catalogue, later->list, now()));
  for (const auto& key : later->list.keys) CHECK((key.purpose != crypto::KeyPurpose::Catalogue || key.valid_until > now()));
  LivingNode node(options);   // builds its catalogue anew, by the new key
  CHECK(*platform::read_file(paths.catalogue / "current.snap") != snapshot);
  CHECK(ask(node.port(), "GET", "/catalogue/current.snap").status == 200);
}

TEST_CASE("a renewal of the directory's key that was interrupted is done again, also without an overlap") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  { LivingNode node(city(folder.path())); }
  const auto rotate = [&] { return server::rotate_signer(paths.keys, server::CitySigner::Directory, paths.directory, std::chrono::days(0), chance, now()); };
  const fs::path in_the_way = paths.directory.string() + ".new";
  fs::create_directory(in_the_way);
  REQUIRE_FALSE(rotate());
  fs::remove(in_the_way);
  REQUIRE(rotate());
  CHECK(refusal(city(folder.path())).empty());
}

TEST_CASE("a list or a directory that is older than what the node has gone by is refused at a start, and changes nothing of a running one") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path()).a;
  const auto city = folder.path() / "city-keys", list = options.data / "keys" / "list.bin";
  const auto earlier_list = *platform::read_file(list), earlier_directory = *platform::read_file(options.directory);
  const CentreId quyang("310109010");
  const auto put_back = [&](const fs::path& file, ByteView bytes) { REQUIRE(platform::replace_file(file, bytes, platform::Mode::Public)); };
  {
    LivingNode node(options);
    const auto key = platform::CentreKeyFile::add(options.data / "keys" / "centres.key", quyang, chance);
    REQUIRE(key);
    REQUIRE(server::rekey_centre(city, options.directory, quyang, *key, std::chrono::days(0), now()));
    hand_out(city, options);
    node.reload();
    const auto in_force = keys_json(node.port());
    CHECK(in_force.find(to_base64url(*platform::read_file(list))) != std::string::npos);
    const auto newest = *platform::read_file(list);
    put_back(list, earlier_list);
    node.reload();
    CHECK(keys_json(node.port()) == in_force);
    put_back(list, newest);
  }
  CHECK(refusal(options).empty());
  SUBCASE("the list") { put_back(list, earlier_list); }
  SUBCASE("the directory") { put_back(options.directory, earlier_directory); }
  CHECK(refusal(options) == server::trust_errors::Older.name);
}

TEST_CASE("a file of held versions that nobody can read keeps the node from starting, rather than from remembering") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path()).a;
  CHECK(refusal(options).empty());
  REQUIRE(platform::replace_file(options.data / "keys" / "held.versions", as_bytes("list x"), platform::Mode::Private));
  CHECK(refusal(options) == server::trust_errors::BadHeld.name);
}
