// Readings that there was no room for: kept in room of their own, until they are written.
#include <doctest/doctest.h>

#include <fstream>

#include "server/ports/transaction.h"
#include "server/store/owed_file.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;
using store::OwedFile;

namespace {

server::Reading look(int number) { return server::reading("resident", "case", "number-" + std::to_string(number), Instant{1'000 + number}); }

std::vector<std::string> records(OwedFile& owed) {
  std::vector<std::string> records;
  for (const auto& one : owed.begin_paying()) records.push_back(one.record);
  owed.ended_paying(false);
  return records;
}

using Records = std::vector<std::string>;

}  // namespace

TEST_CASE("what is owed is there after a crash, until it has been written, and takes no room but its own") {
  TemporaryFolder folder;
  const auto file = folder.path() / "readings.owed";
  const auto reopened = [&] { return std::move(*OwedFile::open(file, 64 * 1024)); };
  {
    const auto owed = reopened();
    CHECK(owed->owe({look(1), look(2)}));
    CHECK(owed->owe({look(3)}));
    CHECK(fs::file_size(file) == 64 * 1024);
  }
  {
    const auto owed = reopened();
    CHECK(records(*owed) == Records{"number-1", "number-2", "number-3"});
    const auto paying = owed->begin_paying();
    CHECK(paying.size() == 3);
    CHECK(paying[2].at == Instant{1'003});
    CHECK(owed->begin_paying().empty());
    CHECK(owed->owe({look(4)}));
    owed->ended_paying(true);
    CHECK(records(*owed) == Records{"number-4"});
    owed->begin_paying();
    owed->ended_paying(true);
  }
  {
    const auto owed = reopened();
    CHECK(records(*owed).empty());
    CHECK(owed->owe({look(5)}));
  }
  CHECK(records(*reopened()) == Records{"number-5"});
}

TEST_CASE("what doesn't fit in any more is refused, and a record that was torn ends what is read") {
  TemporaryFolder folder;
  const auto file = folder.path() / "readings.owed";
  int kept = 0;
  {
    const auto owed = std::move(*OwedFile::open(file, 64 * 1024));
    while (kept < 10'000 && owed->owe({look(kept)})) ++kept;
  }
  CHECK(kept > 500);
  CHECK(kept < 2'000);
  {
    std::fstream torn(file, std::ios::in | std::ios::out | std::ios::binary);
    torn.seekp(200);
    torn.put('?');
  }
  const auto owed = std::move(*OwedFile::open(file, 64 * 1024));
  const auto left = records(*owed);
  CHECK(left == Records{"number-0", "number-1"});
}
