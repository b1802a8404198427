// Two whole nodes and a line between them that does everything wrong: every transfer takes effect exactly once.
#include <doctest/doctest.h>

#include <map>
#include <mutex>

#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "shared/wire/application.h"
#include "shared/wire/json/case_view.h"
#include "tests/fakes/figures.h"
#include "tests/server/hostile_proxy.h"
#include "tests/server/stores.h"
#include "tests/server/torn_line.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

const CentreId a_centre("310109010"), b_centre("310110019");
constexpr std::uint64_t windows_at_once = 16;

struct Sent {
  ResidentOf resident;
  SubmissionId submission;
};

/// From the resident's submission to the window's transfer.
Sent hand_in_and_transfer(std::uint16_t port, const Desk& window) {
  const auto one = sealed();
  const auto answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
  REQUIRE(answer.status == 201);
  const auto view = wire::json::read_submission_answer(answer.body)->view;
  window.act(view.number, "receive");
  window.act(view.number, "check", all_fine(view));
  window.act(view.number, "transfer");
  return {{port, view.number, one.secret}, one.application.submission_id};
}

/// What the two stores say once both nodes have stopped.
struct Reckoning {
  std::uint64_t lost = 0, doubled = 0, different = 0, unsettled = 0;
};

Reckoning reckon(const std::filesystem::path& a_data, const std::filesystem::path& b_data, const std::vector<Sent>& sent) {
  Reckoning reckoning;
  std::map<SubmissionId, std::vector<usecases::EventRow>> told;
  look_into(a_data, [&](server::Transaction& tx) -> Expected<void> {
    TRY(reckoning.unsettled, tx.count_letters());
    for (const Sent& one : sent) {
      TRY(auto record, tx.find_case({a_centre, one.submission}));
      if (record) told[one.submission] = std::move(record->events);
    }
    return {};
  });
  look_into(b_data, [&](server::Transaction& tx) -> Expected<void> {
    TRY(const auto waiting, tx.count_letters());
    reckoning.unsettled += waiting;
    std::uint64_t cases = 0;
    TRY(const auto counts, tx.counts());
    for (const auto& count : counts) cases += count.holder == b_centre ? count.cases : 0;
    for (const Sent& one : sent) {
      TRY(const auto record, tx.find_case({b_centre, one.submission}));
      if (!record || record->row.custodian != b_centre) ++reckoning.lost;
      if (!record || !tell_the_same(told[one.submission], record->events)) ++reckoning.different;
    }
    reckoning.doubled = cases > sent.size() ? cases - sent.size() : 0;
    return {};
  });
  return reckoning;
}

/// Each letter that one side knows to be taken has been taken by the other, and no other; A has sent one for each case at least.
void check_inbox_is_outbox(const std::filesystem::path& a_data, const std::filesystem::path& b_data, std::size_t cases) {
  CHECK(letters_of(a_data, Letters::Settled).size() >= cases);
  for (const auto& [from, to] : {std::pair(a_data, b_data), std::pair(b_data, a_data)}) {
    const auto settled = letters_of(from, Letters::Settled), taken = letters_of(to, Letters::Taken);
    CHECK(settled.size() == taken.size());
    CHECK(settled == taken);
  }
}

/// Nothing is on its way any more.
bool both_at_rest(const LivingNode& a, const LivingNode& b) {
  return metric(a.port(), "tongban_outbox_waiting") == 0 && metric(b.port(), "tongban_outbox_waiting") == 0;
}

}  // namespace

