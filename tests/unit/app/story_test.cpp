// The resident's side of the main job, with a store that survives and a network that comes and goes.
#include <doctest/doctest.h>

#include "shared/casework/access.h"
#include "shared/casework/case_number.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

constexpr const char* wrong_number = "310109195001010016";
constexpr const char* right_number = "310109195001010015";

/// Begins at the guide's own link and returns the draft's key.
std::string begin(FakeShell& shell) {
  shell.send(event::RouteChanged{"/item/s1/prepare/situation"});
  REQUIRE(shell.model().draft());
  return shell.model().draft()->key();
}

void fill_form(FakeShell& shell, const std::string& draft, const char* number) {
  const auto edit = [&](const char* field, const char* value) { shell.want(intent::EditField{draft, field, value}); };
  edit(fields::name, "演示甲");
  edit(fields::identity, number);
  edit(fields::mobile, "138 0000 0001");
  edit(fields::registration_district, "310110");
  edit(fields::registration, "310110009");
  edit(fields::residence_district, "310109");
  edit(fields::residence, "310109010");
  edit(fields::address, "演示路1号");
}

void go_to(FakeShell& shell, Step step, const std::string& draft) { shell.send(event::RouteChanged{to_path(prepare("s1", step, draft))}); }

Bytes small_jpeg() { return {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'd', 'e', 'm', 'o', 0xFF, 0xD9}; }

/// Everything up to the last step.
std::string prepared(FakeShell& shell) {
  const std::string draft = begin(shell);
  shell.want(intent::AnswerDraft{draft, "who", "self"});
  fill_form(shell, draft, right_number);
  shell.want(intent::EditField{draft, fields::centre, "310109010"});
  go_to(shell, Step::Submit, draft);
  return draft;
}

}  // namespace

TEST_CASE("a draft begun offline is on the device within a second of the last key and survives a killed tab") {
  FakeShell shell;
  shell.online = false;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.want(intent::EditField{draft, fields::name, "演"});
  CHECK(shell.model().draft()->save == SaveState::Saving);
  shell.pass(300ms);
  shell.want(intent::EditField{draft, fields::name, "演示"});
  shell.pass(1s);
  CHECK(shell.model().draft()->save == SaveState::Saved);
  shell.kill();
  shell.open("/drafts");
  REQUIRE(shell.model().drafts.size() == 1);
  CHECK(shell.model().drafts.front().application.applicant.name == "演示");
  CHECK(shell.model().drafts.front().key() == draft);
}

TEST_CASE("who only looks at preparing leaves nothing behind: neither on the device nor in a list") {
  FakeShell shell;
  shell.open("/");
  begin(shell);
  shell.pass(2s);
  shell.send(event::RouteChanged{"/drafts"});
  CHECK(shell.model().drafts.empty());
  CHECK(shell.store["draft"].empty());
  const std::string draft = begin(shell);
  shell.want(intent::AnswerDraft{draft, "who", "self"});
  shell.send(event::RouteChanged{"/drafts"});
  REQUIRE(shell.model().drafts.size() == 1);
  shell.pass(1s);
  CHECK(shell.store["draft"].size() == 1);
}

TEST_CASE("who goes on to another service leaves the one that was only looked at") {
  FakeShell shell;
  shell.open("/item/d1/prepare/situation");
  shell.send(event::RouteChanged{"/item/s1/prepare/situation"});
  REQUIRE(shell.model().drafts.size() == 1);
  CHECK(shell.model().draft()->application.item == ItemId("s1"));
}

TEST_CASE("an address of a draft that this device doesn't have begins a new one of that service") {
  FakeShell shell;
  shell.open("/item/s1/prepare/form?draft=01234567");
  REQUIRE(shell.model().draft());
  const std::string draft = shell.model().draft()->key();
  CHECK(draft != "01234567");
  CHECK(shell.addresses.back() == "/item/s1/prepare/form?draft=" + draft);
  shell.want(intent::EditField{draft, fields::name, "演示甲"});
  shell.pass(1s);
  shell.kill();
  shell.open("/item/s1/prepare/form?draft=" + draft);
  REQUIRE(shell.model().draft());
  CHECK(shell.model().draft()->application.applicant.name == "演示甲");
}

TEST_CASE("someone who never stops typing is still saved every second") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.pass(2s);
  std::string name;
  for (int i = 0; i < 8; ++i) {
    name += "甲";
    shell.want(intent::EditField{draft, fields::name, name});
    shell.pass(200ms);
  }
  shell.kill();
  shell.open("/drafts");
  CHECK(shell.model().drafts.front().application.applicant.name.size() >= 3 * std::string("甲").size());
}

