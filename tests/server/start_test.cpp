// A start that can't be is refused in one sentence, and leaves everything as it was.
#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <map>

#include "server/node/backup.h"
#include "server/node/words.h"
#include "server/platform/clock.h"
#include "server/platform/files.h"
#include "server/platform/folder_lock.h"
#include "server/store/errors.h"
#include "tests/server/program.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

/// Of a start that must fail.
Error refusal(const server::NodeOptions& options) {
  const auto started = server::RunningNode::start(options);
  REQUIRE_FALSE(started);
  return started.error();
}

void change_octet(const fs::path& file, std::streamoff at) {
  std::fstream open(file, std::ios::in | std::ios::out | std::ios::binary);
  open.seekg(at);
  const auto was = static_cast<char>(open.get());
  open.seekp(at);
  open.put(static_cast<char>(was ^ 0x55));
}

/// Every file under the folder, with its size.
std::map<std::string, std::uintmax_t> files_of(const fs::path& folder) {
  std::map<std::string, std::uintmax_t> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path().string()] = entry.file_size();
  return files;
}

}  // namespace

TEST_CASE("a second node on a data folder is refused while the first lives, and starts once that has ended") {
  TemporaryFolder folder;
  const auto options = city(folder.path());
  {
    LivingNode first(options);
    const auto error = refusal(options);
    CHECK(error.is(platform::folder_errors::Taken));
    CHECK(error.where == folder.path().string());
    CHECK(first.port() != 0);
    submit_to(first.port(), sealed());
    // Commands work beside it.
    CHECK(run_program({"staff", "list", "--data", folder.path().string()}) == 0);
    CHECK(run_program({"exchange", "status", "--data", folder.path().string()}) == 0);
    CHECK(run_program({"log", "verify", "--data", folder.path().string()}) == 0);
    CHECK(run_program({"backup", "--data", folder.path().string(), "--keys", (folder.path() / "backup").string()}) == 0);
    CHECK_FALSE(fs::exists(folder.path() / "backup" / "node.lock"));
  }
  LivingNode second(options);
}

TEST_CASE("a node that was killed leaves its data folder to the next one at once") {
  TemporaryFolder folder;
  const auto options = city(folder.path());
  {
    Program program(folder.path(), free_port());
    REQUIRE(program.answers());
    CHECK(refusal(options).is(platform::folder_errors::Taken));
    program.kill(SIGKILL);
  }
  LivingNode next(options);
}

TEST_CASE("nothing is restored into a folder that a node has taken; the file that it leaves is in nobody's way") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  const auto now = platform::SystemClock{}.now();
  { LivingNode node(options); }
  REQUIRE(server::back_up(options.data, folder.path() / "backup", server::WithKeys::Yes, now));
  fs::create_directory(folder.path() / "other");
  {
    const auto lock = platform::FolderLock::take(folder.path() / "other");
    REQUIRE(lock);
    const auto restored = server::restore(folder.path() / "backup", folder.path() / "other");
    REQUIRE_FALSE(restored);
    CHECK(restored.error().is(platform::folder_errors::Taken));
  }
  CHECK(fs::exists(folder.path() / "other" / "node.lock"));
  CHECK(server::restore(folder.path() / "backup", folder.path() / "other"));
}

TEST_CASE("the first passwords are shown by the start that succeeds, whatever failed before") {
  TemporaryFolder folder;
  TemporaryFolder elsewhere;
  const auto options = city(folder.path());
  auto other = city(elsewhere.path());
  auto failing = options;
  SUBCASE("the port was taken") {
    LivingNode in_the_way(other);
    failing.port = in_the_way.port();
    CHECK(std::string_view(refusal(failing).code->name) == "node.cannot_listen");
  }
  SUBCASE("the portal was not where it was said to be") {
    failing.site = folder.path() / "nowhere";
    CHECK(std::string_view(refusal(failing).code->name) == "node.bad_site");
  }
  SUBCASE("the certificates could not be read") {
    failing.tls = tls::Files{folder.path() / "no.pem", folder.path() / "no.key"};
    refusal(failing);
  }
  LivingNode node(options);
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  CHECK(window.list("to_receive").empty());
}

TEST_CASE("a node whose city key is gone makes no new city, and touches nothing") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  const auto keys = options.data / "keys";
  { LivingNode node(options); }
  const auto key = *platform::read_file(keys / "city.key");
  fs::remove(keys / "city.key");
  SUBCASE("everything else is there") {}
  SUBCASE("of the keys nothing is left") {
    fs::rename(keys, folder.path() / "keys");
  }
  SUBCASE("only the directory is left") {
    fs::rename(keys, folder.path() / "keys");
    fs::rename(options.data / "tongban.db", folder.path() / "tongban.db");
  }
  const auto before = files_of(options.data);
  CHECK(refusal(options).is(server::trust_errors::NoCityKey));
  CHECK(files_of(options.data) == before);

  if (!fs::exists(keys)) fs::rename(folder.path() / "keys", keys);
  if (fs::exists(folder.path() / "tongban.db")) fs::rename(folder.path() / "tongban.db", options.data / "tongban.db");
  REQUIRE(platform::replace_file(keys / "city.key", key, platform::Mode::Private));
  LivingNode again(options);
}

