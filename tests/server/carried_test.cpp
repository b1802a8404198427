// What somebody carries to a window: opened there, filed, and found again by who carried it.
#include <doctest/doctest.h>

#include <fstream>

#include "server/node/backup.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "server/platform/files.h"
#include "shared/usecases/carry.h"
#include "shared/wire/carried.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/carried.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"
#include "tests/server/stores.h"
#include "tests/server/restored.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;

namespace {

constexpr const char* open_path = "/api/v1/staff/carried";

std::string code_of(const Answer& answer) {
  const auto problem = wire::json::read_problem(answer.body);
  return problem ? problem->code : std::string();
}

crypto::KeyList list_of(const fs::path& keys) {
  const auto root = from_hex(std::string(as_text(*platform::read_file(keys / "city.pub"))).substr(0, 64));
  crypto::PublicKey key{};
  std::copy(root->begin(), root->end(), key.begin());
  const auto list = crypto::verify_key_list(*platform::read_file(keys / "list.bin"), key);
  REQUIRE(list);
  return *list;
}

/// As the portal does it with the list of keys that it holds.
Bytes carried(const usecases::Sealed& sealed, const fs::path& keys) {
  platform::SystemRandom random;
  const auto list = list_of(keys);
  const auto* intake = list.intake(platform::SystemClock{}.now());
  REQUIRE(intake);
  const auto octets = usecases::carry_submission(sealed.application, *intake, random);
  REQUIRE(octets);
  return *octets;
}

Answer open(const Desk& desk, ByteView octets) { return desk.post(open_path, wire::json::write_carried(octets)); }

wire::json::OpenedCarried opened(const Desk& desk, ByteView octets) {
  const auto answer = open(desk, octets);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  auto read = wire::json::read_opened_carried(answer.body);
  REQUIRE(read);
  return std::move(*read);
}

Answer look_up(std::uint16_t port, const SubmissionId& id, const casework::AccessSecret& secret) {
  return ask(port, "GET", "/api/v1/submissions/" + id.hex(), "Authorization: Tongban-Case " + casework::access_text(secret) + "\r\n");
}

/// The window's sheet of it, filed.
Answer file(const Desk& desk, casework::Application application, const CentreId& at = CentreId("310109010")) {
  const auto chosen = std::exchange(application.received_by, at);
  const auto result = usecases::seal_carried(std::move(application), real_catalogue(), platform::SystemClock{}.now());
  REQUIRE(result.sealed);
  return desk.post("/api/v1/staff/cases", wire::json::write_walk_in({result.sealed->application, chosen}));
}

constexpr const char* decision = R"({"outcome":"granted","text":"同意，演示决定"})";

/// A centre on each of two nodes, for an item that either decides itself: the resident has sealed it for A.
struct TwoWindows {
  TemporaryFolder folder;
  const fs::path backup = folder.path() / "backup";
  const Pair pair = two_nodes(folder.path());
  std::unique_ptr<LivingNode> a = std::make_unique<LivingNode>(pair.a);
  LivingNode b{pair.b};
  const std::string window_password = a->password_of("quyang-window"), reviewer_password = a->password_of("quyang-reviewer");
  const Desk window_b{b.port(), "wujiaochang-window", b.password_of("wujiaochang-window")};
  const Desk reviewer_b{b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer")};
  const usecases::Sealed mine = sealed(draft("演示甲", "i058"));

  Answer send_to_a() const { return ask(pair.a.port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(mine)); }
  casework::CaseView file_at_b() const {
    auto there = opened(window_b, carried(mine, pair.a.data / "keys"));
    there.application.materials = mine.application.materials;
    const auto filed = file(window_b, there.application, CentreId("310110019"));
    INFO(filed.body);
    REQUIRE(filed.status == 201);
    return wire::json::read_submission_answer(filed.body)->view;
  }
  casework::CaseView seen_at_b(const CaseNumber& number) const {
    const auto view = wire::json::read_case_view(window_b.get("/api/v1/staff/cases/" + number.text()).body);
    REQUIRE(view);
    return *view;
  }
  bool has_answered(const CaseNumber& number) const {
    return eventually([&] { return seen_at_b(number).asking.empty(); });
  }
  void back_up_a() const { REQUIRE(server::back_up(pair.a.data, backup, server::WithKeys::Yes, platform::SystemClock{}.now())); }
  /// The backup takes its place; A is to be started again.
  void lose_disk_of_a() {
    a.reset();
    fs::remove_all(pair.a.data);
    REQUIRE(server::restore(backup, pair.a.data));
  }
  void decide_at_b(const CaseNumber& number) const {
    window_b.act(number, "check", all_fine(seen_at_b(number)));
    reviewer_b.act(number, "accept");
    CHECK(reviewer_b.act(number, "decide", decision).stage == casework::Stage::Decided);
  }
};

}  // namespace

TEST_CASE("what was carried to a window is opened, filed, and found by who carried it") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const auto mine = sealed();
  const Bytes octets = carried(mine, folder.path() / "keys");