TEST_CASE("over a line that does everything wrong each case comes to B once, and A has every receipt") {
  const std::uint64_t transfers = number_from("TONGBAN_TRANSFERS", 10'000);
  TemporaryFolder folder;
  const auto a_port = free_port(), b_port = free_port(), to_a = free_port(), to_b = free_port();
  platform::SystemRandom random;
  auto a_options = city(folder.path() / "a"), b_options = city(folder.path() / "b");
  const auto directory = folder.path() / "directory.bin";
  const auto made = server::make_trial_directory(
      folder.path(), {{NodeId("a"), "http://127.0.0.1:" + std::to_string(to_a)}, {NodeId("b"), "http://127.0.0.1:" + std::to_string(to_b)}},
      a_options.catalogue_source, directory, random, platform::SystemClock{}.now());
  REQUIRE(made);
  a_options.name = NodeId("a");
  b_options.name = NodeId("b");
  a_options.port = a_port;
  b_options.port = b_port;
  a_options.directory = b_options.directory = directory;
  HostileProxy line_to_a(to_a, a_port, 1, 20), line_to_b(to_b, b_port, 2, 20);
  LivingNode a(a_options), b(b_options);
  const Desk window(a_port, "quyang-window", a.password_of("quyang-window"));

  std::mutex mutex;
  std::vector<Sent> sent;
  std::vector<std::thread> windows;
  for (std::uint64_t i = 0; i < windows_at_once; ++i) {
    windows.emplace_back([&, share = transfers / windows_at_once] {
      for (std::uint64_t n = 0; n < share; ++n) {
        if (n == share / 2) line_to_b.cut(true);
        if (n == share / 2 + share / 10) line_to_b.cut(false);
        const Sent one = hand_in_and_transfer(a_port, window);
        const std::lock_guard guard(mutex);
        sent.push_back(one);
      }
    });
  }
  for (std::thread& one : windows) one.join();
  line_to_b.cut(false);
  line_to_a.calm();
  line_to_b.calm();
  const bool all_told = eventually([&] {
    return std::all_of(sent.begin(), sent.end(), [&](const Sent& one) { return one.resident.view().custodian == b_centre; });
  });
  CHECK(all_told);
  CHECK(eventually([&] { return both_at_rest(a, b); }));
  a.stop();
  b.stop();
  const Reckoning reckoning = reckon(a_options.data, b_options.data, sent);
  fakes::report_figures("transfers", {{"faults.transfers", sent.size()},
                                      {"faults.line_faults", line_to_a.faults() + line_to_b.faults()},
                                      {"faults.lost", reckoning.lost},
                                      {"faults.duplicated", reckoning.doubled}});
  CHECK(line_to_a.faults() + line_to_b.faults() > transfers / 20);
  CHECK(reckoning.lost == 0);
  CHECK(reckoning.doubled == 0);
  CHECK(reckoning.different == 0);
  CHECK(reckoning.unsettled == 0);
  check_inbox_is_outbox(a_options.data, b_options.data, sent.size());
}

namespace {

/// Two nodes that meet by mutual TLS, over lines that are torn.
struct TornPair {
  explicit TornPair(const std::filesystem::path& folder) : authority(folder), a(city(folder / "a")), b(city(folder / "b")) {
    const auto directory = folder / "directory.bin";
    std::vector<server::TrialNode> places;
    for (auto [name, options, line] : {std::tuple("a", &a, &to_a), std::tuple("b", &b, &to_b)}) {
      options->name = NodeId(name);
      options->port = free_port();
      options->directory = directory;
      options->peers = server::PeerDoor{"127.0.0.1", free_port(), authority.line(name)};
      const auto port = free_port();
      *line = std::make_unique<TornLine>(port, options->peers->port, port, 30'000);
      places.push_back({options->name, "https://127.0.0.1:" + std::to_string(port)});
    }
    platform::SystemRandom random;
    REQUIRE(server::make_trial_directory(folder, places, a.catalogue_source, directory, random, platform::SystemClock{}.now()));
  }
  void calm() const {
    to_a->calm();
    to_b->calm();
  }
  std::uint64_t torn() const { return to_a->torn() + to_b->torn(); }

  Authority authority;
  server::NodeOptions a, b;
  std::unique_ptr<TornLine> to_a, to_b;
};

/// Every fourth brings a photograph, which most connections don't live to carry.
usecases::Sealed with_photograph_sometimes(std::uint16_t port, std::uint64_t n) {
  auto application = draft();
  if (n % 4 == 0) {
    const Upload photo{port, photograph(20'000 + n)};
    REQUIRE(photo.piece(0, photo.octets.size()).status == 201);
    application.materials[0].way = casework::MaterialWay::Attached;
    application.materials[0].attachments = {{crypto::digest(as_bytes(photo.octets)), "image/jpeg", static_cast<std::uint32_t>(photo.octets.size())}};
  }
  return sealed(std::move(application));
}

}  // namespace

TEST_CASE("over a TLS line that is torn anywhere cases, photographs and decisions come through once, and both tell the same") {
  const std::uint64_t transfers = number_from("TONGBAN_TORN_TRANSFERS", 60);
  TemporaryFolder folder;
  TornPair pair(folder.path());
  LivingNode a(pair.a), b(pair.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const Desk reviewer(b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer"));
  std::vector<Sent> sent;
  for (std::uint64_t n = 0; n < transfers; ++n) {
    if (n == transfers / 2) pair.to_b->cut(true);
    if (n == transfers / 2 + 5) pair.to_b->cut(false);
    const auto one = with_photograph_sometimes(a.port(), n);
    const auto resident = submit_to(a.port(), one);
    window.pass_on(resident);
    sent.push_back({resident, one.application.submission_id});
  }
  pair.to_b->cut(false);
  const auto all_with_b = [&] {
    return std::all_of(sent.begin(), sent.end(), [](const Sent& one) { return one.resident.view().custodian == b_centre; });
  };
  if (!eventually(all_with_b)) pair.calm();
  CHECK(eventually(all_with_b));
  for (const Sent& one : sent) {
    reviewer.act(one.resident.number, "accept");
    reviewer.act(one.resident.number, "decide", R"({"outcome":"granted","text":"同意，演示决定"})");
  }
  pair.calm();
  CHECK(eventually([&] {
    return std::all_of(sent.begin(), sent.end(), [](const Sent& one) { return one.resident.view().stage == casework::Stage::Delivered; });
  }));
  for (const Sent& one : sent) {
    for (const auto& digest : wire::attachments_of(one.resident.view().materials))
      CHECK(reviewer.get("/api/v1/staff/cases/" + one.resident.number.text() + "/materials/" + to_hex(digest)).status == 200);
  }
  CHECK(eventually([&] { return both_at_rest(a, b); }));
  a.stop();
  b.stop();
  const Reckoning reckoning = reckon(pair.a.data, pair.b.data, sent);
  fakes::report_figures("torn_line", {{"faults.transfers", sent.size()}, {"faults.torn_connections", pair.torn()},
                                      {"faults.lost", reckoning.lost}, {"faults.duplicated", reckoning.doubled}});
  CHECK(pair.torn() > transfers / 12);
  CHECK(reckoning.lost == 0);
  CHECK(reckoning.doubled == 0);
  CHECK(reckoning.different == 0);
  CHECK(reckoning.unsettled == 0);
  check_inbox_is_outbox(pair.a.data, pair.b.data, sent.size());
}
