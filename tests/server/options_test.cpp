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
  };
  for (const auto& row : rows) CHECK(complaint(std::string("serve --data /nowhere ") + row.words) == row.sentence);
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
