#include <doctest/doctest.h>

#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/errors.h"
#include "shared/wire/json/node.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/staff.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/json/workload.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;
using namespace tongban::wire;
using casework::Verb;

namespace {

casework::CaseView view() {
  casework::CaseView one;
  one.number = CaseNumber("TB261124-0000000A");
  one.submission_id = samples::application().submission_id;
  one.item = ItemId("s1");
  one.applicant = "演**";
  one.stage = casework::Stage::Returned;
  one.received_by = one.custodian = samples::a;
  one.passing_to = samples::b;
  one.custody_since = one.arrived_at = one.changed_at = samples::moment;
  for (const casework::Event& event : samples::events()) {
    one.timeline.push_back({event.seq, event.kind, event.centre, event.actor, event.server_time, event.device_time, event.payload});
  }
  one.materials = samples::application().materials;
  one.verdicts = samples::full_payload(casework::EventKind::FormChecked).verdicts;
  one.open_return = samples::full_payload(casework::EventKind::Returned);
  one.decision = samples::full_payload(casework::EventKind::Decided);
  one.deadlines = {{casework::DeadlineKind::Supplement, *parse_date("2026-12-01"), true}};
  one.receipts = {{casework::ReceiptKind::Accepted, samples::moment, samples::b, Bytes{1, 2, 3}}};
  one.requests = {{casework::EventKind::Withdrawn, samples::moment, casework::RequestView::State::Refused, "verb.closed"}};
  one.verbs = {Verb::Read, Verb::Supplement};
  one.application = samples::application();
  one.asking = samples::b;
  one.holder = samples::a;
  one.proposed_decider = samples::b;
  return one;
}

bool fails_at(std::string_view text, const ErrorCode& code, std::string_view where) {
  const auto read = json::read_application(text);
  return !read && read.error().is(code) && read.error().where == where;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("what a window files is an application, and may name beside it the centre that the resident had chosen") {
  json::WalkIn walk_in{samples::application(), {}};
  CHECK(json::write_walk_in(walk_in) == json::write_application(samples::application()));
  walk_in.chosen = samples::b;
  const std::string text = json::write_walk_in(walk_in);
  const auto read = json::read_walk_in(text);
  REQUIRE(read);
  CHECK(read->application == walk_in.application);
  CHECK(read->chosen == samples::b);
  CHECK(json::read_application(text).error().where == "/chosen");
}

TEST_CASE("an application goes through JSON unchanged, so that both sides digest the same") {
  const casework::Application application = samples::application();
  const auto read = json::read_application(json::write_application(application));
  REQUIRE(read);
  CHECK(*read == application);
  CHECK(content_digest(*read) == content_digest(application));
}

TEST_CASE("a case, a submission's answer and a work list go through JSON unchanged") {
  CHECK(*json::read_case_view(json::write_case_view(view())) == view());
  const json::SubmissionAnswer answer{view(), Bytes{9, 8, 7}};
  CHECK(*json::read_submission_answer(json::write_submission_answer(answer)) == answer);
  casework::WorkRow row;
  row.holder = samples::a;
  row.number = CaseNumber("TB1");
  row.item = ItemId("s1");
  row.applicant = "演示甲";
  row.received_by = row.custodian = samples::a;
  row.due = casework::Deadline{casework::DeadlineKind::Transfer, *parse_date("2026-11-25"), false};
  row.missing = 2;
  CHECK(*json::read_work_list(json::write_work_list({row, row})) == std::vector<casework::WorkRow>{row, row});
}

TEST_CASE("a workload goes through JSON unchanged, with and without letters that wait") {
  casework::Workload workload;
  workload.counts = {{samples::a, casework::WorkList::InHand, 3, samples::moment}, {samples::b, casework::WorkList::Travelling, 1, samples::moment}};
  CHECK(*json::read_workload(json::write_workload(workload)) == workload);
  workload.late = {{samples::a, samples::b, 2, samples::moment}};
  workload.missing = {{samples::b, samples::a, 1, {}}};
  CHECK(*json::read_workload(json::write_workload(workload)) == workload);
}

TEST_CASE("a session, a problem and a node go through JSON unchanged") {
  const casework::StaffSession session{"window-a", "演示窗口", casework::Role::Window, samples::a, "token"};
  CHECK(*json::read_staff_session(json::write_staff_session(session)) == session);
  const json::Problem problem = json::problem_of(Error(json_errors::Missing, "/item", "for operators"), 400);
  CHECK(*json::read_problem(json::write_problem(problem)) == problem);
  CHECK(json::write_problem(problem).find("for operators") == std::string::npos);
  const json::NodeAnswer node{NodeId("a"), "0.1.0", {samples::a, samples::b}, 7, samples::moment};
  CHECK(*json::read_node(json::write_node(node)) == node);
}

TEST_CASE("every fault of a body says where it is") {
  const std::string good = json::write_application(samples::application());
  CHECK(fails_at("{", json_errors::NotJson, ""));
  CHECK(fails_at("[]", json_errors::WrongType, ""));
  CHECK(fails_at(with(good, "\"item\":\"s1\"", "\"item\":5"), json_errors::WrongType, "/item"));
  CHECK(fails_at(with(good, "\"item\":\"s1\",", ""), json_errors::Missing, "/item"));
  CHECK(fails_at(with(good, "\"item\"", "\"extra\":1,\"item\""), json_errors::Unknown, "/extra"));
  CHECK(fails_at(with(good, "\"item\"", "\"item\":\"s1\",\"item\""), json_errors::Unknown, "/item"));
  CHECK(fails_at(with(good, "\"catalogue_version\":7", "\"catalogue_version\":-7"), json_errors::BadValue, "/catalogue_version"));
  CHECK(fails_at(with(good, "\"way\":\"attached\"", "\"way\":\"by_post\""), json_errors::BadValue, "/materials/0/way"));
  CHECK(fails_at(with(good, "\"size\":5", "\"size\":\"5\""), json_errors::WrongType, "/materials/0/attachments/0/size"));
  CHECK(fails_at(with(good, "演示路", "\xFF\xFE"), json_errors::NotJson, ""));
  CHECK(fails_at(with(good, "演示路", std::string(9000, 'x')), json_errors::TooLarge, "/address"));
  CHECK(fails_at(with(good, "演示路", "\\u0000"), json_errors::BadValue, "/address"));
}

TEST_CASE("half a character is refused, in a text or a name, and a whole one, a backslash before a letter u, or a first half's own digits are not") {
  const auto reason_of = [](const std::string& text) { return json::read_verb_body(Verb::Withdraw, "{\"reason\":\"" + text + "\"}"); };
  const auto is_no_json = [](const auto& read) { return !read && read.error().is(json_errors::NotJson); };
  for (const auto* half : {"\\uDC00", "\\udfff", "a\\uDDb1b", "\\uD83D\\uDE00\\uDE00", "\\n\\uDeAd", "\\\\\\uDC00"}) CHECK(is_no_json(reason_of(half)));
  for (const auto* half : {"\\uD83D", "\\uD83D\\uD83D", "\\uD83Dx"}) CHECK(is_no_json(reason_of(half)));
  CHECK(is_no_json(json::read_verb_body(Verb::Withdraw, R"({"\uDC00":"x"})")));
  CHECK(reason_of("\\uD83D\\uDE00")->reason == "\xF0\x9F\x98\x80");
  CHECK(reason_of("\\\\uDC00")->reason == "\\uDC00");
  CHECK(reason_of("\\u00DCDC")->reason == "\xC3\x9C" "DC");
}

TEST_CASE("a hundred thousand open brackets are refused without harm") {
  CHECK(json::read_application(std::string(100'000, '[')).error().is(json_errors::NotJson));
}

TEST_CASE("a verb reads its own members and no others") {
  for (const Verb verb : {Verb::Check, Verb::Return, Verb::Transfer, Verb::Accept, Verb::NotOurs, Verb::Decide, Verb::Supplement,
                          Verb::Withdraw, Verb::MoveOriginals}) {
    static const std::map<Verb, casework::EventKind> kinds{
        {Verb::Check, casework::EventKind::FormChecked},       {Verb::Return, casework::EventKind::Returned},
        {Verb::Transfer, casework::EventKind::Transferred},    {Verb::Accept, casework::EventKind::Accepted},
        {Verb::NotOurs, casework::EventKind::NotOurs},         {Verb::Decide, casework::EventKind::Decided},
        {Verb::Supplement, casework::EventKind::Supplemented}, {Verb::Withdraw, casework::EventKind::Withdrawn},
        {Verb::MoveOriginals, casework::EventKind::OriginalsMoved}};
    const casework::EventPayload payload = samples::full_payload(kinds.at(verb));
    const auto read = json::read_verb_body(verb, json::write_verb_body(verb, payload));
    REQUIRE(read);
    CHECK(*read == payload);
  }
  CHECK(json::read_verb_body(Verb::Receive, ""));
  CHECK(json::read_verb_body(Verb::Receive, "{\"to\":\"x\"}").error().is(json_errors::Unknown));
  CHECK(json::read_verb_body(Verb::Decide, "{}").error().where == "/outcome");
}
