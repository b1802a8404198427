// An application on its way in somebody's hand: sealed into codes at home, opened at the window, found again at home.
#include <doctest/doctest.h>

#include "client/app/take_home.h"
#include "shared/casework/access.h"
#include "shared/crypto/key_list.h"
#include "shared/usecases/carry.h"
#include "shared/usecases/errors.h"
#include "shared/wire/carried.h"
#include "shared/wire/json/carried.h"
#include "shared/wire/json/problem.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

const crypto::SealingKey intake{crypto::Seed{7}};
const crypto::SigningKey root{crypto::Seed{1}};

Bytes octets(std::string_view text) { return Bytes(as_bytes(text).begin(), as_bytes(text).end()); }
event::Response answer(int status, std::string_view body = {}) { return {.status = status, .headers = {}, .body = octets(body)}; }

/// The city's list with an intake key, as the node gives it; its epoch ends on the 24th of May 2027.
event::Response keys() {
  const crypto::KeyList list{2, {{crypto::KeyPurpose::Intake, {}, intake.public_key(), {0}, from_shanghai(*parse_date("2027-05-24"), 0)}}};
  return answer(200, R"({"root":")" + to_base64url(root.public_key()) + R"(","list":")" + to_base64url(crypto::sign_key_list(list, root)) + "\"}");
}

/// A node that knows the keys, and of everything else what `more` says.
FakeShell::Answer node(FakeShell::Answer more = [](const effect::Fetch&) { return answer(404); }) {
  return [more](const effect::Fetch& asked) { return asked.url == "/catalogue/keys.json" ? keys() : more(asked); };
}

std::string prepared(FakeShell& shell) {
  shell.send(event::RouteChanged{"/item/s1/prepare/situation"});
  const std::string draft = shell.model().draft()->key();
  shell.want(intent::AnswerDraft{draft, "who", "self"});
  for (const auto& [field, value] : {std::pair(fields::name, "演示甲"), std::pair(fields::identity, "310109195001010015"), std::pair(fields::mobile, "13800000001"),
                                     std::pair(fields::registration_district, "310110"), std::pair(fields::registration, "310110009"),
                                     std::pair(fields::residence_district, "310109"), std::pair(fields::residence, "310109010"), std::pair(fields::centre, "310109010")})
    shell.want(intent::EditField{draft, field, value});
  shell.send(event::RouteChanged{to_path(prepare("s1", Step::Submit, draft))});
  return draft;
}

/// Prepared with the network away, and sealed into codes.
std::string carried(FakeShell& shell) {
  shell.node = node();
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.set_online(false);
  shell.want(intent::SubmitDraft{draft, true});
  REQUIRE(shell.model().outgoing());
  REQUIRE(shell.model().outgoing()->state == SendState::Carried);
  return draft;
}

casework::Application opened(const OutboxEntry& entry) {
  wire::CodeSet set;
  for (const std::string& text : carried_code_texts(entry.carried)) REQUIRE(set.add(text));
  REQUIRE(set.complete());
  auto application = usecases::open_carried(set.octets(), {intake});
  REQUIRE(application);
  return *application;
}

casework::CaseView view_of(const OutboxEntry& entry) {
  casework::CaseView view;
  view.number = CaseNumber("TB261124-DEM0DEM0");
  view.submission_id = entry.id;
  view.item = entry.item;
  view.applicant = entry.applicant;
  view.stage = casework::Stage::Received;
  view.received_by = view.custodian = view.holder = fakes::wujiaochang;
  view.changed_at = Instant{1'795'492'900'000};
  view.receipts.push_back({.kind = casework::ReceiptKind::Stored, .at = view.changed_at, .centre = view.holder, .bytes = octets("signed")});
  return view;
}

}  // namespace

