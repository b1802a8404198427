#include <doctest/doctest.h>

#include "shared/casework/case_file.h"
#include "shared/usecases/work.h"
#include "tests/unit/usecases/town.h"

using namespace tongban;
namespace errors = tongban::usecases::step_errors;
namespace verb_errors = tongban::casework::verb_errors;

TEST_CASE_FIXTURE(Town, "a check looks at every needed material, and gives a reason for what is missing") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  CHECK(fails_with(act(Verb::Check, window_a, verdicts({{"m1", Verdict::Fine, ""}})), errors::CheckIncomplete));
  CHECK(fails_with(act(Verb::Check, window_a, verdicts({{"m1", Verdict::Fine, ""}, {"m3", Verdict::Missing, " "}})), errors::ReasonMissing));
  CHECK(fails_with(act(Verb::Check, window_a, verdicts({{"m9", Verdict::Fine, ""}})), errors::UnknownMaterial));
  CHECK(act(Verb::Check, window_a, all_fine()));
  CHECK(row(a).stage == Stage::Checked);
}

TEST_CASE_FIXTURE(Town, "a notice names everything that was found missing, once") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  (void)act(Verb::Check, window_a, verdicts({{"m1", Verdict::Missing, "过期"}, {"m3", Verdict::Missing, "缺首页"}}));
  CHECK(fails_with(act(Verb::Return, window_a), errors::NothingMissing));
  CHECK(fails_with(act(Verb::Return, window_a, verdicts({{"m3", Verdict::Missing, "缺首页"}})), errors::NotComplete));
  EventPayload notice = verdicts({{"m1", Verdict::Missing, "过期"}, {"m3", Verdict::Missing, "缺首页"}});
  notice.due = parse_date("2026-11-23");
  CHECK(fails_with(act(Verb::Return, window_a, notice), errors::DuePast));
  notice.due = parse_date("2026-12-01");
  CHECK(act(Verb::Return, window_a, notice));
  CHECK(row(a).missing == 2);
  CHECK(row(a).due->date == *parse_date("2026-12-01"));
}

TEST_CASE_FIXTURE(Town, "a resident supplies all that was asked for, a window what has come so far") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  (void)act(Verb::Return, window_a, verdicts({{"m1", Verdict::Missing, "过期"}, {"m3", Verdict::Missing, "缺首页"}}));
  CHECK(fails_with(act(Verb::Supplement, resident), errors::NothingSupplied));
  CHECK(fails_with(act(Verb::Supplement, resident, supply("m3")), errors::SupplyAll));
  CHECK(act(Verb::Supplement, window_a, supply("m3")));
  CHECK(row(a).stage == Stage::Received);
}

TEST_CASE_FIXTURE(Town, "a supplement that is sent again, since its answer was lost, changes nothing; after another return it counts") {
  const auto ask_for_m3 = [&] { REQUIRE(act(Verb::Return, window_a, verdicts({{"m3", Verdict::Missing, "缺首页"}}))); };
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  ask_for_m3();
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  REQUIRE(act(Verb::Check, window_a, all_fine()));
  const auto checked = row(a);
  clock.advance(std::chrono::minutes(2));
  const auto again = act(Verb::Supplement, resident, supply("m3"));
  REQUIRE(again);
  CHECK(again->after->row.stage == Stage::Checked);
  CHECK(row(a).event_count == checked.event_count);
  CHECK(row(a).last_event == checked.last_event);
  CHECK(act(Verb::Supplement, resident, supply("m1")));
  CHECK(row(a).event_count == checked.event_count + 1);
  ask_for_m3();
  CHECK(act(Verb::Supplement, resident, supply("m3")));
  CHECK(row(a).stage == Stage::Received);
  CHECK(row(a).event_count == checked.event_count + 3);
}