TEST_CASE("a folder with the public half of a city's key, and without the key, gets no other one") {
  TemporaryFolder folder;
  platform::SystemRandom random;
  REQUIRE(server::CityKeys::open_or_make(folder.path() / "city", random));
  const auto known = *platform::read_file(folder.path() / "city" / "city.pub");
  fs::remove(folder.path() / "city" / "city.key");
  const auto made = server::CityKeys::open_or_make(folder.path() / "city", random);
  REQUIRE_FALSE(made);
  CHECK(made.error().is(server::trust_errors::NoCityKey));
  CHECK(*platform::read_file(folder.path() / "city" / "city.pub") == known);
}

TEST_CASE("a database that is damaged or none is named, with what to do about it") {
  TemporaryFolder folder;
  const auto options = city(folder.path());
  const auto file = folder.path() / "tongban.db";
  { LivingNode node(options); }
  const char* expected = store::store_errors::Damaged.name;
  SUBCASE("a page is not what its checksum says") { change_octet(file, 2'000); }
  SUBCASE("its first octets are another file's") { std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << "no database at all"; }
  SUBCASE("it is a text") { std::ofstream(file, std::ios::trunc) << "no database at all\n"; }
  SUBCASE("it is a folder") {
    fs::remove(file);
    fs::create_directory(file);
    expected = store::store_errors::Unreadable.name;
  }
  const auto error = refusal(options);
  INFO(error.detail);
  CHECK(std::string_view(error.code->name) == expected);
  CHECK(error.where == file.string());
}

TEST_CASE("a node that can't read whether it has been healed doesn't start as if it had, and no backup of it is made") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "node");
  { LivingNode node(options); }
  const auto note = options.data / "restored.from";
  for (const char* text : {"", "yesterday", "1795492800000", "1795492800000 or so\n"}) {
    INFO(text);
    REQUIRE(platform::replace_file(note, as_bytes(text), platform::Mode::Private));
    const auto node = server::RunningNode::start(options);
    REQUIRE_FALSE(node);
    CHECK(node.error().is(server::backup_errors::BadNote));
    const auto made = server::back_up(options.data, folder.path() / "backup", server::WithKeys::No, platform::SystemClock{}.now());
    REQUIRE_FALSE(made);
    CHECK(made.error().is(server::backup_errors::BadNote));
    fs::remove_all(folder.path() / "backup");
  }
}

TEST_CASE("a file of the city's that can't be read, or isn't what was signed, is named") {
  TemporaryFolder folder;
  auto options = two_nodes(folder.path()).a;
  const auto list = options.data / "keys" / "list.bin", root = options.data / "keys" / "city.pub";
  fs::path broken;
  SUBCASE("the directory") { change_octet(broken = options.directory, 40); }
  SUBCASE("the list of keys") { change_octet(broken = list, 40); }
  SUBCASE("no directory at all") { fs::remove(broken = options.directory); }
  SUBCASE("no root key, as where --data names another folder") { fs::remove(broken = root); }
  const auto error = refusal(options);
  CHECK(error.where == broken.string());
  if (broken == root) CHECK(error.detail == "No such file or directory; is this a node's data folder? (--data)");
}

TEST_CASE("a centre that neither the catalogue nor the directory knows is refused with its code") {
  TemporaryFolder folder;
  auto options = city(folder.path());
  options.centres = {CentreId("310109010"), CentreId("foo")};
  const auto error = refusal(options);
  CHECK(error.is(server::trust_errors::UnknownCentre));
  CHECK(error.where == "foo");
}

TEST_CASE("a file that can't be read is told with the system's reason") {
  TemporaryFolder folder;
  CHECK(platform::read_file(folder.path() / "none").error().detail == "No such file or directory");
  CHECK(platform::read_file(folder.path()).error().detail == "Is a directory");
  CHECK(platform::reason(EACCES) == "Permission denied; run it as the user that the node runs as");
  const Bytes long_one(200'000, 7);
  REQUIRE(platform::replace_file(folder.path() / "long", long_one, platform::Mode::Private));
  CHECK(*platform::read_file(folder.path() / "long") == long_one);
  REQUIRE(platform::replace_file(folder.path() / "empty", {}, platform::Mode::Private));
  CHECK(platform::read_file(folder.path() / "empty")->empty());
}

TEST_CASE("the welcome offers what is there: the portal's pages only with a portal, and the commands with the node's own folder") {
  server::NodeOptions options;
  options.data = "/var/lib/tongban";
  const auto bare = server::welcome_text(options, 8080, 1, 1);
  CHECK(bare.find("http://localhost:8080/api/v1/openapi.yaml") != std::string::npos);
  CHECK(bare.find("/staff") == std::string::npos);
  CHECK(bare.find("open the portal") == std::string::npos);
  CHECK(bare.find("--site build/site") != std::string::npos);
  options.address = "2001:db8::5";
  CHECK(server::welcome_text(options, 8080, 1, 1).find("http://[2001:db8::5]:8080/api/v1/openapi.yaml") != std::string::npos);
  options.address = "::1";
  options.site = "build/site";
  const auto whole = server::welcome_text(options, 8080, 1, 1);
  CHECK(whole.find("http://localhost:8080/staff\n") != std::string::npos);
  CHECK(whole.find("open the portal") != std::string::npos);
  CHECK(server::first_passwords_text({}, options).find(server::program_text() + " staff passwd ACCOUNT --data /var/lib/tongban\n") != std::string::npos);
  CHECK(fs::exists(server::program_text()));
}