  CHECK(look_up(node.port(), mine.application.submission_id, mine.secret).status == 404);
  auto there = opened(window, octets);
  auto without = mine.application;
  without.materials.clear();
  CHECK(there.application == without);
  there.application.materials = mine.application.materials;   // the window works them out of item and answers
  CHECK(there.number.empty());
  there.application.applicant.mobile = "13916236207";   // the window may correct what was filled in
  const auto filed = file(window, there.application);
  INFO(filed.body);
  REQUIRE(filed.status == 201);

  const auto found = look_up(node.port(), mine.application.submission_id, mine.secret);
  REQUIRE(found.status == 200);
  const auto view = wire::json::read_case_view(found.body);
  REQUIRE(view);
  CHECK(view->stage == casework::Stage::Received);
  CHECK_FALSE(view->receipts.empty());
  CHECK(ResidentOf{node.port(), view->number, mine.secret}.view() == *view);

  // Opened again, it is known; sent from home all the same, the centre says that it has it.
  const auto again = opened(window, octets);
  CHECK(again.number == view->number);
  CHECK(again.centre == CentreId("310109010"));
  const auto sent = ask(node.port(), "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(mine));
  CHECK(sent.status == 409);
  CHECK(code_of(sent) == "submission.content_differs");
}

TEST_CASE("an id that nobody knows and a wrong secret are one answer, and guessing is slowed down") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto mine = sealed();
  submit_to(node.port(), mine);
  const auto id = mine.application.submission_id;
  auto unknown_id = id;
  unknown_id.octets[0] ^= 1;
  const auto wrong = look_up(node.port(), id, {}), unknown = look_up(node.port(), unknown_id, mine.secret);
  CHECK(wrong.status == 404);
  CHECK(wrong.body == unknown.body);
  CHECK(look_up(node.port(), id, mine.secret).status == 200);
  int refused = 0;
  while (refused < 20 && look_up(node.port(), id, {}).status == 404) ++refused;
  CHECK(refused >= 3);
  CHECK(refused < 20);
  CHECK(look_up(node.port(), id, mine.secret).status == 429);
}

TEST_CASE("only a window opens what was carried, and each refusal says why") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk reviewer(node.port(), "quyang-reviewer", node.password_of("quyang-reviewer"));
  const Bytes octets = carried(sealed(), folder.path() / "keys");
  const auto body = wire::json::write_carried(octets);
  CHECK(ask(node.port(), "POST", open_path, "Content-Type: application/json\r\n", body).status == 401);
  CHECK(ask(node.port(), "POST", open_path, "Cookie: " + window.cookie() + "\r\nContent-Type: application/json\r\n", body).status == 403);
  CHECK(open(reviewer, octets).status == 403);
  CHECK(code_of(open(window, as_bytes("something else"))) == "carried.contents");
  Bytes damaged = octets;
  damaged.back() ^= 1;
  CHECK(code_of(open(window, damaged)) == "carried.contents");
  Bytes foreign = octets;
  foreign[8] ^= 1;   // in the name of the key
  CHECK(code_of(open(window, foreign)) == "carried.epoch");
  CHECK(window.post(open_path, "{}").status == 400);
}

TEST_CASE("in a new epoch what was carried before still opens, until its key is taken away") {
  TemporaryFolder folder;
  const auto keys = folder.path() / "keys";
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Bytes before = carried(sealed(), keys);
  const auto old_key = list_of(keys).intake(platform::SystemClock{}.now())->key;
  platform::SystemRandom random;
  const auto key = server::begin_epoch(keys, std::chrono::days(90), random, platform::SystemClock{}.now());
  REQUIRE(key);
  const Bytes after = carried(sealed(), keys);
  CHECK(wire::read_carried(after)->key == crypto::key_id(*key));
  CHECK(code_of(open(window, after)) == "carried.epoch");   // the node hasn't been told yet
  node.reload();
  CHECK(eventually([&] { return open(window, after).status == 200; }));
  CHECK(open(window, before).status == 200);
  fs::remove(keys / platform::intake_file_name(old_key));
  node.reload();
  CHECK(eventually([&] { return code_of(open(window, before)) == "carried.epoch"; }));
  CHECK(open(window, after).status == 200);
}