TEST_CASE_FIXTURE(Town, "B is found by the item's rule; by hand it takes a reason") {
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a, reason("", c)), errors::GiveReason));
  CHECK(fails_with(act(Verb::Transfer, window_a, reason("演示", CentreId("999"))), errors::NoSuchCentre));
  CHECK(fails_with(act(Verb::Transfer, window_a, reason("演示", a)), errors::SameCentre));
  CHECK(act(Verb::Transfer, window_a));
  CHECK(row(a).passing_to == b);
}

TEST_CASE_FIXTURE(Town, "without a rule's answer the window chooses") {
  application.registration = TownshipCode();
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a), errors::ChooseCentre));
  CHECK(act(Verb::Transfer, window_a, reason("户籍地外省，居住地在此", c)));
}

TEST_CASE_FIXTURE(Town, "where the mode isn't published the window chooses, with a reason") {
  application.item = ItemId("u1");
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a, reason("", b)), errors::GiveReason));
  CHECK(fails_with(act(Verb::Accept, reviewer_a), errors::GiveReason));
  CHECK(act(Verb::Accept, reviewer_a, reason("本中心可办")));
}

TEST_CASE_FIXTURE(Town, "a direct item is accepted, decided and handed over at A") {
  application.item = ItemId("d1");
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a), errors::DirectItem));
  CHECK(act(Verb::Accept, reviewer_a));
  CHECK(fails_with(act(Verb::Decide, reviewer_a), errors::TextMissing));
  CHECK(act(Verb::Decide, reviewer_a, decision()));
  CHECK(act(Verb::Deliver, window_a));
  CHECK(row(a).stage == Stage::Delivered);
  CHECK(office_a.store().find(key(a))->receipts.size() == 3);
  CHECK(office_a.store().waiting().empty());
}

TEST_CASE_FIXTURE(Town, "an item with outside review names the body, and is not transferred") {
  application.item = ItemId("o1");
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a), errors::OutsideItem));
  CHECK(fails_with(act(Verb::Accept, reviewer_a), errors::OutsideBody));
  EventPayload payload;
  payload.outside_body = "区残联";
  CHECK(act(Verb::Accept, reviewer_a, payload));
}

TEST_CASE_FIXTURE(Town, "what belongs to B is not accepted at A") {
  check_at_a();
  CHECK(fails_with(act(Verb::Accept, reviewer_a), errors::BelongsTo));
  application.registration = TownshipCode(a.text());
  application.submission_id = ports::fresh<SubmissionId>(random);
  check_at_a();
  CHECK(fails_with(act(Verb::Transfer, window_a), errors::SameCentre));
  CHECK(act(Verb::Accept, reviewer_a));
}

TEST_CASE_FIXTURE(Town, "a withdrawn case is closed") {
  check_at_a();
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
  CHECK(row(a).stage == Stage::Withdrawn);
  CHECK(fails_with(act(Verb::Transfer, window_a), verb_errors::Closed));
}

TEST_CASE_FIXTURE(Town, "a new secret opens the case, the lost one no more") {
  check_at_a();
  const auto renewed = usecases::renew_access(*office_a.store().find(key(a)), window_a, office_a.ground());
  REQUIRE(renewed);
  office_a.store().commit(renewed->effects.batch);
  CHECK(row(a).access == casework::access_hash(renewed->secret));
  CHECK(row(a).access != application.access_hash);
}

TEST_CASE_FIXTURE(Town, "the node's time never goes back within a case") {
  check_at_a();
  clock.advance(std::chrono::hours(-48));
  CHECK(act(Verb::Transfer, window_a));
  const auto view = usecases::view_case(*office_a.store().find(key(a)), window_a, office_a.ground());
  for (std::size_t i = 1; i < view->timeline.size(); ++i) CHECK(view->timeline[i - 1].at <= view->timeline[i].at);
}

