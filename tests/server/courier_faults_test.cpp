// A courier over a store that fails now and then.
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "server/exchange/courier.h"
#include "tests/contract/memory_transaction.h"
#include "tests/contract/rows.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/seeded_random.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

constexpr ErrorCode Away{"store.unavailable", "连不上", "away"};

class FailingLedger final : public server::Ledger {
 public:
  explicit FailingLedger(boost::asio::io_context& io) : io_(io) {}
  void write(Work work, Done done) override { run(++writes, writes_fail, work, std::move(done)); }
  void read(Work work, Done done) override { run(++reads, reads_fail, work, std::move(done)); }
  Expected<void> write_now(const Work& work) override { return work(rows_); }
  Expected<void> read_now(const Work& work) override { return work(rows_); }
  std::size_t waiting() const override { return 0; }

  int reads = 0, writes = 0;
  int reads_fail = 0, writes_fail = 0;  ///< so many of the first

 private:
  void run(int number, int fail, const Work& work, Done done) {
    auto ended = number <= fail ? Expected<void>(Error(Away)) : work(rows_);
    boost::asio::post(io_, [done = std::move(done), ended = std::move(ended)] { done(ended); });
  }
  boost::asio::io_context& io_;
  MemoryTransaction rows_;
};

class NoFiles final : public server::Attachments {
 public:
  Expected<std::unique_ptr<server::Upload>> begin(const crypto::Digest&) override { return Error(Away); }
  std::optional<server::StoredMaterial> find(const crypto::Digest&) const override { return std::nullopt; }
  server::Condition check(const crypto::Digest&) override { return server::Condition::Absent; }
  std::uint64_t kept(const crypto::Digest&) const override { return 0; }
  Expected<std::unique_ptr<server::Upload>> resume(const crypto::Digest&, std::uint64_t) override { return Error(Away); }
};

