// The whole story over HTTP: within one node, and between two.
#include <doctest/doctest.h>

#include "shared/wire/json/case_view.h"
#include "shared/wire/receipt.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using casework::Stage;

namespace {

ResidentOf submit(std::uint16_t port, const usecases::Sealed& sealed) {
  const auto answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(sealed));
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  const auto read = wire::json::read_submission_answer(answer.body);
  REQUIRE(read);
  CHECK(read->view.stage == Stage::Submitted);
  CHECK(!read->receipt.empty());
  return {port, read->view.number, sealed.secret};
}

/// From the resident's submission at A to B's decision, seen again by both.
void play(std::uint16_t a, const Desk& window, const Desk& reviewer) {
  const auto resident = submit(a, sealed());
  const auto number = resident.number;
  REQUIRE(window.list("to_receive").size() == 1);
  window.act(number, "receive");

  auto checked = all_fine(resident.view());
  const auto at = checked.find("\"m2\",\"verdict\":\"fine\"");
  REQUIRE(at != std::string::npos);
  checked.replace(at, 21, "\"m2\",\"verdict\":\"missing\",\"reason\":\"缺一页\"");
  window.act(number, "check", checked);
  window.act(number, "return", R"({"verdicts":[{"material":"m2","verdict":"missing","reason":"缺一页"}]})");
  CHECK(resident.view().stage == Stage::Returned);
  CHECK(resident.view().open_return.has_value());

  const auto supplied = resident.ask("POST", "/supplements", R"({"materials":[{"material":"m2","way":"bring","attachments":[]}]})");
  INFO(supplied.body);
  REQUIRE(supplied.status == 200);
  const auto complete = window.act(number, "check", all_fine(resident.view()));
  CHECK(complete.stage == Stage::Checked);
  CHECK(complete.proposed_decider == CentreId("310110019"));
  window.act(number, "transfer");

  REQUIRE(eventually([&] { return reviewer.list("to_review").size() == 1; }));
  REQUIRE(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  reviewer.act(number, "accept");
  reviewer.act(number, "decide", R"({"outcome":"granted","text":"同意，演示决定"})");
  REQUIRE(eventually([&] { return resident.view().stage == Stage::Delivered; }));

  const auto seen = resident.view();
  REQUIRE(seen.decision);
  CHECK(seen.decision->text == "同意，演示决定");
  CHECK(seen.receipts.size() == 3);
  CHECK(seen.applicant == "演**");
  CHECK_FALSE(seen.application);
  for (const auto& entry : seen.timeline) CHECK((entry.actor == "resident" || entry.actor == "staff"));
  CHECK(window.list("done").size() == 1);
  CHECK(reviewer.list("done").size() == 1);
}

}  // namespace

TEST_CASE("within one node a case goes from the resident to A, to B, and its decision back") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk reviewer(node.port(), "wujiaochang-reviewer", node.password_of("wujiaochang-reviewer"));
  play(node.port(), window, reviewer);
}

TEST_CASE("two nodes on one machine also exchange over a plain line") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a), b(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const Desk reviewer(b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer"));
  play(a.port(), window, reviewer);
}

TEST_CASE("between two nodes the same story crosses the wire") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls");
  const auto [a_options, b_options] = two_nodes(folder.path(), &authority);
  LivingNode a(a_options);
  auto b = std::make_unique<LivingNode>(b_options);
  const Desk window(a_options.port, "quyang-window", a.password_of("quyang-window"));
  const auto password = b->password_of("wujiaochang-reviewer");
  CHECK(a.password_of("wujiaochang-reviewer").empty());

  SUBCASE("with both up") {
    const Desk reviewer(b_options.port, "wujiaochang-reviewer", password);
    CHECK(window.cookie().substr(0, 9) != reviewer.cookie().substr(0, 9));
    play(a_options.port, window, reviewer);
  }
  SUBCASE("with B asleep while A transfers, and a photograph that B lacks") {
    b->stop();
    auto application = draft();
    const std::string photo = "\xFF\xD8\xFF\xE0 a photograph for the demonstration";
    const auto digest = crypto::digest(as_bytes(photo));
    REQUIRE(ask(a_options.port, "PUT", "/api/v1/materials/" + to_hex(digest), "Content-Type: image/jpeg\r\n", photo).status == 201);
    application.materials[0].way = casework::MaterialWay::Attached;
    application.materials[0].attachments = {{digest, "image/jpeg", static_cast<std::uint32_t>(photo.size())}};
    const auto resident = submit(a_options.port, sealed(application));
    window.act(resident.number, "receive");
    window.act(resident.number, "check", all_fine(resident.view()));
    window.act(resident.number, "transfer");
    CHECK(resident.view().stage == Stage::InTransfer);
    CHECK(resident.view().custodian == CentreId("310109010"));
    b = std::make_unique<LivingNode>(b_options);
    const Desk reviewer(b_options.port, "wujiaochang-reviewer", password);
    REQUIRE(eventually([&] { return reviewer.list("to_review").size() == 1; }));
    const auto shown = reviewer.get("/api/v1/staff/cases/" + resident.number.text() + "/materials/" + to_hex(digest));
    CHECK(shown.status == 200);
    CHECK(shown.body == photo);
    CHECK(shown.headers.at("content-type") == "image/jpeg");
    REQUIRE(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  }
}
