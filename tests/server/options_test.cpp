// What `tongban serve` is told counts, and what it can't be told is answered in one sentence.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "server/node/prepare.h"
#include "server/store/sqlite/database.h"
#include "shared/wire/json/problem.h"
#include "tests/server/program.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

/// What the program writes before it ends.
std::string said(const std::string& words) {
  const char* build = std::getenv("TONGBAN_BINARY_DIR");
  const auto command = std::string(build ? build : ".") + "/tongban " + words + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string text;
  std::array<char, 4'096> piece{};
  while (const auto got = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), got);
  ::pclose(pipe);
  return text;
}

/// The message without CLI11's hint at --help.
std::string complaint(const std::string& words) {
  const auto text = said(words);
  return text.substr(0, text.find('\n'));
}

/// Nobody else writes to the store meanwhile.
store::Database locked(const fs::path& data) {
  auto database = store::Database::open(server::DataPaths(data).store.string());
  REQUIRE(database);
  REQUIRE(database->run("BEGIN IMMEDIATE"));
  return std::move(*database);
}

}  // namespace

TEST_CASE("a limit that makes no sense is refused in one sentence that says which would") {
  struct Row {
    const char *words, *sentence;
  };
  const Row rows[] = {
      {"--write-time 0", "--write-time: takes a number from 0.1 to 86400, not 0"},
      {"--work-time -3", "--work-time: takes a number from 0.1 to 86400, not -3"},
      {"--idle-time nan", "--idle-time: takes a number from 0.1 to 86400, not nan"},
      {"--body-time 1e30", "--body-time: takes a number from 0.1 to 86400, not 1e30"},
      {"--write-rate 0", "--write-rate: takes a number from 1 to 1073741824, not 0"},
      {"--body-rate fast", "--body-rate: takes a number from 1 to 1073741824, not fast"},
      {"--max-envelope 1000", "--max-envelope: takes a number from 3145728 to 1073741824, not 1000"},
      {"--rate-burst 0", "--rate-burst: takes a number from 1 to 1e+09, not 0"},
      {"--max-connections 0", "--max-connections: takes a number from 1 to 1000000, not 0"},
      {"--max-json 100", "--max-json: takes a number from 16384 to 1073741824, not 100"},
      {"--max-material 1", "--max-material: takes a number from 262144 to 1073741824, not 1"},
      {"--max-store 1000", "--max-store: takes 0 or a number from 1048576, not 1000"},
      {"--max-waiting 0", "--max-waiting: takes a number from 1 to 1000000, not 0"},
      {"--max-waiting-files 0", "--max-waiting-files: takes a number from 1 to 1000000, not 0"},
      {"--port 70000", "--port: takes a number from 0 to 65535, not 70000"},
      {"--port http", "--port: takes a number from 0 to 65535, not http"},
      {"--address localhost", "--address: takes an IP address, as 127.0.0.1 or ::1, not localhost"},
      {"--peer-address b", "--peer-address: takes an IP address, as 127.0.0.1 or ::1, not b"},
  };
  for (const auto& row : rows) CHECK(complaint(std::string("serve --data /nowhere ") + row.words) == row.sentence);
}

TEST_CASE("a command that there isn't is named") {
  CHECK(said("serv") == "tongban: there is no command \"serv\"; see: tongban --help\n");
  CHECK(said("staff ad") == "tongban: there is no command \"ad\"; see: tongban staff --help\n");
  CHECK(said("version").starts_with("tongban "));
}

TEST_CASE("a folder that can't be looked at ends every command in a sentence with its name") {
  TemporaryFolder folder;
  const auto round = folder.path() / "round";
  fs::create_symlink(round, round);
  const auto data = " --data " + round.string();
  const auto other = (folder.path() / "other").string();
  for (const auto& words : {"staff list" + data, "serve --port 0" + data, "backup" + data + ' ' + other, "restore" + data + ' ' + folder.path().string(),
                            "exchange status" + data, "log verify" + data, "keys list" + data, "keys rotate 310109010" + data,
                            "catalogue diff " + round.string() + ' ' + round.string(),
                            "drill --folder " + round.string()}) {
    const auto text = complaint(words);
    INFO(words, ": ", text);
    CHECK(text.find(words.starts_with("restore") ? folder.path().string() : round.string()) != std::string::npos);
    CHECK(text.find("terminate") == std::string::npos);
  }
}

TEST_CASE("where there is no database a command first asks for the node's own folder") {
  TemporaryFolder folder;
  CHECK(said("staff list --data " + folder.path().string()).starts_with("tongban: there is no database in " + folder.path().string() + "; name the node's data folder with --data"));
}