TEST_CASE("both nodes of a trial open what was carried, and the keys are nobody else's to read") {
  TemporaryFolder folder;
  const auto pair = two_nodes(folder.path());
  LivingNode a(pair.a), b(pair.b);
  const Bytes octets = carried(sealed(), pair.a.data / "keys");
  const auto window_of = [](const LivingNode& node, const char* account) { return Desk(node.port(), account, node.password_of(account)); };
  CHECK(open(window_of(a, "quyang-window"), octets).status == 200);
  CHECK(open(window_of(b, "wujiaochang-window"), octets).status == 200);
  int files = 0;
  for (const auto& data : {pair.a.data, pair.b.data})
    for (const auto& entry : fs::directory_iterator(data / "keys")) {
      if (!entry.path().filename().string().starts_with("intake-")) continue;
      ++files;
      CHECK((entry.status().permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
    }
  CHECK(files == 2);
}

TEST_CASE_FIXTURE(TwoWindows, "an application that was sent, its answer lost, and then carried to another node is decided once, and the second copy says by whom") {
  REQUIRE(send_to_a().status == 201);
  const auto number = file_at_b().number;
  REQUIRE(has_answered(number));
  const auto ended = seen_at_b(number);
  CHECK(ended.stage == casework::Stage::Duplicate);
  CHECK(ended.duplicate_of == CentreId("310109010"));
  CHECK(reviewer_b.post("/api/v1/staff/cases/" + number.text() + "/accept", "{}").status == 409);
  const Desk window(pair.a.port, "quyang-window", window_password), reviewer(pair.a.port, "quyang-reviewer", reviewer_password);
  const auto at_a = window.list("to_receive").at(0).number;
  const auto view = window.act(at_a, "receive");
  window.act(at_a, "check", all_fine(view));
  reviewer.act(at_a, "accept");
  CHECK(reviewer.act(at_a, "decide", decision).stage == casework::Stage::Decided);
}

TEST_CASE_FIXTURE(TwoWindows, "one that was carried first is decided there, and sent all the same it is refused with the centre that has it") {
  const auto filed = file_at_b();
  CHECK(filed.asking == CentreId("310109010"));
  REQUIRE(has_answered(filed.number));
  const auto sent = send_to_a();
  CHECK(sent.status == 409);
  CHECK(code_of(sent) == "submission.elsewhere");
  CHECK(sent.body.find(real_catalogue().find(CentreId("310110019"))->short_name) != std::string::npos);
  decide_at_b(filed.number);
}

TEST_CASE_FIXTURE(TwoWindows, "while the other node is away the window goes on up to the check, and all the way once it has been heard") {
  a.reset();
  const auto number = file_at_b().number;
  window_b.act(number, "check", all_fine(seen_at_b(number)));
  const auto refused = reviewer_b.post("/api/v1/staff/cases/" + number.text() + "/accept", "{}");
  CHECK(refused.status == 409);
  CHECK(code_of(refused) == "case.asking");
  a = std::make_unique<LivingNode>(pair.a);
  CHECK(window_b.post("/api/v1/staff/cases/" + number.text() + "/remind", "{}").status == 200);
  REQUIRE(has_answered(number));
  decide_at_b(number);
}

TEST_CASE_FIXTURE(TwoWindows, "a node restored from before it let a window go on is told so, and takes the same application from nobody else") {
  back_up_a();
  const auto number = file_at_b().number;
  REQUIRE(has_answered(number));
  decide_at_b(number);
  lose_disk_of_a();
  a = std::make_unique<LivingNode>(pair.a);
  REQUIRE(eventually([&] { return is_healed(pair.a.data); }));
  const auto sent = send_to_a();
  CHECK(sent.status == 409);
  CHECK(code_of(sent) == "submission.elsewhere");
}

TEST_CASE_FIXTURE(TwoWindows, "a node restored from before a withdrawal, and told the same claim twice since it had to begin anew, is healed") {
  REQUIRE(send_to_a().status == 201);
  back_up_a();
  const auto sent = wire::json::read_case_view(look_up(pair.a.port, mine.application.submission_id, mine.secret).body);
  REQUIRE(sent);
  const ResidentOf resident{pair.a.port, sent->number, mine.secret};
  REQUIRE(resident.ask("POST", "/withdrawal", R"({"reason":"演示：到窗口办"})").status == 200);
  const auto number = file_at_b().number;
  REQUIRE(has_answered(number));
  decide_at_b(number);
  lose_disk_of_a();
  // What the first telling has left, before the node was stopped.
  look_into(pair.a.data, [&](server::Transaction& tx) {
    usecases::Batch told;
    told.claims = {{mine.application.submission_id, CentreId("310109010"), CentreId("310110019"), platform::SystemClock{}.now()}};
    return tx.apply(told);
  });
  a = std::make_unique<LivingNode>(pair.a);
  REQUIRE(eventually([&] { return is_healed(pair.a.data); }));
  CHECK(resident.view().stage == casework::Stage::Duplicate);
  CHECK(resident.view().duplicate_of == CentreId("310110019"));
}
