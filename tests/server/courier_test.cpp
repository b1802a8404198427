// What waits in the outbox goes out, whatever stands in the way of something else.
#include <doctest/doctest.h>

#include <deque>
#include <fstream>

#include "server/exchange/courier.h"
#include "server/exchange/parcel_places.h"
#include "server/exchange/shares.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "server/store/sqlite/ledger.h"
#include "shared/wire/json/reading.h"
#include "tests/server/hostile_proxy.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using exchange::Shares;

namespace {

const CentreId yangpu("310110019"), minhang("310112006");

/// Hongkou's node, with lines to the nodes of Yangpu and Minhang.
struct ThreeNodes {
  TemporaryFolder folder;
  server::NodeOptions a = city(folder.path() / "a"), c = city(folder.path() / "c");
  std::uint16_t to_b = free_port();

  ThreeNodes() {
    a.name = NodeId("a");
    c.name = NodeId("c");
    a.port = free_port();
    c.port = free_port();
    a.directory = c.directory = folder.path() / "directory.bin";
    const auto at = [](std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); };
    platform::SystemRandom random;
    REQUIRE(server::make_trial_directory(folder.path(), {{a.name, at(a.port)}, {NodeId("b"), at(to_b)}, {c.name, at(c.port)}}, a.catalogue_source,
                                         a.directory, random, platform::SystemClock{}.now()));
  }
};

/// From the resident's submission to the window's transfer.
ResidentOf transfer(const LivingNode& node, const Desk& window, const CentreId& to) {
  auto application = draft();
  application.registration = TownshipCode(to.text());
  const auto resident = submit_to(node.port(), sealed(std::move(application)));
  window.pass_on(resident);
  return resident;
}

/// The letters that wait in a node's store, as an operator sees them.
std::vector<server::LetterStatus> waiting_in(const std::filesystem::path& data) {
  server::HereLane lane;
  auto ledger = store::SqliteLedger::open(server::DataPaths(data).store, lane);
  REQUIRE(ledger);
  std::vector<server::LetterStatus> letters;
  REQUIRE((*ledger)->write_now([&](server::Transaction& tx) -> Expected<void> {
    TRY(letters, tx.letters_waiting(9));
    return {};
  }));
  return letters;
}

}  // namespace

TEST_CASE("pauses after failures double from a second up to a quarter of an hour, and chance takes off at most half") {
  using std::chrono::seconds;
  CHECK(exchange::pause_after(1, 0) == seconds(1));
  CHECK(exchange::pause_after(2, 0) == seconds(2));
  CHECK(exchange::pause_after(9, 0) == seconds(256));
  CHECK(exchange::pause_after(10, 0) == seconds(512));
  for (const std::uint32_t failures : {11u, 12u, 1'000u, 4'000'000'000u}) {
    CHECK(exchange::pause_after(failures, 0) == seconds(900));
    CHECK(exchange::pause_after(failures, 1) == seconds(450));
  }
  CHECK(exchange::pause_after(3, 0.5) == seconds(3));
}

TEST_CASE("a photograph with a bit turned on the disk is not sent, and the case goes on without it") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto photo = photograph(100'000);
  const auto name = to_hex(crypto::digest(as_bytes(photo)));
  REQUIRE(ask(a.port(), "PUT", "/api/v1/materials/" + name, "Content-Type: image/jpeg\r\n", photo).status == 201);
  auto application = draft();
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{crypto::digest(as_bytes(photo)), "image/jpeg", static_cast<std::uint32_t>(photo.size())}};
  const auto resident = submit_to(a.port(), sealed(std::move(application)));
  window.act(resident.number, "receive");
  window.act(resident.number, "check", all_fine(resident.view()));
  std::fstream(options.a.data / "materials" / name.substr(0, 2) / name, std::ios::in | std::ios::out | std::ios::binary).seekp(50'000).put('!');
  LivingNode b(options.b);
  window.act(resident.number, "transfer");
  CHECK(eventually([&] { return resident.view().custodian == yangpu; }));
  CHECK(eventually([&] { return waiting_in(options.a.data).empty(); }));
  CHECK_FALSE(std::filesystem::exists(options.b.data / "materials" / name.substr(0, 2) / name));
}

TEST_CASE("a peer that takes letters and never answers keeps no letter from another peer") {
  ThreeNodes town;
  HostileProxy to_b(town.to_b, town.a.port, 1, 0);
  to_b.swallow();
  LivingNode a(town.a), c(town.c);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  for (int i = 0; i < 200; ++i) transfer(a, window, yangpu);
  const auto begun = std::chrono::steady_clock::now();
  const auto resident = transfer(a, window, minhang);
  REQUIRE(eventually([&] { return resident.view().custodian == minhang; }));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
}