TEST_CASE("who fills in the same draft in two tabs is told that the other's is kept as a copy") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.pass(2s);
  shell.other_tab_wrote = true;
  shell.want(intent::EditField{draft, fields::name, "演示甲"});
  shell.pass(1s);
  CHECK(shell.announced.back() == std::string(Words(false)(Word::DraftConflict)));
}

TEST_CASE("records on the device show nothing of the person to who reads the store") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  fill_form(shell, draft, right_number);
  shell.pass(1s);
  for (const auto& [key, record] : shell.store["draft"]) CHECK(as_text(record.blob).find(right_number) == std::string_view::npos);
}

TEST_CASE("a wrong identity number keeps the form's door shut, and says which fault it is") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.want(intent::AnswerDraft{draft, "who", "self"});
  fill_form(shell, draft, wrong_number);
  go_to(shell, Step::Form, draft);
  shell.want(intent::NextStep{draft});
  CHECK(shell.model().route.step == Step::Form);
  CHECK(shell.model().draft()->left.contains(fields::identity));
  const auto faults = form_faults(*shell.model().draft(), *shell.model().shelf.catalogue, shell.now);
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().where == fields::identity);
  CHECK(faults.front().zh() == "这 18 位里有一位不对，请对着身份证再核一遍");
  shell.want(intent::EditField{draft, fields::identity, right_number});
  shell.want(intent::NextStep{draft});
  CHECK(shell.addresses.back() == "/item/s1/prepare/materials?draft=" + draft);
}

TEST_CASE("who is registered elsewhere hears at once of a service that is only for the registered") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  fill_form(shell, draft, right_number);
  shell.want(intent::EditField{draft, fields::registration_district, outside_district});
  auto catalogue = *shell.model().shelf.catalogue;
  CHECK(form_faults(*shell.model().draft(), catalogue, shell.now).empty());
  catalogue.items[2].audience = catalogue::Audience::RegisteredOnly;
  const auto faults = form_faults(*shell.model().draft(), catalogue, shell.now);
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().where == fields::registration_district);
}

TEST_CASE("what is searched for on the first screen is still there on the way back, and gone on the way home") {
  FakeShell shell;
  shell.open("/");
  shell.want(intent::Type{"演示"});
  const std::string address = shell.addresses.back();
  const auto found = shell.model().items.rows.size();
  REQUIRE(found > 0);
  shell.send(event::RouteChanged{"/item/s1"});
  shell.send(event::RouteChanged{address});
  CHECK(shell.model().typed == "演示");
  CHECK(shell.model().items.rows.size() == found);
  shell.send(event::RouteChanged{"/"});
  CHECK(shell.model().typed.empty());
}

TEST_CASE("who acts for somebody else is asked who they are") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.want(intent::AnswerDraft{draft, "who", "delegate"});
  CHECK(shell.model().draft()->for_other());
  shell.want(intent::AnswerDraft{draft, "who", "self"});
  CHECK(!shell.model().draft()->for_other());
}

TEST_CASE("an application sealed offline waits, goes by itself when the network comes, and is called received only with a receipt") {
  FakeShell shell;
  FakeNode node;
  shell.node = std::ref(node);
  shell.online = false;
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.want(intent::AddPhoto{draft, "m1", "photo.jpg", "image/jpeg", small_jpeg()});
  shell.want(intent::SubmitDraft{draft});
  REQUIRE(shell.model().outbox.size() == 1);
  CHECK(shell.model().outbox.front().state == SendState::Waiting);
  CHECK(shell.model().drafts.empty());
  CHECK(shell.store["draft"].empty());
  CHECK(shell.model().cases.empty());

  SUBCASE("even over a killed tab, with the same bytes") {
    const Bytes sealed = shell.model().outbox.front().body;
    shell.kill();
    shell.open("/cases");
    REQUIRE(shell.model().outbox.size() == 1);
    CHECK(shell.model().outbox.front().body == sealed);
  }
  shell.set_online(true);
  CHECK(shell.model().outbox.empty());
  REQUIRE(node.taken.size() == 1);
  CHECK(node.files.size() == 1);
  REQUIRE(shell.model().cases.size() == 1);
  CHECK(shell.model().cases.front().number == CaseNumber("TB261124-DEM0DEM0"));
  CHECK(shell.store["outbox"].empty());
  CHECK(shell.store["photo"].empty());
  // Whoever goes back over it is told what became of it, and not to begin anew.
  go_to(shell, Step::Review, draft);
  REQUIRE(shell.model().sent_case());
  CHECK(shell.model().drafts.empty());
  shell.kill();
  shell.open("/case/TB261124-DEM0DEM0");
  REQUIRE(shell.model().case_entry());
  CHECK(shell.model().case_entry()->receipt == Bytes{1, 2, 3});
}

