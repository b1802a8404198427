// The whole story over HTTP: within one node, and between two.
#include <doctest/doctest.h>

#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using casework::Stage;

TEST_CASE("within one node a case goes from the resident to A, to B, and its decision back") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk reviewer(node.port(), "wujiaochang-reviewer", node.password_of("wujiaochang-reviewer"));
  play_story(node.port(), window, reviewer);
}

TEST_CASE("two nodes on one machine also exchange over a plain line") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a), b(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const Desk reviewer(b.port(), "wujiaochang-reviewer", b.password_of("wujiaochang-reviewer"));
  play_story(a.port(), window, reviewer);
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
    play_story(a_options.port, window, reviewer);
  }
  SUBCASE("with B asleep while A transfers, and a photograph that B lacks") {
    b->stop();
    auto application = draft();
    const std::string photo = "\xFF\xD8\xFF\xE0 a photograph for the demonstration";
    const auto digest = crypto::digest(as_bytes(photo));
    REQUIRE(ask(a_options.port, "PUT", "/api/v1/materials/" + to_hex(digest), "Content-Type: image/jpeg\r\n", photo).status == 201);
    application.materials[0].way = casework::MaterialWay::Attached;
    application.materials[0].attachments = {{digest, "image/jpeg", static_cast<std::uint32_t>(photo.size())}};
    const auto resident = submit_to(a_options.port, sealed(application));
    window.pass_on(resident);
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