TEST_CASE("a centre that doesn't answer has one letter under way at a time until it does") {
  Shares shares;
  CHECK(shares.room(yangpu) == Shares::to_one);
  shares.begun(yangpu, Shares::to_one);
  CHECK(shares.room(yangpu) == 0);
  CHECK(shares.room(minhang) == Shares::to_one);
  shares.heard(yangpu, false);
  for (std::size_t i = 1; i < Shares::to_one; ++i) shares.ended(yangpu);
  CHECK(shares.room(yangpu) == 0);
  shares.ended(yangpu);
  CHECK(shares.room(yangpu) == 1);
  shares.begun(yangpu);
  shares.heard(yangpu, true);
  shares.ended(yangpu);
  CHECK(shares.room(yangpu) == Shares::to_one);
}

TEST_CASE("what takes a while has a turn of the network's loop each, in order, and what is ready goes in between") {
  class Loop final : public server::Lane {
   public:
    void run(server::Task task) override { ready.push_back(std::move(task)); }
    std::deque<server::Task> ready;
  } loop;
  server::Turns turns(loop);
  std::string done;
  const auto take_time = [&](char name) { turns.run([&done, name] { done += name; }); };
  take_time('a');
  CHECK(done == "a");
  take_time('b');
  take_time('c');
  CHECK(turns.waiting() == 2);
  loop.run([&done] { done += '!'; });
  for (int turn = 0; turn < 4; ++turn) {
    const auto next = std::move(loop.ready.front());
    loop.ready.pop_front();
    next();
  }
  CHECK(done == "ab!c");
  CHECK(loop.ready.empty());
  take_time('d');
  CHECK(done == "ab!cd");
}

TEST_CASE("so many files are under way at once, half of them at most to one centre, and who waits has a turn") {
  exchange::ParcelPlaces places(4);
  std::vector<std::string> begun;
  const auto send = [&](const CentreId& to, const char* name) { places.wait(to, [&begun, name] { begun.emplace_back(name); }); };
  send(yangpu, "y1");
  send(yangpu, "y2");
  send(yangpu, "y3");
  send(minhang, "m1");
  send(minhang, "m2");
  send(minhang, "m3");
  CHECK(begun == std::vector<std::string>{"y1", "y2", "m1", "m2"});
  places.ended(minhang);
  CHECK(begun.back() == "m3");
  places.ended(yangpu);
  CHECK(begun.back() == "y3");
  CHECK(begun.size() == 6);
  exchange::ParcelPlaces one(1);
  one.wait(yangpu, [&] { begun.emplace_back("one"); });
  CHECK(begun.back() == "one");
}

TEST_CASE("however many letters are under way, each centre may have one") {
  Shares shares;
  for (int i = 0; i < 300; ++i) {
    const CentreId centre(std::to_string(100'000'000 + i));
    const auto room = shares.room(centre);
    CHECK(room >= 1);
    shares.begun(centre, room);
    CHECK(shares.room(centre) == 0);
  }
  CHECK(shares.room(yangpu) == 1);
}

TEST_CASE("a case at its fullest passes from node to node, and B's answer comes back") {
  TemporaryFolder folder;
  const auto pair = two_nodes(folder.path());
  LivingNode a(pair.a), b(pair.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const Desk reviewer(b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer"));
  const auto resident = submit_to(a.port(), sealed());
  window.act(resident.number, "receive");
  const auto supply = [&](int number) {
    const std::string text = std::string(wire::json::longest_text - 4, 'x') + std::to_string(1000 + number);
    return resident.ask("POST", "/supplements", R"({"materials":[{"material":"m2","way":"bring","attachments":[]}],"text":")" + text + "\"}");
  };
  Answer answer;
  for (int i = 0; i < 300 && (answer = supply(i)).status == 200;) ++i;
  INFO(answer.body);
  CHECK(answer.status == 409);
  CHECK(answer.body.find("\"code\":\"case.full\"") != std::string::npos);
  // A full case, and more than the mebibyte that doors once let in.
  for (int i = 0; i < 10; ++i) {
    auto checked = all_fine(resident.view());
    const std::string fine = "\"m2\",\"verdict\":\"fine\"";
    const auto at = checked.find(fine);
    REQUIRE(at != std::string::npos);
    checked.replace(at, fine.size(), "\"m2\",\"verdict\":\"missing\",\"reason\":\"" + std::string(2'000, 'y') + "\"");
    window.act(resident.number, "check", checked);
  }
  window.act(resident.number, "check", all_fine(resident.view()));
  window.act(resident.number, "transfer");
  REQUIRE(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  reviewer.act(resident.number, "accept");
  CHECK(eventually([&] { return resident.view().stage == casework::Stage::Accepted; }));
}
