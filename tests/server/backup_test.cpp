// Backups of a living node, and what becomes of a node that is restored from yesterday's.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "server/node/backup.h"
#include "server/platform/clock.h"
#include "tests/fakes/manual_clock.h"
#include "tests/server/restored.h"
#include "tests/server/standard_error.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
namespace fs = std::filesystem;
using casework::Stage;

namespace {

Instant now() { return platform::SystemClock{}.now(); }

unsigned mode_of(const fs::path& path) {
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 0777;
}

/// Received, checked and sent on to B.
ResidentOf transferred(std::uint16_t port, const Desk& window, casework::Application application = draft()) {
  const auto resident = submit_to(port, sealed(std::move(application)));
  window.pass_on(resident);
  return resident;
}

std::string digest_of(const std::string& photo) { return to_hex(crypto::digest(as_bytes(photo))); }

void put(std::uint16_t port, const std::string& photo) {
  REQUIRE(ask(port, "PUT", "/api/v1/materials/" + digest_of(photo), "Content-Type: image/jpeg\r\n", photo).status == 201);
}

casework::Application with_photograph(std::uint16_t port, const std::string& photo) {
  auto application = draft();
  const auto digest = crypto::digest(as_bytes(photo));
  put(port, photo);
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{digest, "image/jpeg", static_cast<std::uint32_t>(photo.size())}};
  return application;
}

bool is_b(const ResidentOf& resident) { return resident.view().custodian == CentreId("310110019"); }

}  // namespace