TEST_CASE("offline, a draft becomes codes that a window can open, and they survive the tab") {
  FakeShell shell;
  const std::string draft = carried(shell);
  CHECK(shell.model().drafts.empty());
  const OutboxEntry& entry = *shell.model().outgoing();
  CHECK(to_text(shanghai_time(entry.carried_until).date) == "2027-05-24");
  REQUIRE_FALSE(entry.codes.empty());
  for (const QrCode& code : entry.codes) CHECK(code.side <= 77);
  const auto there = opened(entry);
  CHECK(there.applicant.name == "演示甲");
  casework::AccessSecret secret{};
  std::copy(entry.secret.begin(), entry.secret.end(), secret.begin());
  CHECK(there.access_hash == casework::access_hash(secret));

  const Bytes octets = entry.carried;
  shell.kill();
  shell.open("/item/s1/prepare/submit?draft=" + draft);
  REQUIRE(shell.model().outgoing());
  CHECK(shell.model().outgoing()->state == SendState::Carried);
  CHECK(shell.model().outgoing()->carried == octets);
  CHECK_FALSE(shell.model().outgoing()->codes.empty());
  for (const auto& [key, record] : shell.store["outbox"]) CHECK(as_text(record.blob).find("310109195001010015") == std::string_view::npos);
}

TEST_CASE("what is carried is not sent by itself, and asked about when there is a network") {
  FakeShell shell;
  const std::string draft = carried(shell);
  const OutboxEntry entry = *shell.model().outgoing();
  shell.requests.clear();
  shell.set_online(true);
  CHECK(std::count(shell.requests.begin(), shell.requests.end(), "POST /api/v1/submissions") == 0);
  CHECK(std::count(shell.requests.begin(), shell.requests.end(), "GET /api/v1/submissions/" + entry.id.hex()) == 1);
  CHECK(shell.model().outgoing()->asked_in_vain);

  std::string shown;
  shell.node = node([&](const effect::Fetch& asked) {
    if (!asked.url.starts_with("/api/v1/submissions/")) return answer(404);
    shown = asked.headers.front().second;
    return answer(200, wire::json::write_case_view(view_of(entry)));
  });
  shell.want(intent::AskCarried{draft});
  CHECK(shown == "Tongban-Case " + to_base64url(entry.secret));
  CHECK(shell.model().outbox.empty());
  REQUIRE(shell.model().cases.size() == 1);
  const CaseEntry& kept = shell.model().cases.front();
  CHECK(kept.number.text() == "TB261124-DEM0DEM0");
  CHECK(kept.centre == fakes::wujiaochang);   // another centre's window than the one that was chosen
  CHECK(kept.secret == entry.secret);
  CHECK(as_text(kept.receipt) == "signed");
  CHECK(shell.model().route.page == Page::Case);
}

TEST_CASE("what is carried can be sent instead, and a window that has it already leads to its case") {
  FakeShell shell;
  const std::string draft = carried(shell);
  const OutboxEntry entry = *shell.model().outgoing();
  shell.node = node([&](const effect::Fetch& asked) {
    if (asked.method == "POST") return answer(409, wire::json::write_problem({.status = 409, .code = "submission.content_differs", .zh = "交过", .en = "handed in", .field = {}}));
    return asked.url.starts_with("/api/v1/submissions/") ? answer(200, wire::json::write_case_view(view_of(entry))) : answer(404);
  });
  shell.want(intent::GoBy{draft, false});
  CHECK(shell.model().outgoing()->state == SendState::Waiting);
  shell.kill();
  shell.open("/cases");
  CHECK(shell.model().outbox.front().state == SendState::Waiting);
  shell.set_online(true);
  CHECK(shell.model().outbox.empty());
  REQUIRE(shell.model().cases.size() == 1);
  CHECK(shell.model().cases.front().secret == entry.secret);
}

TEST_CASE("a centre that refuses for another reason, and has no such case, is still heard") {
  std::string code = "submission.file_lacking", zh = "缺文件";
  SUBCASE("a file is missing") {}
  SUBCASE("a window of another node has it") {
    code = usecases::step_errors::Elsewhere.name;
    zh = Error(usecases::step_errors::Elsewhere).with("友谊路街道").zh();
  }
  FakeShell shell;
  const std::string draft = carried(shell);
  shell.node = node([&](const effect::Fetch& asked) {
    return asked.method == "POST" ? answer(409, wire::json::write_problem({.status = 409, .code = code, .zh = zh, .en = "file", .field = {}})) : answer(404);
  });
  shell.want(intent::GoBy{draft, false});
  shell.set_online(true);
  REQUIRE(shell.model().outbox.size() == 1);
  CHECK(shell.model().outbox.front().state == SendState::Refused);
  CHECK(shell.model().outbox.front().fault_zh == zh);
}

