#include "tests/server/town.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "assets/compiler/compile.h"
#include "server/platform/clock.h"
#include "shared/catalogue/situation.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/staff.h"

namespace tongban::tests {
namespace fs = std::filesystem;
using casework::Stage;

namespace {

std::string source_folder() {
  const char* root = std::getenv("TONGBAN_SOURCE_DIR");
  return std::string(root ? root : ".") + "/assets/catalogue";
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "tongban-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

LivingNode::LivingNode(const server::NodeOptions& options) {
  auto started = server::RunningNode::start(options);
  if (!started) FAIL(std::string(started.error().code->name), " ", started.error().where, " ", started.error().detail);
  node_ = std::move(*started);
  thread_ = std::thread([this] { node_->run(); });
}

std::set<std::string> LivingNode::routes() const {
  const auto routes = node_->routes();
  return {routes.begin(), routes.end()};
}

void LivingNode::stop() {
  if (!node_) return;
  // What it would tell a monitor, for tests/server/watched.mjs.
  if (std::getenv("TONGBAN_TRACES")) leave_trace(tests::ask(port(), "GET", "/metrics").body);
  node_->stop();
  thread_.join();
  node_.reset();
}

std::string LivingNode::password_of(const std::string& account) const {
  for (const auto& made : node_->first_passwords())
    if (made.account.account == account) return made.password;
  return {};
}

server::NodeOptions city(const fs::path& data) {
  server::NodeOptions options;
  options.data = data;
  options.port = 0;
  options.catalogue_source = source_folder();
  options.limits.requests_per_second = 0;
  options.limits.submissions_per_minute = 0;
  return options;
}

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  ::bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
  ::close(fd);
  return ntohs(at.sin_port);
}

Pair two_nodes(const fs::path& folder, const Authority* over) {
  Pair pair{city(folder / "a"), city(folder / "b")};
  const auto directory = folder / "directory.bin";
  std::vector<server::TrialNode> places;
  for (auto [name, options] : {std::pair("a", &pair.a), std::pair("b", &pair.b)}) {
    options->name = NodeId(name);
    options->port = free_port();
    options->directory = directory;
    if (over) options->peers = server::PeerDoor{"127.0.0.1", free_port(), over->line(name)};
    places.push_back({options->name, over ? "https://127.0.0.1:" + std::to_string(options->peers->port)
                                          : "http://127.0.0.1:" + std::to_string(options->port)});
  }
  platform::SystemRandom random;
  REQUIRE(server::make_trial_directory(folder, places, pair.a.catalogue_source, directory, random, platform::SystemClock{}.now()));
  return pair;
}

const catalogue::Catalogue& real_catalogue() {
  static const auto compiled = [] {
    compiler::Faults faults;
    auto result = compiler::compile(source_folder(), faults);
    if (!result) FAIL(faults.text());
    return std::move(*result);
  }();
  return compiled.catalogue;
}

casework::Application draft(const std::string& name, const char* item_id) {
  static platform::SystemRandom random;
  const auto& item = *real_catalogue().find(ItemId(item_id));
  casework::Application application;
  application.submission_id = ports::fresh<SubmissionId>(random);
  application.item = item.id;
  application.catalogue_version = real_catalogue().version;
  application.received_by = CentreId("310109010");
  application.answers = catalogue::usual_answers(item);
  application.applicant = {name, "310110195001010029", "13800000000"};
  application.registration = TownshipCode("310110019");
  application.residence = TownshipCode("310109010");
  application.address = "演示路 1 号";
  application.statement = "演示申请";
  for (const auto* material : catalogue::needed_materials(item, application.answers).needed)
    application.materials.push_back({material->key, casework::MaterialWay::Bring, {}});
  return application;
}

usecases::Sealed sealed(casework::Application draft) {
  platform::SystemRandom random;
  auto result = usecases::seal_submission(std::move(draft), real_catalogue(), platform::SystemClock{}.now(), random);
  for (const auto& fault : result.faults) FAIL(fault.code->name, " ", fault.where);
  return std::move(*result.sealed);
}

std::string body_of(const usecases::Sealed& sealed) { return wire::json::write_application(sealed.application); }

std::string photograph(std::size_t octets) {
  std::string photo = "\xFF\xD8\xFF\xE0";
  std::uint32_t noise = static_cast<std::uint32_t>(octets);
  while (photo.size() < octets) photo.push_back(static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24));
  return photo;
}

std::string Upload::head(std::size_t offset, std::size_t end) const {
  return "PATCH " + path() + " HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nUpload-Offset: " + std::to_string(offset) +
         "\r\nUpload-Complete: " + (end == octets.size() ? "?1" : "?0") + "\r\nContent-Length: " + std::to_string(end - offset) + "\r\n\r\n";
}

Answer Upload::piece(std::size_t offset, std::size_t end) const {
  return tests::ask(port, head(offset, end) + octets.substr(offset, end - offset));
}

std::size_t Upload::kept() const {
  const auto answer = tests::ask(port, "HEAD", path());
  return answer.status == 200 ? octets.size() : std::stoul(answer.headers.at("upload-offset"));
}

Answer ResidentOf::ask(std::string_view method, const std::string& path, const std::string& body) const {
  return tests::ask(port, method, "/api/v1/cases/" + number.text() + path,
                    "Authorization: Tongban-Case " + casework::access_text(secret) + "\r\nContent-Type: application/json\r\n", body);
}

casework::CaseView ResidentOf::view() const {
  const auto answer = ask("GET");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  auto view = wire::json::read_case_view(answer.body);
  REQUIRE(view);
  return std::move(*view);
}

Desk::Desk(std::uint16_t port, const std::string& account, const std::string& password) : port_(port) {
  const auto answer = ask(port, "POST", "/api/v1/staff/session", "Content-Type: application/json\r\n", wire::json::write_sign_in({account, password}));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  const auto& set = answer.headers.at("set-cookie");
  cookie_ = set.substr(0, set.find(';'));
  csrf_ = wire::json::read_staff_session(answer.body)->csrf;
}

Answer Desk::get(const std::string& path) const { return ask(port_, "GET", path, "Cookie: " + cookie_ + "\r\n"); }

Answer Desk::post(const std::string& path, const std::string& body) const {
  return ask(port_, "POST", path, "Cookie: " + cookie_ + "\r\nTongban-Csrf: " + csrf_ + "\r\nContent-Type: application/json\r\n", body);
}

casework::CaseView Desk::act(const CaseNumber& number, const std::string& verb, const std::string& body) const {
  const auto answer = post("/api/v1/staff/cases/" + number.text() + "/" + verb, body);
  INFO(verb, ": ", answer.body);
  REQUIRE(answer.status == 200);
  auto view = wire::json::read_case_view(answer.body);
  REQUIRE(view);
  return std::move(*view);
}

void Desk::pass_on(const ResidentOf& resident) const {
  act(resident.number, "receive");
  act(resident.number, "check", all_fine(resident.view()));
  act(resident.number, "transfer");
}

std::vector<casework::WorkRow> Desk::list(const std::string& name) const {
  const auto answer = get("/api/v1/staff/cases?list=" + name);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return *wire::json::read_work_list(answer.body);
}

double metric(std::uint16_t port, const std::string& series) {
  const auto text = ask(port, "GET", "/metrics").body;
  const auto at = text.find('\n' + series + ' ');
  return at == std::string::npos ? -1 : std::stod(text.substr(at + series.size() + 2));
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

bool eventually(const std::function<bool()>& holds, std::chrono::seconds longest) {
  for (const auto until = std::chrono::steady_clock::now() + longest; std::chrono::steady_clock::now() < until;) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

std::string all_fine(const casework::CaseView& view) {
  std::string body = R"({"verdicts":[)";
  for (const auto& material : view.materials) {
    if (body.back() == '}') body += ',';
    body += R"({"material":")" + material.material + R"(","verdict":"fine"})";
  }
  return body + "]}";
}

ResidentOf submit_to(std::uint16_t port, const usecases::Sealed& sealed) {
  const auto answer = ask(port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(sealed));
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  const auto read = wire::json::read_submission_answer(answer.body);
  REQUIRE(read);
  CHECK(read->view.stage == Stage::Submitted);
  CHECK(!read->receipt.empty());
  return {port, read->view.number, sealed.secret};
}

void play_story(std::uint16_t a, const Desk& window, const Desk& reviewer) {
  const auto resident = submit_to(a, sealed());
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

}  // namespace tongban::tests
