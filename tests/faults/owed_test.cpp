// Readings that are owed, in a file that breaks: whoever was shown something is in it.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "server/ports/transaction.h"
#include "server/store/owed_file.h"
#include "tests/faults/fault_files.h"
#include "tests/faults/own_process.h"

using namespace tongban;
using namespace tongban::faults;
using store::OwedFile;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t size = 16 * 1024;

server::Reading look(const std::string& number) { return server::reading("resident", "case", number, Instant{1'000}); }

/// What is owed after an owing that met the fault, as its number and, in tens, whether the owing was told to have succeeded.
int owed_after(const fs::path& file, std::size_t operation, FileFault how, int error) {
  auto owed = OwedFile::open(file, size);
  FaultFiles::fail_at(operation, how, error);
  const bool kept = (*owed)->owe({look("second")});
  FaultFiles::fail_at(0, FileFault::Error);
  owed = OwedFile::open(file, size);
  return static_cast<int>((*owed)->begin_paying().size()) + (kept ? 10 : 0);
}

}  // namespace

TEST_CASE("a reading is owed once it is told to be, whatever its file meets, and the earlier ones stay") {
  std::string pattern = (fs::temp_directory_path() / "tongban-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data()), file = folder / "readings.owed";
  const auto run = [&](std::size_t operation, FileFault how, int error) {
    fs::remove(file);
    REQUIRE((*OwedFile::open(file, size))->owe({look("first")}));
    return in_its_own_process([&] { return owed_after(file, operation, how, error); });
  };
  constexpr int both = 12;
  constexpr std::size_t writes = 1, syncs = 2;
  CHECK(run(writes, FileFault::Short, 0) == both);
  for (const auto operation : {writes, syncs}) CHECK(run(operation, FileFault::Interrupted, 0) == both);
  CHECK(run(writes, FileFault::Error, EIO) == 1);
  CHECK(run(syncs, FileFault::Error, EIO) == for_the_disk);
  const int refused = run(syncs, FileFault::Error, ENOSPC);
  CHECK((refused == 1 || refused == 2));  // who was refused may be owed for all the same
  CHECK((*OwedFile::open(file, size))->begin_paying().size() >= 1);
  fs::remove_all(folder);
}