TEST_CASE("what waits for a network can be carried after all") {
  FakeShell shell;
  shell.node = node();
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.set_online(false);
  shell.want(intent::SubmitDraft{draft, false});
  REQUIRE(shell.model().outgoing()->state == SendState::Waiting);
  shell.want(intent::GoBy{draft, true});
  CHECK(shell.model().outgoing()->state == SendState::Carried);
  CHECK(opened(*shell.model().outgoing()).applicant.name == "演示甲");
  shell.requests.clear();
  shell.set_online(true);
  CHECK(std::count(shell.requests.begin(), shell.requests.end(), "POST /api/v1/submissions") == 0);
}

TEST_CASE("taken back and changed, it keeps its id and its secret, for whoever has its codes in hand") {
  FakeShell shell;
  const std::string draft = carried(shell);
  const OutboxEntry before = *shell.model().outgoing();
  shell.want(intent::Revise{draft});
  CHECK(shell.model().outbox.empty());
  REQUIRE(shell.model().draft());
  shell.want(intent::EditField{draft, fields::statement, "改过的"});
  shell.pass(2s);
  shell.kill();
  shell.open("/item/s1/prepare/submit?draft=" + draft);
  shell.want(intent::SubmitDraft{draft, true});
  const OutboxEntry& after = *shell.model().outgoing();
  CHECK(after.id == before.id);
  CHECK(after.secret == before.secret);
  CHECK(opened(after).statement == "改过的");
}

TEST_CASE("what three codes don't hold stays a draft, and the screen says why") {
  FakeShell shell;
  shell.node = node();
  shell.open("/");
  const std::string draft = prepared(shell);
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "长";
  shell.want(intent::EditField{draft, fields::statement, long_text});
  shell.want(intent::SubmitDraft{draft, true});
  CHECK(shell.model().outbox.empty());
  REQUIRE(shell.model().draft());
  CHECK(shell.model().draft()->carry_fault_zh == wire::carried_errors::TooLong.zh);
}

TEST_CASE("without the city's list, or after the epoch, no codes are made") {
  FakeShell shell;
  shell.open("/");
  prepared(shell);
  CHECK_FALSE(shell.model().carry_until);
  shell.node = node();
  shell.set_online(false);
  shell.set_online(true);
  CHECK(shell.model().carry_until);
  shell.pass(std::chrono::hours(24 * 365));
  shell.send(event::Tick{});
  CHECK_FALSE(shell.model().carry_until);
}

// ---- at the window

namespace {

/// A window that is signed in, at the page where codes are scanned.
void open_window(FakeShell& shell, FakeShell::Answer more) {
  shell.node = node([more](const effect::Fetch& asked) {
    if (asked.url.ends_with("/session"))
      return answer(200, R"({"account":"demo-window","name":"演示","role":"window","centre":"310109010","csrf":"abc"})");
    return more(asked);
  });
  shell.open("/staff/carried");
  REQUIRE(shell.model().staff.carried);
}

void scan(FakeShell& shell, const std::string& text) {
  shell.want(intent::ScanTyped{text});
  shell.want(intent::Scanned{});
}

Bytes sealed_octets(std::string statement) {
  fakes::SeededRandom random(3);
  FakeShell home;
  casework::Application application;
  application.submission_id.octets[0] = 9;
  application.item = ItemId("s1");
  application.applicant = {"演示甲", "310109195001010015", "13800000001"};
  application.registration = TownshipCode("310110009");
  application.received_by = fakes::wujiaochang;
  application.statement = std::move(statement);
  application.access_hash.fill(5);
  const crypto::ListedKey key{crypto::KeyPurpose::Intake, {}, intake.public_key(), {0}, {1}};
  return *usecases::carry_submission(application, key, random);
}

}  // namespace

