// The production ledger over a disk that breaks: what was promised is there, and what is shown is so.
#include <doctest/doctest.h>
#include "tests/fakes/figures.h"
#include "tests/faults/fault_disk.h"
#include "tests/faults/fault_memory.h"
#include "tests/faults/intake.h"
#include "tests/faults/own_process.h"
#include "tests/faults/process_end.h"

using namespace tongban;
using namespace tongban::faults;

namespace {

bool long_run() { return std::getenv("TONGBAN_LONG") != nullptr; }

void some_work(Intake& intake) {
  intake.work(5);
  intake.work(3);
}

struct Cut {
  std::string broken;
  std::size_t promised = 0;
};

Cut cut_power_at(std::size_t change, std::uint64_t seed, bool syncs) {
  FaultDisk disk;
  Intake intake(7);
  disk.set({.power_goes_at = change, .seed = seed, .syncs = syncs});
  if (intake.open()) some_work(intake);
  intake.close();
  disk.start_again();
  const std::size_t promised = intake.promises().size();
  if (!intake.open()) return {"the store doesn't open again", promised};
  if (auto broken = intake.broken(); !broken.empty()) return {broken, promised};
  if (!intake.takes_one()) return {"nothing more is taken in", promised};
  intake.close();
  return {intake.open() && intake.broken().empty() ? "" : "what was taken in after the cut is gone", promised};
}

/// What follows when a failed sync has ended the process.
enum class After { Restart, PowerCut };
const char* name_of(After after) { return after == After::Restart ? "another process" : "a power cut"; }

constexpr int went_on = 0, broken = 1, ended_and_recovered = 2, nothing_failed = 3;

bool went_well(int status) { return status == went_on || status == ended_and_recovered || status == nothing_failed; }

/// Whether promises are kept over another start, and over a power cut after more work.
bool stays_sound(FaultDisk& disk, Intake& intake) {
  if (!intake.open() || !intake.broken().empty() || !intake.takes_one()) return false;
  some_work(intake);
  disk.set({.power_goes_at = 1});
  intake.close();
  disk.start_again();
  return intake.open() && intake.broken().empty() && intake.takes_one();
}

int go_through(const DiskFaults& faults, After after) {
  FaultDisk disk;
  Intake intake(7);
  ProcessEnd::play();
  disk.set(faults);
  bool sound = true;
  const bool opened = intake.open();
  if (opened) some_work(intake);
  const bool failed = disk.has_failed();
  if (opened) {
    disk.set({});
    sound = intake.broken().empty() && intake.takes_one();
  }
  const auto ended = ProcessEnd::code();
  if (ended) {
    sound = *ended == for_the_disk;
    intake.abandon();
    ProcessEnd::forget();
    if (after == After::PowerCut) disk.start_again();
    else disk.end_process();
  } else {
    intake.close();
    disk.set({});
  }
  sound = sound && stays_sound(disk, intake);
  if (!sound) return broken;
  return ended ? ended_and_recovered : failed ? went_on : nothing_failed;
}

/// How many of the operations a run of undisturbed work makes.
std::size_t count_of(std::size_t (FaultDisk::*kind)() const) {
  FaultDisk disk;
  Intake intake(7);
  REQUIRE(intake.open());
  some_work(intake);
  intake.close();
  return (disk.*kind)();
}

}  // namespace

TEST_CASE("whenever the power goes, what was acknowledged is there with its receipt") {
  const std::size_t changes = count_of(&FaultDisk::changes);
  const std::uint64_t seeds = long_run() ? 100 : 3;
  std::size_t cuts = 0, promised = 0;
  for (std::size_t change = 1; change <= changes; ++change) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed, ++cuts) {
      const Cut cut = cut_power_at(change, seed, true);
      promised += cut.promised;
      CHECK_MESSAGE(cut.broken.empty(), "power cut before change ", change, ", seed ", seed, ": ", cut.broken);
    }
  }
  CHECK(promised > cuts);
  fakes::report_figures("power_cuts", {{"faults.power_cuts", cuts}, {"faults.promised_before_cuts", promised}});
}

TEST_CASE("a disk that only says that it has synced loses acknowledged cases, so the test above can fail") {
  const std::size_t changes = count_of(&FaultDisk::changes);
  std::size_t lost = 0;
  for (std::size_t change = changes / 2; change <= changes; ++change) lost += cut_power_at(change, change, false).broken.empty() ? 0 : 1;
  CHECK(lost > 0);
}

