// Desks: an attachment that this node cannot show, a reminder, and who sees counts only.
#include <doctest/doctest.h>

#include "shared/wire/json/problem.h"
#include "shared/wire/json/workload.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

Bytes octets(std::string_view text) { return Bytes(as_bytes(text).begin(), as_bytes(text).end()); }

casework::CaseView case_on_desk() {
  casework::CaseView view;
  view.number = CaseNumber("TB261124-DEM0DEM0");
  view.item = ItemId("s1");
  view.applicant = "演示甲";
  view.stage = casework::Stage::Received;
  view.received_by = view.custodian = view.holder = fakes::quyang;
  view.materials = {{"m1", casework::MaterialWay::Attached, {{.digest = {1}, .media_type = "image/jpeg", .size = 4096}}}};
  return view;
}

/// Signed in, with a case on the desk; each attachment is answered with `status` and `body`.
void open_case(FakeShell& shell, int status, const std::string& body) {
  shell.node = [status, body](const effect::Fetch& asked) {
    if (asked.url.ends_with("/session"))
      return event::Response{.status = 200, .headers = {}, .body = octets(R"({"account":"demo-window","name":"演示","role":"window","centre":"310109010","csrf":"abc"})")};
    if (asked.url.find("/materials/") != std::string::npos) return event::Response{.status = status, .headers = {}, .body = octets(body)};
    return event::Response{.status = 200, .headers = {}, .body = octets(wire::json::write_case_view(case_on_desk()))};
  };
  shell.open("/staff/case/TB261124-DEM0DEM0");
  REQUIRE(shell.model().staff.open);
  REQUIRE(shell.model().staff.open->view);
}

std::string attachment(const FakeShell& shell) {
  const StaffCase& open = *shell.model().staff.open;
  return open.address_of(open.view->materials.front().attachments.front());
}

}  // namespace

TEST_CASE("of an attachment that did not come the desk learns why from the node, until it is asked for again") {
  FakeShell shell;
  open_case(shell, 410, wire::json::write_problem({.status = 410, .code = "material.lost", .zh = "丢了", .en = "gone", .field = {}}));
  const std::string path = attachment(shell);
  shell.send(event::ImageFailed{path});
  const auto& unseen = shell.model().staff.open->unseen;
  REQUIRE(unseen.count(path) == 1);
  CHECK(unseen.at(path).zh == "丢了");
  CHECK(unseen.at(path).en == "gone");
  shell.want(intent::ShowAttachment{"0"});
  CHECK(unseen.empty());
}

TEST_CASE("an attachment that the node has after all, and a picture of anything else, is no fault") {
  FakeShell shell;
  open_case(shell, 200, "octets");
  const std::string path = attachment(shell);
  shell.send(event::ImageFailed{path});
  const auto asked = shell.requests.size();
  shell.send(event::ImageFailed{"/api/v1/staff/cases/TB261124-0THER000/materials/00"});
  CHECK(shell.requests.size() == asked);
  CHECK(shell.model().staff.open->unseen.empty());
}

TEST_CASE("a supervisor's desk asks for counts, and never for cases") {
  casework::Workload workload;
  workload.counts = {{fakes::quyang, casework::WorkList::InHand, 3, Instant{1'795'493'800'000}}};
  FakeShell shell;
  shell.node = [&](const effect::Fetch& asked) {
    if (asked.url.ends_with("/session"))
      return event::Response{.status = 200, .headers = {}, .body = octets(R"({"account":"demo","name":"演示","role":"supervisor","centre":"310109010","csrf":"abc"})")};
    CHECK(asked.url.find("/staff/cases") == std::string::npos);
    return event::Response{.status = 200, .headers = {}, .body = octets(wire::json::write_workload(workload))};
  };
  shell.open("/staff");
  REQUIRE(shell.model().staff.workload);
  CHECK(*shell.model().staff.workload == workload);
  workload.counts.front().cases = 4;
  shell.want(intent::RefreshList{});
  CHECK(*shell.model().staff.workload == workload);
}

TEST_CASE("a reminder goes to the node, and the sheet says that it did; with nothing to remind of, why not") {
  FakeShell shell;
  open_case(shell, 200, "");
  shell.want(intent::Remind{});
  CHECK(shell.requests.back() == "POST /api/v1/staff/cases/TB261124-DEM0DEM0/remind");
  CHECK(shell.model().staff.open->reminded);
  shell.node = [](const effect::Fetch&) {
    return event::Response{.status = 409, .headers = {}, .body = octets(wire::json::write_problem({.status = 409, .code = "remind.nothing", .zh = "没有要催的", .en = "Nothing waits", .field = {}}))};
  };
  shell.want(intent::Remind{});
  CHECK(shell.model().staff.open->fault_zh == "没有要催的");
  CHECK_FALSE(shell.model().staff.open->working);
}

}  // namespace tongban::app
