// One node, spoken to over HTTP: what is refused, how, and that nothing is stored half.
#include <doctest/doctest.h>

#include <regex>
#include <set>

#include <zstd.h>

#include "shared/wire/json/case_view.h"
#include "shared/wire/json/node.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/staff.h"
#include "tests/server/description.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

constexpr const char* json_type = "Content-Type: application/json\r\n";

/// One node for all tests of this file that leave it as they found it.
LivingNode& shared_node() {
  static TemporaryFolder folder;
  static LivingNode node(city(folder.path()));
  return node;
}

const Desk& window() {
  static const Desk desk(shared_node().port(), "quyang-window", shared_node().password_of("quyang-window"));
  return desk;
}

Answer submit(const std::string& body) { return ask(shared_node().port(), "POST", "/api/v1/submissions", json_type, body); }

/// A problem with that code and a sentence in both languages.
void check_problem(const Answer& answer, int status, const std::string& code) {
  INFO(answer.body);
  CHECK(answer.status == status);
  CHECK(answer.headers.at("content-type") == "application/problem+json; charset=utf-8");
  const auto problem = wire::json::read_problem(answer.body);
  REQUIRE(problem);
  CHECK(problem->code == code);
  CHECK(problem->status == status);
  CHECK(!problem->zh.empty());
  CHECK(!problem->en.empty());
  CHECK(problem->zh.find("{}") == std::string::npos);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::size_t cases_at_the_window() { return window().list("to_receive").size(); }

}  // namespace

