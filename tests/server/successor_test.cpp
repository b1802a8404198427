// A centre has ended; what lies there goes on at its successor's desk.
#include <doctest/doctest.h>

#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "shared/wire/receipt.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using casework::Stage;

namespace {

const CentreId quyang("310109010"), wujiaochang("310110019");

void retire_wujiaochang(const server::DataPaths& paths) {
  const auto now = platform::SystemClock{}.now();
  REQUIRE(server::retire_centre(paths.directory, paths.keys / "list.bin", paths.keys / "directory.key", wujiaochang, quyang, now, now));
}

usecases::Sealed sealed_for(const CentreId& centre) {
  auto application = draft();
  application.received_by = centre;
  return sealed(std::move(application));
}

}  // namespace

TEST_CASE("a case that lay at a centre which has ended is decided by its successor's people, in the ended centre's name") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk reviewer(node.port(), "quyang-reviewer", node.password_of("quyang-reviewer"));
  const auto resident = submit_to(node.port(), sealed());
  window.pass_on(resident);
  REQUIRE(eventually([&] { return resident.view().custodian == wujiaochang; }));
  CHECK(reviewer.list("to_review").empty());
  CHECK(reviewer.post("/api/v1/staff/cases/" + resident.number.text() + "/accept", "{}").status == 403);

  retire_wujiaochang(paths);
  node.reload();
  REQUIRE(eventually([&] { return reviewer.list("to_review").size() == 1; }));
  reviewer.act(resident.number, "accept");
  reviewer.act(resident.number, "decide", R"({"outcome":"granted","text":"同意，演示决定"})");
  REQUIRE(eventually([&] { return resident.view().stage == Stage::Delivered; }));
  const auto directory = server::Trust::open(paths.keys, paths.directory, platform::SystemClock{}.now())->directory;
  const auto decided = wire::verify_receipt(resident.view().receipts.back().bytes, directory.keys());
  REQUIRE(decided);
  CHECK(decided->centre == wujiaochang);
  // There are two copies at this desk now; each of them meets the case once.
  CHECK(window.list("done").size() == 1);
  CHECK(reviewer.list("done").size() == 1);
}

TEST_CASE("a case that had been handed in at a centre which has ended is received, checked and counted at its successor") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk supervisor(node.port(), "quyang-supervisor", node.password_of("quyang-supervisor"));
  const auto resident = submit_to(node.port(), sealed_for(wujiaochang));
  CHECK(window.list("to_receive").empty());
  CHECK(window.get("/api/v1/staff/cases/" + resident.number.text()).status == 404);
  CHECK(supervisor.get("/api/v1/staff/counts").body.find(wujiaochang.text()) == std::string::npos);

  retire_wujiaochang(paths);
  node.reload();
  REQUIRE(eventually([&] { return window.list("to_receive").size() == 1; }));
  window.act(resident.number, "receive");
  CHECK(window.act(resident.number, "check", all_fine(resident.view())).stage == Stage::Checked);
  CHECK(resident.view().custodian == wujiaochang);
  CHECK(supervisor.get("/api/v1/staff/counts").body.find(wujiaochang.text()) != std::string::npos);
}

TEST_CASE("nobody but the successor's people comes upon the cases of a centre that has ended") {
  TemporaryFolder folder;
  const server::DataPaths paths(folder.path());
  LivingNode node(city(folder.path()));
  const Desk office(node.port(), "city-office", node.password_of("city-office"));
  const auto resident = submit_to(node.port(), sealed_for(quyang));
  submit_to(node.port(), sealed_for(wujiaochang));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Desk other(node.port(), "wujiaochang-window", node.password_of("wujiaochang-window"));
  retire_wujiaochang(paths);
  node.reload();
  REQUIRE(eventually([&] { return window.list("to_receive").size() == 2; }));
  CHECK(other.get("/api/v1/staff/cases/" + resident.number.text()).status == 404);
  CHECK(office.get("/api/v1/staff/cases/" + resident.number.text()).status == 403);
}

TEST_CASE("a letter that waits for a centre which ends meanwhile arrives with its photograph, where the centre's keys are") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  const auto city_keys = folder.path() / "city-keys";
  LivingNode a(options.a);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto photo = photograph(100'000);
  const auto digest = crypto::digest(as_bytes(photo));
  REQUIRE(ask(a.port(), "PUT", "/api/v1/materials/" + to_hex(digest), "Content-Type: image/jpeg\r\n", photo).status == 201);
  auto application = draft();
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{digest, "image/jpeg", static_cast<std::uint32_t>(photo.size())}};
  const auto resident = submit_to(a.port(), sealed(std::move(application)));
  window.pass_on(resident);

  const auto now = platform::SystemClock{}.now();
  REQUIRE(server::retire_centre(options.a.directory, city_keys / "list.bin", city_keys / "directory.key", wujiaochang, CentreId("310110009"), now, now));
  for (const auto* node : {&options.a, &options.b})
    std::filesystem::copy_file(city_keys / "list.bin", node->data / "keys" / "list.bin", std::filesystem::copy_options::overwrite_existing);
  a.reload();
  LivingNode b(options.b);
  CHECK(eventually([&] { return resident.view().custodian == wujiaochang; }));
}

TEST_CASE("what goes to a centre whose successor another node serves goes to where its keys are, also what comes after its end") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  const auto city_keys = folder.path() / "city-keys";
  LivingNode a(options.a), b(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto resident = submit_to(a.port(), sealed());
  window.pass_on(resident);
  REQUIRE(eventually([&] { return resident.view().custodian == wujiaochang; }));

  // Quyang is served by a, where nobody has the keys of Wujiaochang.
  const auto now = platform::SystemClock{}.now();
  REQUIRE(server::retire_centre(options.a.directory, city_keys / "list.bin", city_keys / "directory.key", wujiaochang, quyang, now, now));
  for (const auto* node : {&options.a, &options.b})
    std::filesystem::copy_file(city_keys / "list.bin", node->data / "keys" / "list.bin", std::filesystem::copy_options::overwrite_existing);
  a.reload();
  b.reload();
  REQUIRE(resident.ask("POST", "/withdrawal", R"({"reason":"演示：不办了"})").status == 200);
  CHECK(eventually([&] { return resident.view().stage == Stage::Withdrawn; }));
}