TEST_CASE("codes are scanned in any order, one missing is named, and the sheet stands filled in") {
  std::string statement;
  for (int i = 0; i < 120; ++i) statement += "长";
  const Bytes octets = sealed_octets(statement);
  const auto codes = carried_code_texts(octets);
  REQUIRE(codes.size() == 2);
  std::string asked_with, filed;
  FakeShell shell;
  open_window(shell, [&](const effect::Fetch& asked) {
    if (asked.url == "/api/v1/staff/carried") {
      asked_with = as_text(asked.body);
      return answer(200, wire::json::write_opened_carried({*usecases::open_carried(*wire::json::read_carried(asked_with), {intake}), {}, {}}));
    }
    if (asked.url == "/api/v1/staff/cases" && asked.method == "POST") filed = as_text(asked.body);
    return answer(404);
  });
  scan(shell, codes[1]);
  CHECK(shell.model().staff.carried->typed.empty());
  CHECK(shell.announced.back() == "还差第 1 张，共 2 张");
  scan(shell, codes[1]);
  CHECK(shell.model().staff.carried->fault_zh.empty());
  scan(shell, codes[0]);
  CHECK(wire::json::read_carried(asked_with).value() == octets);
  CHECK(shell.model().route.page == Page::StaffWalkIn);
  REQUIRE(shell.model().staff.walk_in);
  const WalkIn& walk_in = *shell.model().staff.walk_in;
  CHECK(walk_in.carried);
  CHECK(walk_in.draft.application.applicant.name == "演示甲");
  CHECK(walk_in.draft.registration_district == "310110");
  CHECK(walk_in.draft.residence_district == outside_district);
  CHECK(walk_in.draft.application.received_by == fakes::quyang);

  // Corrected and filed, it keeps its id and the resident's own secret, and names the centre that it had been sealed for.
  const std::string key = walk_in.draft.key();
  shell.want(intent::EditField{key, fields::mobile, "13900000002"});
  shell.want(intent::AnswerDraft{key, "who", "self"});
  shell.want(intent::FileWalkIn{});
  const auto sheet = wire::json::read_walk_in(filed);
  REQUIRE(sheet);
  CHECK(sheet->chosen == fakes::wujiaochang);
  const casework::Application* application = &sheet->application;
  CHECK(application->submission_id.octets[0] == 9);
  CHECK(application->access_hash == casework::Digest(walk_in.draft.application.access_hash));
  CHECK(application->access_hash[0] == 5);
  CHECK(application->applicant.mobile == "13900000002");
  CHECK_FALSE(application->materials.empty());
}

TEST_CASE("a code of another application, one cut off and one that is not ours are told apart at the window") {
  std::string statement;
  for (int i = 0; i < 120; ++i) statement += "长";
  const auto mine = carried_code_texts(sealed_octets(statement)), theirs = carried_code_texts(sealed_octets(statement + "短"));
  FakeShell shell;
  open_window(shell, [](const effect::Fetch&) { return answer(404); });
  scan(shell, mine[0]);
  const auto fault = [&] { return shell.model().staff.carried->fault_zh; };
  scan(shell, theirs[1]);
  CHECK(fault() == wire::carried_errors::OtherSet.zh);
  scan(shell, mine[1].substr(0, 100));
  CHECK(fault() == wire::carried_errors::Damaged.zh);
  scan(shell, "https://example.org/");
  CHECK(fault() == wire::carried_errors::NotOurs.zh);
  CHECK(shell.model().staff.carried->codes.missing() == std::vector<std::size_t>{2});
  shell.want(intent::ScanAnew{});
  CHECK(shell.model().staff.carried->codes.empty());
}

TEST_CASE("what is here already leads to its case, and what the node cannot open says why") {
  const auto codes = carried_code_texts(sealed_octets("短"));
  int status = 422;
  FakeShell shell;
  open_window(shell, [&](const effect::Fetch& asked) {
    if (asked.url != "/api/v1/staff/carried") return answer(404);
    if (status != 200) return answer(status, wire::json::write_problem({.status = 422, .code = "carried.epoch", .zh = "过期了", .en = "past", .field = {}}));
    return answer(200, wire::json::write_opened_carried({*usecases::open_carried(*wire::json::read_carried(as_text(asked.body)), {intake}), CaseNumber("TB261124-DEM0DEM0"), fakes::quyang}));
  });
  scan(shell, codes[0]);
  CHECK(shell.model().staff.carried->fault_zh == "过期了");
  status = 200;
  scan(shell, codes[0]);   // another code begins anew
  CHECK(shell.model().staff.carried->number.text() == "TB261124-DEM0DEM0");
  CHECK(shell.model().staff.carried->fault_zh.empty());
  CHECK(shell.model().route.page == Page::StaffCarried);
}