TEST_CASE("a backup has its own octets of each material, and names those that have rotted on the disk; links only where asked for") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  const std::string whole = photograph(90'000), rotten = photograph(80'000);
  {
    LivingNode node(options);
    for (const auto& photo : {whole, rotten}) put(node.port(), photo);
  }
  const auto place = [](const fs::path& root, const std::string& photo) { return root / "materials" / digest_of(photo).substr(0, 2) / digest_of(photo); };
  {
    std::fstream file(place(options.data, rotten), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(50'000);
    file.put('!');
  }
  const auto as = [&](server::CopyAs materials, const char* name) {
    const auto made = server::back_up(options.data, folder.path() / name, server::WithKeys::Yes, now(), {}, materials);
    REQUIRE(made);
    CHECK(made->copied.materials == 1);
    CHECK(made->copied.damaged == std::vector<std::string>{digest_of(rotten)});
    CHECK_FALSE(fs::exists(place(folder.path() / name, rotten)));
    return fs::hard_link_count(place(folder.path() / name, whole));
  };
  CHECK(as(server::CopyAs::Copies, "copies") == 1);
  CHECK(as(server::CopyAs::Links, "links") == 2);
  // And what has rotted in the backup is not put back as if it were whole.
  {
    std::fstream file(place(folder.path() / "copies", whole), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(10);
    file.put('!');
  }
  const auto restored = server::restore(folder.path() / "copies", folder.path() / "restored");
  REQUIRE(restored);
  CHECK(restored->copied.damaged == std::vector<std::string>{digest_of(whole)});
  CHECK_FALSE(fs::exists(place(folder.path() / "restored", whole)));
}

TEST_CASE("a backup of a node under load is whole, private, and starts as the node it was") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  const auto backup = folder.path() / "backup";
  std::vector<ResidentOf> before;
  std::string password;
  {
    LivingNode node(options);
    password = node.password_of("quyang-window");
    before.push_back(submit_to(node.port(), sealed(with_photograph(node.port(), photograph(200'000)))));
    std::atomic<bool> stop{false};
    std::thread crowd([&] {
      while (!stop) submit_to(node.port(), sealed());
    });
    const auto made = server::back_up(options.data, backup, server::WithKeys::Yes, now());
    stop = true;
    crowd.join();
    REQUIRE(made);
    CHECK(made->copied.materials == 1);
    CHECK_FALSE(server::back_up(options.data, backup, server::WithKeys::No, now()));
  }
  CHECK(mode_of(backup) == 0700);
  CHECK(mode_of(backup / "tongban.db") == 0600);
  CHECK(mode_of(backup / "keys" / "centres.key") == 0600);

  auto restored = options;
  restored.data = folder.path() / "restored";
  REQUIRE(server::restore(backup, restored.data));
  CHECK_FALSE(server::restore(backup, restored.data));
  LivingNode node(restored);
  before[0].port = node.port();
  CHECK(before[0].view().stage == Stage::Submitted);
  REQUIRE(eventually([&] { return is_healed(restored.data); }));
  const Desk window(node.port(), "quyang-window", password);
  CHECK(window.list("to_receive").size() >= 1);
}

TEST_CASE("without its keys a backup is not restored into a folder that has none") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  { LivingNode node(options); }
  REQUIRE(server::back_up(options.data, folder.path() / "backup", server::WithKeys::No, now()));
  CHECK_FALSE(fs::exists(folder.path() / "backup" / "keys"));
  CHECK_FALSE(server::restore(folder.path() / "backup", folder.path() / "restored"));
  fs::create_directory(folder.path() / "restored");
  fs::copy(options.data / "keys", folder.path() / "restored" / "keys", fs::copy_options::recursive);
  CHECK(server::restore(folder.path() / "backup", folder.path() / "restored"));
}

TEST_CASE("a restore that fails midway leaves no database and no node that starts without one; done again, it is whole") {
  TemporaryFolder folder;
  const auto options = city(folder.path() / "data");
  const auto backup = folder.path() / "backup", kept = folder.path() / "kept.db";
  std::vector<ResidentOf> before;
  {
    LivingNode node(options);
    before.push_back(submit_to(node.port(), sealed()));
    REQUIRE(server::back_up(options.data, backup, server::WithKeys::Yes, now()));
  }
  fs::copy_file(backup / "tongban.db", kept);
  auto restored = options;
  restored.data = folder.path() / "restored";
  SUBCASE("while its rows are copied") { fs::resize_file(backup / "tongban.db", fs::file_size(kept) / 2); }
  SUBCASE("while its keys are copied") {
    fs::create_directories(restored.data / "keys");
    fs::create_directory(restored.data / "keys" / "city.pub.new");  // in the way of that one
  }
  CHECK_FALSE(server::restore(backup, restored.data));
  CHECK_FALSE(fs::exists(restored.data / "tongban.db"));
  const auto started = server::RunningNode::start(restored);
  REQUIRE_FALSE(started);
  CHECK(started.error().is(server::backup_errors::Unfinished));

  fs::copy_file(kept, backup / "tongban.db", fs::copy_options::overwrite_existing);
  fs::remove(restored.data / "keys" / "city.pub.new");
  REQUIRE(server::restore(backup, restored.data));
  CHECK_FALSE(fs::exists(restored.data / "tongban.db.coming"));
  for (const auto& key : fs::directory_iterator(backup / "keys")) CHECK(fs::exists(restored.data / "keys" / key.path().filename()));
  LivingNode node(restored);
  before[0].port = node.port();
  CHECK(before[0].view().stage == Stage::Submitted);
}

TEST_CASE("B, restored from yesterday's backup, learns from A what came since, and every case goes on") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls");
  const auto options = two_nodes(folder.path(), &authority);
  LivingNode a(options.a);
  auto b = std::make_unique<LivingNode>(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto password = b->password_of("wujiaochang-reviewer");
  const auto port = a.port();
  const auto reviewer = [&] { return Desk(options.b.port, "wujiaochang-reviewer", password); };
  const auto accept = [&](const ResidentOf& resident) { reviewer().act(resident.number, "accept"); };
  const auto decide = [&](const ResidentOf& resident) { reviewer().act(resident.number, "decide", R"({"outcome":"granted","text":"同意，演示决定"})"); };

  const auto yesterdays = transferred(port, window), waiting = submit_to(port, sealed());
  REQUIRE(eventually([&] { return is_b(yesterdays); }));
  REQUIRE(server::back_up(options.b.data, folder.path() / "backup", server::WithKeys::Yes, now()));

  accept(yesterdays);
  REQUIRE(eventually([&] { return yesterdays.view().stage == Stage::Accepted; }));
  const auto photo = photograph(90'000);
  const auto todays = transferred(port, window, with_photograph(port, photo)), decided = transferred(port, window);
  REQUIRE(eventually([&] { return is_b(todays) && is_b(decided); }));
  accept(decided);
  decide(decided);
  REQUIRE(eventually([&] { return decided.view().stage == Stage::Delivered; }));

  b.reset();
  fs::remove_all(options.b.data);
  REQUIRE(server::restore(folder.path() / "backup", options.b.data));
  b = std::make_unique<LivingNode>(options.b);
  REQUIRE(eventually([&] { return is_healed(options.b.data); }));

  CHECK(reviewer().list("done").size() == 1);
  CHECK(reviewer().get("/api/v1/staff/cases/" + todays.number.text() + "/materials/" + digest_of(photo)).body == photo);
  decide(yesterdays);
  accept(todays);
  decide(todays);
  for (const auto* resident : {&yesterdays, &todays}) CHECK(eventually([&] { return resident->view().stage == Stage::Delivered; }));
  CHECK(waiting.view().stage == Stage::Submitted);
}

TEST_CASE("what B's window took in comes back from A; what A has lost as well keeps nobody waiting, and is to be asked for again") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode a(options.a);
  auto b = std::make_unique<LivingNode>(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto password = b->password_of("wujiaochang-reviewer"), at_the_window = b->password_of("wujiaochang-window");
  const auto resident = transferred(a.port(), window);
  REQUIRE(eventually([&] { return is_b(resident); }));
  REQUIRE(server::back_up(options.b.data, folder.path() / "backup", server::WithKeys::Yes, now()));

  Desk(options.b.port, "wujiaochang-reviewer", password)
      .act(resident.number, "return", R"({"verdicts":[{"material":"m2","verdict":"missing","reason":"缺一页"}]})");
  const auto photo = photograph(70'000), another = photograph(60'000);
  put(options.b.port, photo);
  put(options.b.port, another);
  Desk(options.b.port, "wujiaochang-window", at_the_window)
      .act(resident.number, "supplement",
           R"({"materials":[{"material":"m2","way":"attached","attachments":[{"digest":")" + digest_of(photo) + R"(","media_type":"image/jpeg","size":70000},{"digest":")" +
               digest_of(another) + R"(","media_type":"image/jpeg","size":60000}]}]})");
  REQUIRE(eventually([&] { return resident.view().stage == Stage::AtDecider; }));

  b.reset();
  fs::remove_all(options.b.data);
  const auto name = digest_of(another);
  REQUIRE(fs::remove(options.a.data / "materials" / name.substr(0, 2) / name));
  REQUIRE(server::restore(folder.path() / "backup", options.b.data));
  b = std::make_unique<LivingNode>(options.b);
  REQUIRE(eventually([&] { return is_healed(options.b.data); }));
  const Desk reviewer(options.b.port, "wujiaochang-reviewer", password);
  const auto folder_of_the_case = "/api/v1/staff/cases/" + resident.number.text() + "/materials/";
  CHECK(reviewer.get(folder_of_the_case + digest_of(photo)).body == photo);
  const auto lost = reviewer.get(folder_of_the_case + name);
  CHECK(lost.status == 410);
  CHECK(lost.body.find("material.lost") != std::string::npos);
  reviewer.act(resident.number, "accept");
  reviewer.act(resident.number, "decide", R"({"outcome":"granted","text":"同意，演示决定"})");
  CHECK(eventually([&] { return resident.view().stage == Stage::Delivered; }));
}