/// A node with one letter due, to a centre that its directory doesn't know.
struct Office {
  boost::asio::io_context io;
  fakes::ManualClock clock{Instant{9'000}};
  fakes::SeededRandom random{1};
  FailingLedger ledger{io};
  NoFiles files;
  server::HereLane lane;
  server::Node node{.id = NodeId("a"), .version = {}, .centres = {a}, .clock = clock, .random = random, .ledger = ledger, .attachments = files, .network = lane, .slow = lane};
  std::optional<exchange::Courier> courier;

  Office() {
    node.catalogue = std::make_shared<const catalogue::Catalogue>();
    node.directory = std::make_shared<const wire::Directory>();
    in(ledger, [](server::Transaction& tx) { CHECK(tx.apply(whole_case(1))); });
    courier.emplace(io, node, nullptr);
  }
  void look_after(std::chrono::milliseconds time) {
    clock.advance(time);
    courier->wake();
    for (int i = 0; i < 20; ++i) io.poll_one();
  }
  std::uint32_t attempts() {
    std::uint32_t noted = 0;
    in(ledger, [&](server::Transaction& tx) { noted = tx.letters_waiting(1)->front().attempts; });
    return noted;
  }
};

}  // namespace

TEST_CASE("a courier whose look has failed looks again by itself") {
  Office office;
  office.ledger.reads_fail = 1;
  office.courier->wake();
  while (office.attempts() == 0 && office.io.run_one_for(std::chrono::seconds(5)) > 0) {}
  CHECK(office.attempts() == 1);
}

TEST_CASE("an attempt that the store wouldn't note is waited for all the same, and counts") {
  Office office;
  office.ledger.writes_fail = 2;
  office.courier->wake();
  for (int i = 0; i < 20; ++i) office.io.poll_one();
  CHECK(office.ledger.writes == 1);
  office.clock.advance(std::chrono::seconds(1));
  office.courier->wake();
  for (int i = 0; i < 20; ++i) office.io.poll_one();
  CHECK(office.ledger.writes == 2);
  office.clock.advance(std::chrono::seconds(2));
  office.courier->wake();
  while (office.attempts() == 0 && office.io.run_one_for(std::chrono::seconds(5)) > 0) {}
  CHECK(office.attempts() == 3);
}

TEST_CASE("a letter that is made due by hand goes at once, also after an attempt that the store wouldn't note") {
  Office office;
  office.ledger.writes_fail = 4;
  for (int i = 0; i < 4; ++i) office.look_after(std::chrono::seconds(8));
  REQUIRE(office.ledger.writes == 4);
  office.clock.advance(std::chrono::milliseconds(100));
  in(office.ledger, [&](server::Transaction& tx) {
    const auto id = tx.letters_waiting(1)->front().id;
    CHECK(*tx.hasten_letter(id, office.clock.now()));
  });
  office.look_after(std::chrono::milliseconds(0));
  CHECK(office.ledger.writes == 5);
  CHECK(office.attempts() == 5);
}

TEST_CASE("a letter whose pause a clock has reckoned that was ahead is due within the time of a count") {
  Office office;
  office.look_after(std::chrono::hours(8));
  REQUIRE(office.attempts() == 1);
  office.clock.set(Instant{9'000});
  office.courier.emplace(office.io, office.node, nullptr);   // whose first look counts
  office.look_after(std::chrono::milliseconds(1));
  CHECK(office.attempts() == 2);
}

TEST_CASE("a centre of which letters come again and again makes what waits for it due once") {
  Office office;
  office.look_after(std::chrono::seconds(0));
  REQUIRE(office.attempts() == 1);
  office.courier->heard_of(a);
  office.look_after(std::chrono::seconds(0));
  CHECK(office.attempts() == 1);
  for (int letters = 0; letters < 5; ++letters) {
    office.courier->heard_of(b);
    office.look_after(std::chrono::milliseconds(1));
    CHECK(office.attempts() == 2);
  }
}

TEST_CASE("an attempt that the store wouldn't note is noted as soon as the store can, and the letter is not sent for it") {
  Office office;
  office.ledger.writes_fail = 4;
  for (int i = 0; i < 4; ++i) office.look_after(std::chrono::seconds(8));
  REQUIRE(office.attempts() == 0);
  office.look_after(std::chrono::seconds(2));
  CHECK(office.ledger.writes == 5);
  CHECK(office.attempts() == 4);
}

TEST_CASE("a letter that has just been written goes at once, but not past those that are being looked for") {
  Office office;
  auto fresh = letter(2, case_row(1).key, office.clock.now());
  fresh.to = CentreId("310112006");
  usecases::Batch batch;
  batch.outbox = {fresh};
  in(office.ledger, [&](server::Transaction& tx) { CHECK(tx.apply(batch)); });
  int attempted = 1;
  SUBCASE("nobody is before it") {}
  SUBCASE("others are looked for") {
    office.courier->wake();
    attempted = 0;
  }
  SUBCASE("it is settled already") {
    fresh.state = usecases::OutboxState::Taken;
    attempted = 0;
  }
  office.courier->take({fresh});
  CHECK(office.ledger.writes == attempted);
}

TEST_CASE("letters that wait too long are told of at once, once an hour, and not at night") {
  Office office;
  std::vector<std::uint64_t> told;
  office.node.letters_late = [&](std::uint64_t letters) { told.push_back(letters); };
  const auto told_by = [&](const char* day, int hour, int minute) {
    office.clock.set(from_shanghai(*parse_date(day), hour * 60 + minute));
    office.look_after(std::chrono::milliseconds(0));
    return told.size();
  };
  CHECK(told_by("2026-11-25", 8, 59) == 0);
  CHECK(told_by("2026-11-25", 9, 0) == 1);
  CHECK(told_by("2026-11-25", 9, 1) == 1);
  CHECK(told_by("2026-11-25", 9, 59) == 1);
  CHECK(told_by("2026-11-25", 10, 0) == 2);
  CHECK(told_by("2026-11-25", 16, 29) == 3);
  CHECK(told_by("2026-11-25", 23, 0) == 3);
  CHECK(told_by("2026-11-26", 8, 59) == 3);
  CHECK(told_by("2026-11-26", 9, 0) == 4);
  CHECK(told == std::vector<std::uint64_t>{1, 1, 1, 1});
}