TEST_CASE_FIXTURE(Town, "rows that were changed behind the rules' back are damage") {
  check_at_a();
  usecases::CaseRecord record = *office_a.store().find(key(a));
  record.events.erase(record.events.begin() + 1);
  CHECK_FALSE(usecases::receive_case(record, window_a, office_a.ground()));
  record = *office_a.store().find(key(a));
  record.row.application.back() ^= 1;
  record.row.content = crypto::digest(record.row.application);
  CHECK(fails_with(usecases::transfer_case(record, {}, window_a, office_a.ground()), wire::wire_errors::Chain));
}

TEST_CASE_FIXTURE(Town, "an octet that has turned in an application, a number or a receipt is damage, and not shown") {
  (void)office_a.submit(application);
  const usecases::CaseRecord sound = *office_a.store().find(key(a));
  const auto is_damage = [&](const usecases::CaseRecord& record) {
    return fails_with(usecases::view_case(record, resident, office_a.ground()), casework::case_file_errors::Damaged);
  };
  REQUIRE(usecases::view_case(sound, resident, office_a.ground()));
  usecases::CaseRecord turned = sound;
  turned.row.application[turned.row.application.size() - 40] ^= 1;
  CHECK(is_damage(turned));
  turned = sound;
  turned.row.number = CaseNumber("TB261124-0000000B");
  CHECK(is_damage(turned));
  turned = sound;
  turned.receipts[0].bytes.back() ^= 1;
  CHECK(is_damage(turned));
  turned = sound;
  turned.receipts.clear();
  CHECK(is_damage(turned));
}

TEST_CASE_FIXTURE(Town, "a case holds so much of what is supplied, and can be brought to its end all the same") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  auto supply_next = [&, count = 0]() mutable {
    clock.advance(std::chrono::minutes(1));
    EventPayload payload = supply("m3");
    payload.text = std::string(usecases::longest_text - 4, 'x') + std::to_string(1000 + count++);
    return act(Verb::Supplement, resident, payload);
  };
  int taken = 0;
  while (taken < 200 && supply_next()) ++taken;
  CHECK(taken > 50);
  CHECK(taken < 70);
  CHECK(fails_with(supply_next(), errors::CaseFull));
  CHECK(act(Verb::Check, window_a, all_fine()));
  CHECK(act(Verb::Transfer, window_a));
  post();
  CHECK(row(b).custodian == b);
  EventPayload refused = supply("m3");
  refused.text = std::string(usecases::longest_text, 'x');
  CHECK(fails_with(act(Verb::Supplement, resident, refused), errors::CaseFull));
  CHECK(act(Verb::Accept, reviewer_b));
  CHECK(act(Verb::Decide, reviewer_b, decision()));
  post();
  CHECK(row(a).stage == Stage::Delivered);
}

TEST_CASE_FIXTURE(Town, "what a centre may do again and again ends before a letter would be too large, and what ends the case does not") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  auto long_reasons = verdicts({{"m1", Verdict::Missing, std::string(usecases::longest_text, 'x')}, {"m3", Verdict::Missing, std::string(usecases::longest_text, 'y')}});
  int checks = 0;
  while (checks < 200 && act(Verb::Check, window_a, long_reasons)) ++checks;
  CHECK(checks > 50);
  CHECK(checks < 70);
  CHECK(fails_with(act(Verb::Check, window_a, long_reasons), errors::CaseFull));
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
}

TEST_CASE_FIXTURE(Town, "a text that its format could not keep whole is refused, and nothing is written") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  EventPayload payload = supply("m3");
  for (int i = 0; i < 30'000; ++i) payload.text += "长";
  CHECK(fails_with(act(Verb::Supplement, resident, payload), errors::TextTooLong));
  CHECK(fails_with(act(Verb::Withdraw, resident, reason(payload.text)), errors::TextTooLong));
  CHECK(fails_with(act(Verb::Check, window_a, verdicts({{"m1", Verdict::Fine, ""}, {"m3", Verdict::Missing, payload.text}})), errors::TextTooLong));
  CHECK(row(a).event_count == 2);
  CHECK(act(Verb::Check, window_a, all_fine()));
}