TEST_CASE("an application is sealed as it stands on the screen, whether or not it was saved already") {
  FakeShell shell;
  shell.online = false;
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.pass(2s);
  shell.want(intent::EditField{draft, fields::address, "演示路2号"});
  REQUIRE(shell.model().draft()->save == SaveState::Saving);
  shell.want(intent::SubmitDraft{draft});
  REQUIRE(shell.model().outbox.size() == 1);
  CHECK(as_text(shell.model().outbox.front().body).find("演示路2号") != std::string_view::npos);
  shell.pass(2s);
  CHECK(shell.model().drafts.empty());
  CHECK(shell.store["draft"].empty());
}

TEST_CASE("files go before the submission that names them") {
  FakeShell shell;
  FakeNode node;
  shell.node = std::ref(node);
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.want(intent::AddPhoto{draft, "m1", "photo.jpg", "image/jpeg", small_jpeg()});
  shell.requests.clear();
  shell.want(intent::SubmitDraft{draft});
  REQUIRE(shell.requests.size() >= 2);
  CHECK(shell.requests[0].starts_with("PUT /api/v1/materials/"));
  CHECK(shell.requests[1] == "POST /api/v1/submissions");
}

TEST_CASE("a large file goes in pieces, and goes on where it stopped") {
  FakeShell shell;
  FakeNode node;
  std::size_t pieces = 0, broken_after = 2;
  shell.node = [&](const effect::Fetch& asked) {
    if (asked.method == "PATCH" && pieces++ == broken_after) return event::Response{.status = 0, .headers = {}, .body = {}};
    return node(asked);
  };
  shell.open("/");
  const std::string draft = prepared(shell);
  auto photo = small_jpeg();
  photo.insert(photo.begin() + 6, 700'000, 0x5A);
  shell.want(intent::AddPhoto{draft, "m1", "photo.jpg", "image/jpeg", photo});

  SUBCASE("when the line broke") {
    shell.want(intent::SubmitDraft{draft});
    REQUIRE(shell.model().outbox.front().state == SendState::Retry);
    shell.pass(30s);
    CHECK(pieces == 4);
  }
  SUBCASE("when the tab was killed") {
    shell.want(intent::SubmitDraft{draft});
    shell.kill();
    shell.open("/");
    CHECK(pieces == 4);
  }
  SUBCASE("anew, when what the centre has of it is something else") {
    broken_after = 100;
    node.parts["/api/v1/materials/" + to_hex(crypto::digest(photo))] = Bytes(64 * 1024, 1);
    shell.want(intent::SubmitDraft{draft});
    CHECK(pieces == 6);
  }
  SUBCASE("later, when the centre never gets further") {
    node.parts["/api/v1/materials/" + to_hex(crypto::digest(photo))] = Bytes(64 * 1024, 1);
    shell.node = [&](const effect::Fetch& asked) {
      return asked.method == "PATCH" ? event::Response{.status = 409, .headers = {}, .body = {}} : node(asked);
    };
    shell.want(intent::SubmitDraft{draft});
    CHECK(shell.model().outbox.front().state == SendState::Retry);
    return;
  }
  CHECK(shell.model().outbox.empty());
  REQUIRE(node.files.size() == 1);
  CHECK(node.files.begin()->second == photo);
}

TEST_CASE("a node that fails is asked again with the same bytes, later and later") {
  FakeShell shell;
  FakeNode node;
  int refusals = 2;
  std::vector<Bytes> bodies;
  shell.node = [&](const effect::Fetch& asked) {
    if (asked.method == "POST") bodies.push_back(asked.body);
    if (asked.method == "POST" && refusals-- > 0) return event::Response{.status = 503, .headers = {}, .body = {}};
    return node(asked);
  };
  shell.open("/");
  shell.want(intent::SubmitDraft{prepared(shell)});
  REQUIRE(shell.model().outbox.size() == 1);
  CHECK(shell.model().outbox.front().state == SendState::Retry);
  shell.pass(10s);
  CHECK(shell.model().outbox.front().state == SendState::Retry);
  shell.pass(60s);
  CHECK(shell.model().outbox.empty());
  REQUIRE(bodies.size() == 3);
  CHECK(bodies[0] == bodies[1]);
  CHECK(bodies[1] == bodies[2]);
  CHECK(node.taken.size() == 1);
}

TEST_CASE("what the centre refuses comes back as a draft to be mended") {
  FakeShell shell;
  shell.node = [](const effect::Fetch&) {
    const std::string body = R"({"type":"about:blank","title":"x","status":422,"code":"item.no_longer_in_force","zh":"这个事项已经停止办理","en":"No longer in force"})";
    return event::Response{.status = 422, .headers = {}, .body = Bytes(body.begin(), body.end())};
  };
  shell.open("/");
  const std::string draft = prepared(shell);
  shell.want(intent::SubmitDraft{draft});
  REQUIRE(shell.model().outbox.size() == 1);
  CHECK(shell.model().outbox.front().state == SendState::Refused);
  shell.want(intent::Revise{draft});
  CHECK(shell.model().outbox.empty());
  REQUIRE(shell.model().draft());
  CHECK(shell.model().draft()->application.applicant.name == "演示甲");
}

TEST_CASE("a full device says so, and nothing is called saved") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.pass(1s);
  shell.store_full = true;
  shell.want(intent::EditField{draft, fields::name, "演示"});
  shell.pass(1s);
  CHECK(shell.model().draft()->save == SaveState::Failed);
  shell.want(intent::AddPhoto{draft, "m1", "photo.jpg", "image/jpeg", small_jpeg()});
  CHECK(shell.model().draft()->paper("m1")->photos.empty());
  CHECK(!shell.model().draft()->photo_fault.empty());
}