TEST_CASE("an account is made for a centre that there is, and for the city office without one") {
  TemporaryFolder folder;
  { LivingNode node(city(folder.path())); }
  const auto add = [&](const std::string& words) { return complaint("staff add --data " + folder.path().string() + " --name 演示 demo --role " + words); };
  CHECK(add("window") == "tongban: An account of a window, reviewer or supervisor needs --centre.");
  CHECK(add("reviewer --centre 31010901") == "tongban: A centre's code is nine digits, as 310109010, with -1, -2 … after them for a sub-centre. (31010901)");
  CHECK(add("supervisor --centre 310109999") == "tongban: There is no such centre in the directory. (310109999)");
  CHECK(add("city_office --centre 310109010") == "tongban: An account of the city office belongs to no centre: leave --centre out. (310109010)");
  CHECK(add("window --centre 310120102-1").starts_with("demo  "));
}

TEST_CASE("what has been done is said in a line") {
  TemporaryFolder folder;
  { LivingNode node(city(folder.path())); }
  const auto data = " --data " + folder.path().string();
  CHECK(said("staff lock quyang-window" + data).starts_with("quyang-window is locked"));
  CHECK(said("staff unlock quyang-window" + data).starts_with("quyang-window may sign in again"));
  CHECK(said("exchange custody" + data) == "No case is open here.\n");
}

TEST_CASE("a trial's node is given an address with a port, and the directory says how to start it") {
  TemporaryFolder folder;
  const auto make = [&](const std::string& address) {
    return complaint("directory make --data " + folder.path().string() + " --out " + (folder.path() / "directory.bin").string() + " --node a=" + address);
  };
  for (const std::string wrong : {"foo", "http://foo", "https://foo", "http://foo:0", "http://foo:70000", "http://foo:bar", "ftp://foo:80", "http://:80"})
    CHECK(make(wrong) == "tongban: A node is written NAME=http://ADDRESS:PORT. (a=" + wrong + ")");
  CHECK_FALSE(fs::exists(folder.path() / "city-keys"));
  CHECK(make("http://127.0.0.1:8080").starts_with((folder.path() / "directory.bin").string() + " names 1 nodes; start each with: "));
}

TEST_CASE("the report of a drill is opened before the drill begins") {
  TemporaryFolder folder;
  CHECK(complaint("drill --json " + folder.path().string()) == "tongban: The file cannot be written. (" + folder.path().string() + ") Is a directory");
}

TEST_CASE("the times of work and of writing, and the octets of a letter, are what the options say") {
  TemporaryFolder folder;
  const auto data = folder.path() / "data", site = folder.path() / "site";
  fs::create_directory(site);
  std::ofstream(site / "manifest.json") << R"({"/long.bin": {"file": "long.bin", "type": "application/octet-stream", "etag": "aa"}})";
  std::ofstream(site / "long.bin").put('x');
  fs::resize_file(site / "long.bin", 16 << 20);
  const auto port = free_port();
  const Program program(data, port, {"--site", site.string(), "--work-time", "0.5", "--write-time", "0.5", "--max-envelope", "3200000"});
  REQUIRE(eventually([&] { return program.answers(); }));

  const auto letter_of = [&](std::size_t octets) {
    return ask(port, "POST /exchange/v1/envelopes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + std::to_string(octets) + "\r\n\r\n" +
                         std::string(octets <= 3'200'000 ? octets : 0, 'x'));
  };
  CHECK(letter_of(3'200'000).status == 400);
  CHECK(letter_of(3'200'001).status == 413);

  RawClient takes_nothing(port, 1, 16'384);
  takes_nothing.send("GET /long.bin HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto lock = locked(data);
  const auto late = ask(port, "GET", "/api/v1/cases/TB261124-7K3QF9WH");
  CHECK(late.status == 503);
  CHECK(late.headers.contains("retry-after"));
  CHECK(takes_nothing.was_reset());
}

TEST_CASE("who hands in more than --submission-burst at once is told when to go on, and can do all else meanwhile") {
  TemporaryFolder folder;
  const auto port = free_port();
  const Program program(folder.path(), port, {"--submission-rate", "1", "--submission-burst", "2"});
  REQUIRE(program.answers());
  const auto resident = submit_to(port, sealed());
  submit_to(port, sealed());
  const auto refused = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(sealed()));
  CHECK(refused.status == 429);
  const int wait = std::stoi(refused.headers.at("retry-after"));
  CHECK(wait > 0);
  CHECK(wait <= 60);
  CHECK(resident.ask("GET").status == 200);
  const Upload photo{port, photograph(1'000)};
  CHECK(photo.piece(0, photo.octets.size()).status == 201);
}