TEST_CASE("a restored node can only be read until the others have told it what came since") {
  TemporaryFolder folder;
  auto options = two_nodes(folder.path()).b;
  std::string password;
  {
    LivingNode b(options);
    password = b.password_of("wujiaochang-reviewer");
    REQUIRE(server::back_up(options.data, folder.path() / "backup", server::WithKeys::Yes, now()));
  }
  fs::remove_all(options.data);
  REQUIRE(server::restore(folder.path() / "backup", options.data));
  const auto changing = [&] {
    return Desk(options.port, "wujiaochang-reviewer", password).post("/api/v1/staff/cases/TB0000/accept", "{}").status;
  };
  SUBCASE("A is away") {
    LivingNode b(options);
    // Whoever may read has to sign in, since the restore has signed everybody out.
    {
      const Desk reviewer(options.port, "wujiaochang-reviewer", password);
      CHECK(reviewer.list("to_review").empty());
      CHECK(changing() == 503);
      const auto answer = reviewer.post("/api/v1/staff/cases/TB0000/accept", "{}");
      CHECK(answer.status == 503);
      CHECK(answer.headers.contains("retry-after"));
      CHECK(answer.body.find("http.restoring") != std::string::npos);
      CHECK(ask(options.port, "DELETE", "/api/v1/staff/session", "Cookie: " + reviewer.cookie() + "\r\nTongban-Csrf: " + reviewer.csrf() + "\r\n").status == 204);
      CHECK(reviewer.get("/api/v1/staff/cases?list=to_review").status == 401);
    }
    CHECK(ask(options.port, "GET", "/api/v1/node").status == 200);
    CHECK_FALSE(is_healed(options.data));
  }
  SUBCASE("whom it asks in vain stands in its log, once, and in its metrics: here A, since this machine's clock is wrong") {
    LivingNode a(two_nodes(folder.path()).a);
    options.clock = std::make_shared<fakes::ManualClock>(now() + std::chrono::minutes(11));
    StandardError error;
    LivingNode b(options);
    const auto complaints = [&] {
      const auto said = error.said();
      std::size_t lines = 0;
      for (auto at = said.find("still restored only in part, since a has not told"); at != std::string::npos; at = said.find("still restored", at + 1)) ++lines;
      return lines;
    };
    REQUIRE(eventually([&] { return complaints() > 0; }));
    CHECK(error.said().find("recall.stale") != std::string::npos);
    CHECK(metric(b.port(), "tongban_healing_questions") > 0);
    std::this_thread::sleep_for(std::chrono::seconds(4));   // it has asked again meanwhile
    CHECK(complaints() == 1);
    CHECK_FALSE(is_healed(options.data));
  }
  SUBCASE("a backup made meanwhile is as old as the one before") {
    LivingNode b(options);
    const auto before = **server::restored_from(options.data);
    REQUIRE(server::back_up(options.data, folder.path() / "next", server::WithKeys::Yes, now() + std::chrono::hours(48)));
    REQUIRE(server::restore(folder.path() / "next", folder.path() / "other"));
    CHECK(**server::restored_from(folder.path() / "other") == before);
  }
  SUBCASE("A will not come back") {
    options.without = {NodeId("a")};
    LivingNode b(options);
    CHECK(eventually([&] { return is_healed(options.data); }));
    CHECK(changing() != 503);
  }
}