TEST_CASE("an error of the disk at any operation loses nothing that was acknowledged, and work goes on after it") {
  const std::size_t operations = count_of(&FaultDisk::operations);
  const std::size_t stride = long_run() ? 1 : 3;
  std::size_t errors = 0, ended = 0;
  for (std::size_t at = 1; at <= operations; at += stride) {
    int status = nothing_failed;
    for (const auto after : {After::Restart, After::PowerCut}) {
      status = in_its_own_process([&] { return go_through({.seed = at, .fails_at = at}, after); });
      CHECK_MESSAGE(went_well(status), "error at operation ", at, ", ", std::string(name_of(after)), ": ", status);
      ended += status == ended_and_recovered ? 1 : 0;
    }
    errors += status == nothing_failed ? 0 : 1;
  }
  CHECK(ended > errors / 20);  // syncs are among the operations
  CHECK(errors > operations / stride / 2);
  fakes::report_figures("disk_errors", {{"faults.disk_errors", errors}, {"faults.ended_for_the_disk", ended}});
}

TEST_CASE("a write that breaks off in the middle loses nothing that was acknowledged, and work goes on after it") {
  const std::size_t writes = count_of(&FaultDisk::writes);
  const std::size_t stride = long_run() ? 1 : 3;
  std::size_t broken_off = 0;
  for (std::size_t at = 1; at <= writes; at += stride) {
    int status = nothing_failed;
    for (const auto after : {After::Restart, After::PowerCut}) {
      status = in_its_own_process([&] { return go_through({.seed = at, .breaks_off_at = at}, after); });
      CHECK_MESSAGE(went_well(status), "write ", at, ", ", std::string(name_of(after)), ": ", status);
    }
    broken_off += status == nothing_failed ? 0 : 1;
  }
  CHECK(broken_off > writes / stride / 2);
  fakes::report_figures("writes_broken_off", {{"faults.writes_broken_off", broken_off}});
}

TEST_CASE("an allocation that fails anywhere loses nothing that was acknowledged, and work goes on after it") {
  std::size_t allocations = 0;
  {
    FaultDisk disk;
    Intake intake(7);
    REQUIRE(intake.open());
    FaultMemory::fail_at(0);
    some_work(intake);
    CHECK(intake.broken().empty());
    allocations = FaultMemory::allocations();
  }
  const std::size_t stride = long_run() ? 1 : std::max<std::size_t>(allocations / 150, 1);
  std::size_t failed = 0;
  for (std::size_t at = 1; at <= allocations; at += stride, ++failed) {
    FaultDisk disk;
    Intake intake(7);
    REQUIRE(intake.open());
    FaultMemory::fail_at(at, at % 3);
    some_work(intake);
    const std::string seen = intake.broken(true);
    FaultMemory::fail_at(0);
    CHECK_MESSAGE(seen.empty(), "allocation ", at, ": ", seen);
    const std::string broken = intake.broken();
    CHECK_MESSAGE(broken.empty(), "after allocation ", at, ": ", broken);
    CHECK(intake.takes_one());
  }
  fakes::report_figures("allocations", {{"faults.failed_allocations", failed}});
}

TEST_CASE("a full disk refuses with the code that is answered by 507, still reads, and takes in again when there is room") {
  FaultDisk disk;
  Intake intake(7);
  REQUIRE(intake.open());
  some_work(intake);
  disk.set({.quota = disk.octets()});
  for (int i = 0; i < 200 && intake.last_refusal().empty(); ++i) intake.work(1);
  CHECK(intake.last_refusal() == store::store_errors::Full.name);
  CHECK(intake.broken() == "");
  disk.set({});
  CHECK(intake.takes_one());
  CHECK(intake.broken() == "");
}

TEST_CASE("a flipped bit in the database is noticed, or changes nothing that is shown, listed or sent") {
  constexpr std::size_t page = 4'096;
  FaultDisk disk;
  Intake intake(7);
  REQUIRE(intake.open());
  some_work(intake);
  intake.look();
  intake.close();
  const std::string name = disk.names().front();
  const Bytes whole = disk.octets_of(name);
  const std::size_t pages = whole.size() / page, in_each = long_run() ? 20'000 / pages : 8;
  fakes::SeededRandom random(3);
  std::size_t flips = 0, noticed = 0;
  for (std::size_t at_page = 0; at_page < pages; ++at_page) {
    for (std::size_t i = 0; i < in_each; ++i, ++flips) {
      Bytes flipped = whole;
      const std::size_t at = at_page * page + random.below(page);
      flipped[at] ^= static_cast<std::uint8_t>(1u << random.below(8));
      disk.octets_of(name) = flipped;
      bool refused = !intake.open();
      if (!refused) {
        const std::string shown = intake.broken(true);
        CHECK_MESSAGE(shown.empty(), "octet ", at, ": ", shown);
        refused = !intake.broken().empty();
      }
      noticed += refused ? 1 : 0;
      intake.close();
      disk.octets_of(name) = whole;
    }
  }
  CHECK(noticed > flips / 2);
  fakes::report_figures("bit_flips", {{"faults.bit_flips", flips}, {"faults.bit_flips_noticed", noticed}});
}
