// Materials that no case names go after some days; one that a case names, or that somebody has just been told is there, never.
#include <doctest/doctest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <fstream>

#include "server/node/lanes.h"
#include "server/node/material_sweep.h"
#include "server/store/attachment_folder.h"
#include "server/store/sqlite/ledger.h"
#include "tests/contract/rows.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/seeded_random.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Something happens just before a look, or instead of it.
class WatchedLedger final : public server::Ledger {
 public:
  explicit WatchedLedger(server::Ledger& ledger) : ledger_(ledger) {}
  void write(Work work, Done done) override { ledger_.write(std::move(work), std::move(done)); }
  void read(Work work, Done done) override {
    ++looks;
    if (before_look) before_look(looks);
    if (fails_at == looks) work = [](server::Transaction&) { return Expected<void>(Error(store::store_errors::Failed)); };
    ledger_.read(std::move(work), std::move(done));
  }
  Expected<void> write_now(const Work& work) override { return ledger_.write_now(work); }
  Expected<void> read_now(const Work& work) override { return ledger_.read_now(work); }
  std::size_t waiting() const override { return ledger_.waiting(); }

  int looks = 0, fails_at = -1;
  std::function<void(int)> before_look;

 private:
  server::Ledger& ledger_;
};

/// A node's store, materials and lanes, without its door.
struct House {
  TemporaryFolder folder;
  boost::asio::io_context io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = boost::asio::make_work_guard(io);
  server::NetworkLane network{io};
  fakes::ManualClock clock{Instant{9'000}};
  fakes::SeededRandom random{7};
  store::AttachmentFolder materials = std::move(*store::AttachmentFolder::open(folder.path() / "materials"));
  std::unique_ptr<server::Ledger> rows = std::move(*store::SqliteLedger::open(folder.path() / "tongban.db", network));
  WatchedLedger ledger{*rows};
  std::unique_ptr<server::SlowLane> slow = std::make_unique<server::SlowLane>();
  server::Node node{.id = NodeId("a"), .version = {}, .centres = {a}, .clock = clock, .random = random, .ledger = ledger, .attachments = materials, .network = network, .slow = *slow};
  std::optional<std::size_t> ended;
  server::MaterialSweep sweep{io, node, materials, std::chrono::hours(14 * 24), [this](std::size_t discarded) { ended = discarded; }};

  ~House() {
    rows.reset();
    slow.reset();
  }

  fs::path path_of(const crypto::Digest& digest) const { return folder.path() / "materials" / to_hex(digest).substr(0, 2) / to_hex(digest); }
  bool there(const crypto::Digest& digest) const { return fs::exists(path_of(digest)); }

  crypto::Digest bring(std::size_t octets) {
    const auto photo = photograph(octets);
    const auto digest = crypto::digest(as_bytes(photo));
    const auto upload = materials.begin(digest);
    REQUIRE(upload);
    REQUIRE((*upload)->write(as_bytes(photo)));
    REQUIRE((*upload)->finish());
    return digest;
  }
  void age(const crypto::Digest& digest) { fs::last_write_time(path_of(digest), fs::file_time_type::clock::now() - std::chrono::hours(15 * 24)); }
  crypto::Digest old_one(std::size_t octets) {
    const auto digest = bring(octets);
    age(digest);
    return digest;
  }
  /// A row that names the file where only a search of its octets finds it.
  void name_in(usecases::Batch batch) {
    in(*rows, [&](server::Transaction& tx) { CHECK(tx.apply(batch)); });
  }
  static Bytes amid(const crypto::Digest& digest) {
    Bytes octets(37, 1);
    octets.insert(octets.end(), digest.begin(), digest.end());
    octets.resize(octets.size() + 5, 2);
    return octets;
  }
  std::size_t run_sweep() { return run(sweep); }
  std::size_t run(server::MaterialSweep& one) {
    ended.reset();
    ledger.looks = 0;
    one.sweep();
    while (!ended && io.run_one_for(10s) > 0) {}
    io.restart();
    REQUIRE(ended);
    return *ended;
  }
};

}  // namespace

TEST_CASE_FIXTURE(House, "old files go that nothing names; what any row mentions stays, and so does what is not old") {
  const auto unnamed = old_one(1'000), by_application = old_one(1'100), by_event = old_one(1'200), by_letter = old_one(1'300),
             by_request = old_one(1'400), young = bring(1'500);
  auto one = whole_case(3), two = whole_case(4), three = whole_case(5);
  one.cases[0].application = amid(by_application);
  one.events[1].bytes = amid(by_event);
  two.outbox[0].attachments = {by_letter};
  three.outbox[0].request = amid(by_request);
  for (const auto& batch : {one, two, three}) name_in(batch);
  CHECK(run_sweep() == 1);
  CHECK_FALSE(there(unnamed));
  for (const auto& digest : {by_application, by_event, by_letter, by_request, young}) CHECK(there(digest));
  CHECK(run_sweep() == 0);
  CHECK(fs::is_empty(folder.path() / "materials" / "part"));
}

TEST_CASE_FIXTURE(House, "a sweep looks for so many old files only, and the next ones go on where it ended") {
  std::vector<crypto::Digest> unnamed;
  for (std::size_t octets = 1'000; octets < 1'012; ++octets) unnamed.push_back(old_one(octets));
  const auto left = [&] { return static_cast<std::size_t>(std::count_if(unnamed.begin(), unnamed.end(), [&](const auto& one) { return there(one); })); };
  server::MaterialSweep small(io, node, materials, std::chrono::hours(14 * 24), [this](std::size_t discarded) { ended = discarded; }, 2);
  const auto first = run(small);
  CHECK(first >= 2);
  CHECK(first < unnamed.size());
  CHECK(left() == unnamed.size() - first);
  for (std::size_t sweeps = 0; left() > 0; ++sweeps) {
    REQUIRE(sweeps < unnamed.size());
    run(small);
  }
  // From the beginning again.
  unnamed.push_back(old_one(1'012));
  for (std::size_t sweeps = 0; left() > 0; ++sweeps) {
    REQUIRE(sweeps < 2);
    run(small);
  }
}

TEST_CASE_FIXTURE(House, "a case of which a row comes behind the sweep's back keeps its file, since its step has asked for it") {
  const auto unnamed = old_one(1'000), named_late = old_one(1'100);
  for (std::uint8_t n = 1; n < 80; ++n) name_in(whole_case(n));
  ledger.before_look = [&](int look) {
    if (look != 2) return;
    // Of the smallest key: its page has been looked at.
    auto batch = whole_case(0);
    batch.cases[0].key.submission.octets = {0, 0, 0, 1};
    batch.events.clear();
    batch.receipts.clear();
    batch.lanes.clear();
    batch.outbox.clear();
    batch.cases[0].application = amid(named_late);
    in(*rows, [&](server::Transaction& tx) {
      CHECK(materials.has(named_late));
      CHECK(tx.apply(batch));
    });
  };
  CHECK(run_sweep() == 1);
  CHECK(ledger.looks > 2);
  CHECK(there(named_late));
  CHECK_FALSE(there(unnamed));
}

TEST_CASE_FIXTURE(House, "who brings a file again, or asks how much of it is there, finds it after the sweep as well") {
  const auto asked_for = old_one(1'100), asked_meanwhile = old_one(1'200);
  CHECK(materials.renew(asked_for));
  ledger.before_look = [&](int) { CHECK(materials.renew(asked_meanwhile)); };
  CHECK(run_sweep() == 0);
  ledger.before_look = {};
  CHECK(run_sweep() == 0);
  CHECK(there(asked_for));
  CHECK(there(asked_meanwhile));
}

TEST_CASE_FIXTURE(House, "nothing goes while a row can't be read, nor while the node is being restored") {
  const auto unnamed = old_one(1'000);
  for (std::uint8_t n = 1; n < 80; ++n) name_in(whole_case(n));
  SUBCASE("a page that fails") {
    ledger.fails_at = 2;
    CHECK(run_sweep() == 0);
    ledger.fails_at = -1;
  }
  SUBCASE("a restore that begins meanwhile") {
    ledger.before_look = [&](int look) { node.healing = look >= 2; };
    CHECK(run_sweep() == 0);
    sweep.sweep();
    ledger.before_look = {};
    node.healing = false;
  }
  CHECK(there(unnamed));
  CHECK(run_sweep() == 1);
  CHECK_FALSE(there(unnamed));
}

TEST_CASE_FIXTURE(House, "of all cases that are acknowledged while sweeps follow one another, none lacks its file") {
  // Everything counts as old, so that only the rows and the questions protect a file.
  server::MaterialSweep hasty(io, node, materials, std::chrono::hours(-24), [this](std::size_t discarded) { ended = ended.value_or(0) + discarded; });
  std::vector<crypto::Digest> acknowledged;
  std::size_t came_too_late = 0;
  std::atomic<bool> handed_in{false};
  std::thread portal([&] {
    for (std::uint8_t n = 1; n < 250; ++n) {
      const auto digest = bring(900u + n);
      std::this_thread::sleep_for(std::chrono::microseconds(n * 37 % 5'000));
      auto batch = whole_case(n);
      batch.cases[0].application = amid(digest);
      bool stored = false;
      in(*rows, [&](server::Transaction& tx) {
        stored = materials.has(digest);
        if (stored) CHECK(tx.apply(batch));
      });
      if (stored) acknowledged.push_back(digest);
      else ++came_too_late;
    }
    handed_in = true;
  });
  while (!handed_in) {
    hasty.sweep();
    io.run_for(5ms);
    io.restart();
  }
  portal.join();
  io.run_for(2s);
  hasty.stop();
  CHECK(acknowledged.size() + came_too_late == 249);
  CHECK(!acknowledged.empty());
  for (const auto& digest : acknowledged) CHECK(there(digest));
}

TEST_CASE("an octet before a digest, or one that only begins like it, is not taken for its name") {
  const auto wanted = crypto::digest(as_bytes("one"));
  auto alike = wanted;
  alike.back() ^= 1;
  server::Unnamed unnamed;
  unnamed.add(wanted);
  unnamed.strike_mentioned(alike);
  unnamed.strike_mentioned(ByteView(wanted).first(31));
  unnamed.strike_mentioned({});
  CHECK(unnamed.size() == 1);
  Bytes octets(3, wanted[0]);
  octets.insert(octets.end(), wanted.begin(), wanted.end());
  unnamed.strike_mentioned(octets);
  CHECK(unnamed.empty());
}