TEST_CASE("a receipt's code is looked up once, and is gone from the address") {
  FakeShell shell;
  const std::string number = casework::case_number({}, Date{std::chrono::year(2026), std::chrono::November, std::chrono::day(24)}).text();
  std::vector<std::string> asked;
  shell.node = [&](const effect::Fetch& fetch) {
    if (fetch.url.starts_with("/api/v1/cases/")) asked.push_back(fetch.url);
    return event::Response{.status = 404, .headers = {}, .body = {}};
  };
  shell.open(receipt_address({number, casework::access_text(casework::AccessSecret{7})}));
  REQUIRE(asked.size() == 1);
  CHECK(asked.front() == "/api/v1/cases/" + number);
  CHECK(shell.addresses.back() == "/cases");
  CHECK(shell.model().lookup.wrong);
  CHECK(shell.model().lookup.number == number);
  shell.send(event::RouteChanged{"/cases"});
  CHECK(asked.size() == 1);
}

TEST_CASE("files of the wrong kind, cut off or taken twice are refused with the reason") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  const auto try_file = [&](Bytes bytes) {
    shell.want(intent::AddPhoto{draft, "m1", "file", "image/jpeg", std::move(bytes)});
    return shell.model().draft()->photo_fault;
  };
  const Words say(false);
  CHECK(try_file({'G', 'I', 'F', '8'}) == say(Word::PhotoWrongType));
  CHECK(try_file({0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3}) == say(Word::PhotoBroken));
  CHECK(try_file(Bytes(11u << 20)) == say(Word::PhotoTooLarge, {{"limit", "10 MB"}}));
  CHECK(try_file(small_jpeg()).empty());
  CHECK(try_file(small_jpeg()) == say(Word::PhotoTwice));
}

TEST_CASE("a photo that was removed can be had back until the next action") {
  FakeShell shell;
  shell.open("/");
  const std::string draft = begin(shell);
  shell.want(intent::AddPhoto{draft, "m1", "photo.jpg", "image/jpeg", small_jpeg()});
  const std::string digest = shell.model().draft()->paper("m1")->photos.front().hex();
  shell.want(intent::RemovePhoto{draft, "m1", digest});
  CHECK(shell.model().draft()->paper("m1")->photos.empty());
  shell.pass(60s);
  CHECK(shell.model().toast);
  SUBCASE("had back") {
    shell.want(intent::Undo{});
    CHECK(shell.model().draft()->paper("m1")->photos.size() == 1);
    CHECK(shell.store["photo"].size() == 1);
  }
  SUBCASE("gone with the next action") {
    shell.want(intent::EditField{draft, fields::name, "演示"});
    CHECK(!shell.model().toast);
    CHECK(shell.store["photo"].empty());
  }
}

TEST_CASE("at rest nothing wakes the portal") {
  FakeShell shell;
  shell.open("/help");
  shell.pass(1s);
  CHECK(shell.deadline.ms == 0);
}

TEST_CASE("erasing leaves nothing of the person on the device") {
  FakeShell shell;
  shell.open("/");
  begin(shell);
  shell.pass(1s);
  shell.want(intent::Ask{Question::Erase});
  shell.want(intent::Answer{true});
  CHECK(shell.store["draft"].empty());
  CHECK(shell.model().drafts.empty());
}

}  // namespace tongban::app