TEST_CASE("a picture without a code, and a browser that can't look, say so") {
  const auto codes = carried_code_texts(sealed_octets("短"));
  FakeShell shell;
  open_window(shell, [](const effect::Fetch&) { return answer(404); });
  shell.want(intent::ScanPicture{"image/png", {1, 2, 3}});
  CHECK(shell.model().staff.carried->looking);
  shell.send(event::CodesRead{true, {}});
  CHECK(shell.model().staff.carried->fault_zh == std::string(Words(false)(Word::StaffCarriedNone)));
  shell.send(event::CodesRead{false, {}});
  CHECK(shell.model().staff.carried->fault_zh == std::string(Words(false)(Word::StaffCarriedUnable)));
  shell.send(event::CodesRead{true, {codes[0]}});
  CHECK(shell.model().staff.carried->codes.complete());
}

// ---- for going on at home

TEST_CASE("a draft goes home in the digits of one code, without photos and secret, and is checked") {
  FakeShell kiosk;
  kiosk.public_browser = true;
  kiosk.open("/");
  prepared(kiosk);
  Draft draft = *kiosk.model().draft();
  draft.secret = Bytes(16, 1);
  draft.paper_for("m1").bring = true;
  draft.paper_for("m3").photos.push_back({.digest = {1}, .media_type = "image/jpeg", .size = 5});
  const std::string digits = to_digits(draft);
  CHECK(digits.find_first_not_of("0123456789") == std::string::npos);
  const auto there = from_digits(digits);
  REQUIRE(there);
  CHECK(there->application == draft.application);
  CHECK(there->secret.empty());
  REQUIRE(there->papers.size() == 1);
  CHECK(there->papers.front().bring);
  for (std::size_t at = 0; at < digits.size(); ++at) {
    std::string changed = digits;
    changed[at] = changed[at] == '3' ? '4' : '3';
    CHECK_FALSE(from_digits(changed));
    CHECK_FALSE(from_digits(std::string_view(digits).substr(0, at)));
  }
  CHECK(make_qr(kiosk.model().origin + take_home_address(), digits));
  draft.application.statement = std::string(3'000, 'x');
  CHECK_FALSE(make_qr(kiosk.model().origin + take_home_address(), to_digits(draft)));
}

TEST_CASE("opened at home the draft stands there, the address holds nothing of it, and nothing there is lost") {
  FakeShell kiosk;
  kiosk.public_browser = true;
  kiosk.open("/");
  prepared(kiosk);
  const std::string address = take_home_address() + to_digits(*kiosk.model().draft());
  const std::string key = kiosk.model().draft()->key();

  FakeShell home;
  home.open(address);
  REQUIRE(home.model().draft());
  CHECK(home.model().draft()->application.applicant.name == "演示甲");
  CHECK(home.model().draft()->key() == key);
  CHECK(home.addresses.back().find('#') == std::string::npos);
  CHECK(home.addresses.back().starts_with("/item/s1/prepare/"));
  home.want(intent::EditField{key, fields::name, "演示乙"});
  home.pass(2s);
  home.kill();
  home.open(address);
  REQUIRE(home.model().drafts.size() == 2);
  CHECK(home.model().draft()->key() != key);
  CHECK(std::any_of(home.model().drafts.begin(), home.model().drafts.end(), [](const Draft& draft) { return draft.application.applicant.name == "演示乙"; }));
  home.pass(1s);

  home.send(event::RouteChanged{address.substr(0, address.size() - 3)});
  CHECK(home.model().drafts.size() == 2);
  CHECK(home.model().toast->text == std::string(Words(false)(Word::DraftCodeBroken)));
}

}  // namespace tongban::app