TEST_CASE("each kind of bad submission has its own problem, and nothing of it is stored") {
  const auto before = cases_at_the_window();
  const auto good = body_of(sealed());
  check_problem(submit("{\"item\":"), 400, "json.syntax");
  check_problem(submit(replaced(good, "\"i109\"", "109")), 400, "json.type");
  check_problem(submit(replaced(good, "{", "{\"colour\":\"red\",")), 400, "json.unknown");
  check_problem(submit(replaced(good, "\"i109\"", "\"i999\"")), 422, "item.unknown");
  const auto number = sealed().application.applicant.identity_number;
  auto wrong = number;
  wrong[17] = wrong[17] == '1' ? '2' : '1';
  check_problem(submit(replaced(good, number, wrong)), 422, "identity.checksum");
  check_problem(submit(replaced(good, "\"m1\"", "\"m7\"")), 422, "material.not_asked");
  check_problem(submit(std::string(300'000, ' ')), 413, "http.too_large");
  check_problem(ask(shared_node().port(), "POST", "/api/v1/submissions", "Content-Type: text/plain\r\n", good), 415, "http.unsupported_type");
  auto with_photo = draft();
  with_photo.materials[0].way = casework::MaterialWay::Attached;
  with_photo.materials[0].attachments = {{crypto::digest(as_bytes("never uploaded")), "image/jpeg", 14}};
  check_problem(submit(body_of(sealed(with_photo))), 409, "submission.file_lacking");
  CHECK(cases_at_the_window() == before);
}

TEST_CASE("the same submission again gives the same receipt, other content gives 409") {
  const auto one = sealed();
  const auto first = submit(body_of(one)), second = submit(body_of(one));
  CHECK(first.status == 201);
  CHECK(second.status == 200);
  CHECK(wire::json::read_submission_answer(first.body)->receipt == wire::json::read_submission_answer(second.body)->receipt);
  auto other = one.application;
  other.statement = "另一件事";
  check_problem(submit(replaced(body_of(one), "演示申请", "另一件事")), 409, "submission.content_differs");
}

TEST_CASE("sixty-four simultaneous posts of one id give one case and one receipt") {
  const auto before = cases_at_the_window();
  const auto body = body_of(sealed());
  std::vector<std::thread> crowd;
  std::vector<Answer> answers(64);
  for (std::size_t i = 0; i < answers.size(); ++i) crowd.emplace_back([&, i] { answers[i] = submit(body); });
  for (auto& one : crowd) one.join();
  int created = 0;
  for (const auto& answer : answers) {
    CHECK((answer.status == 200 || answer.status == 201));
    created += answer.status == 201 ? 1 : 0;
    CHECK(wire::json::read_submission_answer(answer.body)->receipt == wire::json::read_submission_answer(answers[0].body)->receipt);
  }
  CHECK(created == 1);
  CHECK(cases_at_the_window() == before + 1);
}

TEST_CASE("an unknown number and a wrong secret can't be told apart, and guessing is slowed down") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto one = sealed();
  const auto answer = ask(node.port(), "POST", "/api/v1/submissions", json_type, body_of(one));
  ResidentOf resident{node.port(), wire::json::read_submission_answer(answer.body)->view.number, one.secret};
  CHECK(resident.view().stage == casework::Stage::Submitted);
  auto thief = resident;
  thief.secret[0] ^= 1;
  auto lost = resident;
  lost.number = CaseNumber("TB000101-0000000");
  const auto wrong = thief.ask("GET"), unknown = lost.ask("GET");
  check_problem(wrong, 404, "case.denied");
  CHECK(wrong.status == unknown.status);
  CHECK(wrong.body == unknown.body);
  for (int i = 0; i < 4; ++i) thief.ask("GET");
  check_problem(thief.ask("GET"), 429, "http.too_many");
}

TEST_CASE("materials are stored by digest, once, and only of the kinds that are taken") {
  const auto port = shared_node().port();
  const std::string pdf = "%PDF-1.7 a demonstration";
  const auto path = [](std::string_view octets) { return "/api/v1/materials/" + to_hex(crypto::digest(as_bytes(octets))); };
  CHECK(ask(port, "HEAD", path(pdf)).status == 204);
  CHECK(ask(port, "HEAD", "/api/v1/materials/xyz").status == 404);
  CHECK(ask(port, "PUT", path(pdf), {}, pdf).status == 201);
  CHECK(ask(port, "PUT", path(pdf), {}, pdf).status == 200);
  CHECK(ask(port, "HEAD", path(pdf)).status == 200);
  check_problem(ask(port, "PUT", path("other"), {}, pdf), 422, "material.digest");
  check_problem(ask(port, "PUT", path("<script>alert"), {}, "<script>alert"), 415, "material.type");
  check_problem(ask(port, "PUT", "/api/v1/materials/xyz", {}, pdf), 404, "material.unknown");
  CHECK(ask(port, "GET", path(pdf)).status == 405);
  const std::string half = "PUT " + path("%PDF-half") + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n%PDF-";
  RawClient(port).send(half).drop();
  CHECK(ask(port, "HEAD", path("%PDF-half")).headers.at("upload-offset") == "0");
}

TEST_CASE("staff need an account, a token for changes, and the right centre") {
  const auto port = shared_node().port();
  check_problem(ask(port, "GET", "/api/v1/staff/session"), 401, "staff.sign_in_needed");
  check_problem(ask(port, "GET", "/api/v1/staff/cases"), 401, "staff.sign_in_needed");
  check_problem(ask(port, "POST", "/api/v1/staff/session", json_type, wire::json::write_sign_in({"quyang-window", "wrong"})), 401, "staff.sign_in_wrong");
  check_problem(ask(port, "POST", "/api/v1/staff/session", json_type, wire::json::write_sign_in({"nobody", "wrong"})), 401, "staff.sign_in_wrong");
  const auto number = wire::json::read_submission_answer(submit(body_of(sealed())).body)->view.number;
  const auto at = "/api/v1/staff/cases/" + number.text();
  check_problem(ask(port, "POST", at + "/receive", "Cookie: " + window().cookie() + "\r\nContent-Type: application/json\r\n", "{}"), 403, "staff.csrf");
  const Desk stranger(port, "wujiaochang-window", shared_node().password_of("wujiaochang-window"));
  check_problem(stranger.get(at), 404, "case.unknown");
  const Desk office(port, "city-office", shared_node().password_of("city-office"));
  check_problem(office.get(at), 403, "staff.role_forbidden");
  check_problem(office.get("/api/v1/staff/cases"), 403, "staff.role_forbidden");
  const auto counts = office.get("/api/v1/staff/counts");
  CHECK(counts.status == 200);
  CHECK(counts.body.find("310109010") != std::string::npos);
  CHECK(counts.body.find("TB") == std::string::npos);
  CHECK(window().get("/api/v1/staff/cases/TB261124-XXXXXXX").status == 404);
  check_problem(window().post(at + "/decide", R"({"outcome":"granted","text":"x"})"), 403, "verb.role");
  window().act(number, "receive");
  check_problem(window().post(at + "/receive", "{}"), 409, "verb.state");
}

TEST_CASE("wrong passwords are slowed down, also for the right one") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const auto sign_in = [&](const std::string& password) {
    return ask(node.port(), "POST", "/api/v1/staff/session", json_type, wire::json::write_sign_in({"city-office", password}));
  };
  for (int i = 0; i < 3; ++i) CHECK(sign_in("wrong").status == 401);
  const auto slowed = sign_in(node.password_of("city-office"));
  CHECK(slowed.status == 429);
  CHECK(slowed.headers.count("retry-after") == 1);
}

TEST_CASE("a session ends when it is ended") {
  const auto port = shared_node().port();
  const Desk desk(port, "quyang-supervisor", shared_node().password_of("quyang-supervisor"));
  CHECK(desk.get("/api/v1/staff/session").status == 200);
  CHECK(ask(port, "DELETE", "/api/v1/staff/session", "Cookie: " + desk.cookie() + "\r\nTongban-Csrf: " + desk.csrf() + "\r\n").status == 204);
  CHECK(desk.get("/api/v1/staff/session").status == 401);
}

TEST_CASE("a window begins the case of somebody who prepared nothing") {
  auto one = sealed(draft("演示乙"));
  const auto answer = window().post("/api/v1/staff/cases", body_of(one));
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  const auto begun = wire::json::read_submission_answer(answer.body);
  CHECK(begun->view.stage == casework::Stage::Received);
  const auto renewed = window().post("/api/v1/staff/cases/" + begun->view.number.text() + "/renew_access", "{}");
  CHECK(renewed.status == 200);
  CHECK(renewed.body.size() == std::string(R"({"secret":"1234567890123456789012"})").size());
}

TEST_CASE("what was acknowledged is there after a restart") {
  TemporaryFolder folder;
  auto options = city(folder.path());
  const auto one = sealed();
  CaseNumber number;
  std::string password;
  {
    LivingNode node(options);
    password = node.password_of("quyang-window");
    const auto answer = ask(node.port(), "POST", "/api/v1/submissions", json_type, body_of(one));
    REQUIRE(answer.status == 201);
    number = wire::json::read_submission_answer(answer.body)->view.number;
  }
  LivingNode node(options);
  CHECK(node.password_of("quyang-window").empty());
  CHECK(ResidentOf{node.port(), number, one.secret}.view().number == number);
  CHECK(Desk(node.port(), "quyang-window", password).list("to_receive").size() == 1);
}

TEST_CASE("the catalogue, its keys and the node's own words are served") {
  const auto port = shared_node().port();
  const auto snapshot = ask(port, "GET", "/catalogue/current.snap");
  CHECK(snapshot.status == 200);
  CHECK(snapshot.headers.at("tongban-catalogue") == std::to_string(real_catalogue().version));
  CHECK(ask(port, "GET", "/catalogue/current.snap", "If-None-Match: " + snapshot.headers.at("etag") + "\r\n").status == 304);
  CHECK(ask(port, "GET", "/catalogue/keys.json").body.find("\"root\":") != std::string::npos);
  CHECK(ask(port, "GET", "/catalogue/pinyin.bin").status == 200);
  CHECK(ask(port, "GET", "/catalogue/delta/1-2").status == 404);
  CHECK(ask(port, "GET", "/catalogue/delta/..%2f..%2fkeys%2fcity.key").status == 404);
  const auto node = wire::json::read_node(ask(port, "GET", "/api/v1/node").body);
  REQUIRE(node);
  CHECK(node->centres.size() == real_catalogue().centres.size());
  CHECK(ask(port, "GET", "/healthz").status == 200);
  CHECK(ask(port, "GET", "/readyz").status == 200);
}

TEST_CASE("the list of keys and the pinyin go packed to a browser that can unpack them, and are the same") {
  const auto port = shared_node().port();
  for (const std::string path : {"/catalogue/keys.json", "/catalogue/pinyin.bin"}) {
    const auto plain = ask(port, "GET", path);
    const auto packed = ask(port, "GET", path, "Accept-Encoding: gzip, br, zstd\r\n");
    REQUIRE(packed.status == 200);
    CHECK(packed.headers.at("content-encoding") == "zstd");
    CHECK(packed.body.size() * 4 < plain.body.size() * 3);
    std::string unpacked(plain.body.size(), '\0');
    CHECK(ZSTD_decompress(unpacked.data(), unpacked.size(), packed.body.data(), packed.body.size()) == plain.body.size());
    CHECK(unpacked == plain.body);
    // A form is not another one unchanged.
    CHECK(packed.headers.at("etag") != plain.headers.at("etag"));
    CHECK(packed.headers.at("vary") == "Accept-Encoding");
    CHECK(plain.headers.count("content-encoding") == 0);
    CHECK(ask(port, "GET", path, "Accept-Encoding: zstd\r\nIf-None-Match: " + packed.headers.at("etag") + "\r\n").status == 304);
  }
  CHECK(ask(port, "GET", "/catalogue/current.snap", "Accept-Encoding: zstd\r\n").headers.count("content-encoding") == 0);
}

TEST_CASE("metrics count answers by route and never by what was asked for") {
  const auto port = shared_node().port();
  ask(port, "GET", "/api/v1/cases/TB261124-7K3QF9WH");
  const auto metrics = ask(port, "GET", "/metrics").body;
  CHECK(metrics.find("route=\"/api/v1/cases/{}\"") != std::string::npos);
  CHECK(metrics.find("tongban_outbox_waiting") != std::string::npos);
  CHECK(metrics.find("TB261124") == std::string::npos);
}

TEST_CASE("every operation of the description answers, with a status that it lists") {
  const auto port = shared_node().port();
  const auto operations = operations_of(ask(port, "GET", "/api/v1/openapi.yaml").body);
  CHECK(operations.size() >= 24);
  for (auto [method, path, statuses] : operations) {
    path = std::regex_replace(path, std::regex("\\{digest\\}"), std::string(64, '0'));
    path = std::regex_replace(path, std::regex("\\{number\\}"), "TB261124-7K3QF9WH");
    path = std::regex_replace(path, std::regex("\\{verb\\}"), "receive");
    path = std::regex_replace(path, std::regex("\\{step\\}"), "1-2");
    CAPTURE(method);
    CAPTURE(path);
    const auto answer = ask(port, method, path, method == "POST" ? json_type : "", "");
    CAPTURE(answer.status);
    CHECK(statuses.contains(answer.status));
  }
}
