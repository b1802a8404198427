// A centre that was restored from a backup, and what its peers tell it.
#include <doctest/doctest.h>

#include "shared/usecases/recollect.h"
#include "shared/usecases/work.h"
#include "tests/unit/usecases/answers.h"

using namespace tongban;
using wire::AnswerKind;
namespace errors = tongban::usecases::step_errors;

namespace {

/// B's disk is lost, the backup takes its place, and A tells what came since.
void restore_b(Town& town, const fakes::MemoryStore& backup) {
  town.office_b.store() = backup;
  town.office_b.heal(true);
  REQUIRE(town.office_a.commit(usecases::recollect(*town.office_a.store().find(town.key(town.a)), town.b, town.office_a.ground())));
  town.post();
  town.office_b.heal(false);
  town.post();
}

}  // namespace

TEST_CASE_FIXTURE(Town, "B, restored from an older backup, learns from A what it has lost, and goes on as if nothing had been") {
  const auto yesterday = [&] { return office_b.store(); };
  const auto heal = [&](const fakes::MemoryStore& backup) {
    office_b.store() = backup;
    office_b.heal(true);
    const auto letters = office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground()));
    REQUIRE(letters);
    post();
    office_b.heal(false);
    post();
    CHECK(row(b).last_event == row(a).last_event);
    CHECK(row(b).custodian == row(a).custodian);
    CHECK(row(b).access == row(a).access);
  };
  SUBCASE("the whole case, undecided") {
    const auto backup = yesterday();
    transfer_to_b();
    CHECK(act(Verb::Accept, reviewer_b));
    post();
    heal(backup);
    CHECK(act(Verb::Decide, reviewer_b, decision()));
  }
  SUBCASE("the end of it") {
    transfer_to_b();
    const auto backup = yesterday();
    CHECK(act(Verb::Accept, reviewer_b));
    post();
    heal(backup);
    CHECK(act(Verb::Decide, reviewer_b, decision()));
  }
  SUBCASE("a supplement that B took and told nobody about is sent once more") {
    transfer_to_b();
    CHECK(act(Verb::Return, reviewer_b, verdicts({{"m1", Verdict::Missing, "缺一页"}})));
    post();
    const auto backup = yesterday();
    CHECK(act(Verb::Supplement, resident, supply("m1")));
    const auto request = office_a.store().waiting().front();
    CHECK(office_a.settle(request.id, office_b.commit(office_b.receive(request.bytes))->answer));
    heal(backup);
    CHECK(row(b).missing == 0);
    CHECK(act(Verb::Accept, reviewer_b));
    CHECK(act(Verb::Decide, reviewer_b, decision()));
  }
  post();
  CHECK(row(a).stage == Stage::Delivered);
  CHECK(row(b).last_event == row(a).last_event);
  CHECK(office_b.store().find(key(b))->receipts.size() == 3);
}

TEST_CASE_FIXTURE(Town, "a restored centre that has meanwhile written something else refuses to be told otherwise, visibly") {
  transfer_to_b();
  const auto backup = office_b.store();
  CHECK(act(Verb::Accept, reviewer_b));
  post();
  office_b.store() = backup;
  clock.advance(std::chrono::minutes(1));
  CHECK(act(Verb::Return, reviewer_b, verdicts({{"m1", Verdict::Missing, "缺一页"}})));
  const auto recollection = office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground()));
  REQUIRE(recollection);
  const auto letter = recollection->batch.outbox.front();
  office_b.heal(true);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(letter.bytes))).kind == AnswerKind::Refused);
}

TEST_CASE_FIXTURE(Town, "a copy that is damaged at the restored centre is refused for good, so that it keeps no other waiting") {
  transfer_to_b();
  const auto recollection = office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground()));
  REQUIRE(recollection);
  auto record = *office_b.store().find(key(b));
  record.row.application.back() ^= 1;
  usecases::MailState state;
  state.record = record;
  state.healing = true;
  const auto mail = usecases::open_mail(recollection->batch.outbox.front().bytes, office_b.ground());
  REQUIRE(mail);
  const auto taken = usecases::receive_mail(*mail, state, office_b.ground());
  REQUIRE(taken);
  CHECK(taken->batch.inbox.size() == 1);
  const auto answer = answer_of(*this, b, taken);
  CHECK(answer.kind == AnswerKind::Refused);
  CHECK(usecases::contradicts(wire::LetterKind::Recollection, answer));
}

TEST_CASE_FIXTURE(Town, "asked again and again a peer keeps one letter of each case under way, and that one heals") {
  const auto backup = office_b.store();
  transfer_to_b();
  office_b.store() = backup;
  for (int times = 0; times < 3; ++times)
    REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  CHECK(office_a.store().waiting().size() == 1);
  office_b.heal(true);
  post();
  CHECK(row(b).last_event == row(a).last_event);
}

TEST_CASE_FIXTURE(Town, "a letter that was missing when the backup was made is missing no longer once the restored centre has been told") {
  transfer_to_b();
  REQUIRE(act(Verb::Supplement, resident, supply("m1")));
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  const auto waiting = office_a.store().waiting();
  REQUIRE(waiting.size() == 2);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(waiting.back().bytes))).kind == AnswerKind::Held);
  const auto gap = [&] { return office_b.store().find(key(b))->lanes.front().gap; };
  REQUIRE(gap());
  const auto backup = office_b.store();
  post();
  CHECK_FALSE(gap());
  office_b.store() = backup;
  office_b.heal(true);
  REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  post();
  CHECK_FALSE(gap());
}

TEST_CASE_FIXTURE(Town, "only a centre that is being restored takes recollections, and it takes other letters later") {
  transfer_to_b();
  const auto recollection = office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground()));
  REQUIRE(recollection);
  const auto unasked = answer_of(*this, b, office_b.receive(recollection->batch.outbox.front().bytes));
  CHECK(unasked.kind == AnswerKind::Refused);
  CHECK(unasked.code == errors::Unasked.name);
  CHECK(act(Verb::Accept, reviewer_b));
  const auto progress = office_b.store().waiting().front();
  office_a.heal(true);
  const auto healing = answer_of(*this, a, office_a.receive(progress.bytes));
  CHECK(healing.kind == AnswerKind::Later);
  CHECK(healing.code == errors::Healing.name);
  office_a.heal(false);
  CHECK(answer_of(*this, a, office_a.receive(progress.bytes)).kind == AnswerKind::Taken);
}

TEST_CASE_FIXTURE(Town, "A, which has forgotten a case altogether, gets it back from B, with the very receipt that it once gave") {
  const auto before = office_a.store();
  transfer_to_b();
  const auto given = office_a.store().find(key(a))->receipts;
  REQUIRE(given.size() == 1);
  office_a.store() = before;
  office_a.heal(true);
  REQUIRE(office_b.commit(usecases::recollect(*office_b.store().find(key(b)), a, office_b.ground())));
  post();
  office_a.heal(false);
  CHECK(office_a.store().find(key(a))->receipts == given);
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground()));
}

TEST_CASE_FIXTURE(Town, "a decision that B has forgotten, and A knows, is delivered once B has been told everything") {
  transfer_to_b();
  CHECK(act(Verb::Accept, reviewer_b));
  post();
  const auto backup = office_b.store();
  CHECK(act(Verb::Decide, reviewer_b, decision()));
  CHECK(office_a.commit(office_a.receive(office_b.store().waiting().front().bytes)));
  office_b.store() = backup;
  office_b.heal(true);
  REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  post();
  CHECK(row(b).stage == Stage::Decided);
  office_b.heal(false);
  REQUIRE(office_b.commit(usecases::resume(*office_b.store().find(key(b)), std::nullopt, office_b.ground())));
  post();
  CHECK(row(b).stage == Stage::Delivered);
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(Town, "a decision that C has forgotten, and only B knows, is told to A although an older letter still waits for it") {
  const Actor reviewer_c{Role::Reviewer, c, "reviewer-c"};
  const auto tell = [this](fakes::Office& from, const CentreId& of, const CentreId& to) {
    office(to).heal(true);
    REQUIRE(from.commit(usecases::recollect(*from.store().find(key(of)), to, from.ground())));
    const auto recollection = from.store().waiting().back();
    CHECK(answer_of(*this, to, office(to).commit(office(to).receive(recollection.bytes))).kind == AnswerKind::Taken);
    office(to).heal(false);
  };
  transfer_to_b();
  CHECK(act(Verb::NotOurs, reviewer_b, reason("户籍已迁到友谊路", c)));
  post();
  CHECK(act(Verb::Transfer, window_a, reason("户籍已迁到友谊路", c)));
  post();
  CHECK(act(Verb::Accept, reviewer_c));
  const auto backup = office_c.store();
  REQUIRE(backup.waiting().size() == 1);
  CHECK(act(Verb::Decide, reviewer_c, decision()));
  tell(office_c, c, b);
  office_c.store() = backup;
  tell(office_b, b, c);
  CHECK(row(c).stage == Stage::Decided);
  REQUIRE(office_c.commit(usecases::resume(*office_c.store().find(key(c)), std::nullopt, office_c.ground())));
  post();
  CHECK(row(a).stage == Stage::Delivered);
  CHECK(row(c).last_event == row(a).last_event);
}

TEST_CASE_FIXTURE(Town, "nobody is reminded of a copy that has ended as a duplicate") {
  transfer_to_b();
  REQUIRE(check_at_c());
  CHECK(act(Verb::Transfer, window_c, reason("转五角场", b)));
  post();
  REQUIRE(row(c).stage == Stage::Duplicate);
  const auto reminder = usecases::recollect(*office_c.store().find(key(c)), b, office_c.ground());
  REQUIRE(reminder);
  CHECK(reminder->batch.empty());
}

TEST_CASE_FIXTURE(Town, "what a resident handed in at a copy that has ended goes once more to the centre that took it and lost its disk") {
  transfer_to_b();
  REQUIRE(check_at_c());
  CHECK(act(Verb::Transfer, window_c, reason("转五角场", b)));
  CHECK(act(Verb::Supplement, window_c, supply("m3")));
  const auto letters = office_c.store().waiting();
  REQUIRE(letters.size() == 2);
  const auto backup = office_b.store();
  const auto duplicate = office_b.commit(office_b.receive(letters[0].bytes)), taken = office_b.commit(office_b.receive(letters[1].bytes));
  CHECK(answer_of(*this, b, taken).kind == AnswerKind::Taken);
  REQUIRE(office_c.settle(letters[1].id, taken->answer));
  REQUIRE(office_c.settle(letters[0].id, duplicate->answer));
  REQUIRE(row(c).stage == Stage::Duplicate);
  // C itself, restored, says of none of them that it was refused.
  const auto resumed = usecases::resume(*office_c.store().find(key(c)), std::nullopt, office_c.ground());
  REQUIRE(resumed);
  CHECK(resumed->batch.empty());

  office_b.store() = backup;
  const auto before = row(b).event_count;
  REQUIRE(office_c.commit(usecases::recollect(*office_c.store().find(key(c)), b, office_c.ground())));
  const auto again = office_c.store().waiting();
  REQUIRE(again.size() == 1);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(again[0].bytes))).kind == AnswerKind::Taken);
  CHECK(row(b).event_count == before + 1);
}

TEST_CASE_FIXTURE(Town, "a supplement that B had already when it came again is not sent once more after a restore, and answers nothing that was asked for since") {
  transfer_to_b();
  const auto ask_for_m3 = [&] {
    clock.advance(std::chrono::minutes(2));
    REQUIRE(act(Verb::Return, reviewer_b, verdicts({{"m3", Verdict::Missing, "缺首页"}})));
  };
  ask_for_m3();
  post();
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  clock.advance(std::chrono::minutes(2));
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  REQUIRE(office_a.store().waiting().size() == 1);   // the first one brings it
  post();
  ask_for_m3();
  post();
  SUBCASE("of the centre that had sent it") {
    const auto resumed = usecases::resume(*office_a.store().find(key(a)), std::nullopt, office_a.ground());
    REQUIRE(resumed);
    CHECK(resumed->batch.empty());
  }
  SUBCASE("of the centre that had it") {
    office_b.heal(true);
    REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
    post();
    office_b.heal(false);
    post();
  }
  SUBCASE("of one that is to be told something that was answered since then") {
    clock.advance(std::chrono::minutes(2));
    const auto before = office_b.store();
    REQUIRE(act(Verb::Supplement, resident, supply("m3")));
    post();
    CHECK(row(b).stage != Stage::Returned);
    restore_b(*this, before);
    CHECK(row(b).stage != Stage::Returned);
    return;
  }
  CHECK(row(b).stage == Stage::Returned);
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground())->requests.empty());
}

TEST_CASE_FIXTURE(Town, "a paper that is handed in again after another one took its place is no repetition to a restored centre") {
  const auto supplies = [&](const std::string& material) {
    clock.advance(std::chrono::minutes(1));
    REQUIRE(act(Verb::Supplement, resident, supply(material)));
  };
  const auto times_in_history = [&](const CentreId& holder, const std::string& material) {
    const auto file = usecases::Work::open(*office(holder).store().find(key(holder)), office(holder).ground())->file();
    return std::count_if(file.events.begin(), file.events.end(), [&](const casework::Event& event) {
      return event.kind == EventKind::Supplemented && event.payload.materials == supply(material).materials;
    });
  };
  check_at_a();
  supplies("m1");
  supplies("m3");
  SUBCASE("while the wish waits") {
    CHECK(act(Verb::Check, window_a, all_fine()));
    CHECK(act(Verb::Transfer, window_a));
    post();
    const auto backup = office_b.store();
    supplies("m1");
    restore_b(*this, backup);
  }
  SUBCASE("while the other one waits before it") {
    clock.advance(std::chrono::minutes(1));
    REQUIRE(act(Verb::Check, window_a, all_fine()));
    REQUIRE(act(Verb::Transfer, window_a));
    post();
    supplies("m1");
    post();
    const auto backup = office_b.store();
    supplies("m3");
    supplies("m1");
    restore_b(*this, backup);
    CHECK(times_in_history(a, "m1") == 3);
    CHECK(times_in_history(b, "m1") == 3);
    CHECK(times_in_history(b, "m3") == 2);
    return;
  }
  SUBCASE("when it was taken and forgotten") {
    CHECK(act(Verb::Check, window_a, all_fine()));
    CHECK(act(Verb::Transfer, window_a));
    post();
    const auto backup = office_b.store();
    supplies("m1");
    const auto request = office_a.store().waiting().front();
    REQUIRE(office_a.settle(request.id, office_b.commit(office_b.receive(request.bytes))->answer));
    restore_b(*this, backup);
  }
  CHECK(times_in_history(a, "m1") == 2);
  CHECK(times_in_history(b, "m1") == 2);
}

TEST_CASE_FIXTURE(Town, "a paper that answers a notice is no repetition, though the notice's centre had a clock that was ahead") {
  transfer_to_b();
  clock.advance(std::chrono::minutes(1));
  REQUIRE(act(Verb::Supplement, resident, supply("m1")));
  post();
  clock.advance(std::chrono::hours(1));
  REQUIRE(act(Verb::Return, reviewer_b, verdicts({{"m1", Verdict::Missing, "看不清"}})));
  clock.advance(-std::chrono::minutes(50));
  post();
  REQUIRE(row(a).stage == Stage::Returned);
  const auto backup = office_b.store();
  REQUIRE(act(Verb::Supplement, resident, supply("m1")));
  restore_b(*this, backup);
  CHECK(row(b).missing == 0);
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(Town, "a file that A and B have both lost keeps nobody waiting, and one that A has is still sent") {
  const auto photo = crypto::digest(as_bytes("photo")), added = crypto::digest(as_bytes("added at B"));
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{photo, "image/jpeg", 5}};
  office_a.put_file(photo);
  transfer_to_b();
  const auto backup = office_b.store();
  office_b.put_file(added);
  EventPayload payload;
  payload.materials = {{"m3", casework::MaterialWay::Attached, {{added, "image/jpeg", 10}}}};
  REQUIRE(act(Verb::Supplement, window_b, payload));
  post();
  office_a.lose_files();
  office_a.put_file(photo);
  office_b.store() = backup;
  office_b.lose_files();
  office_b.heal(true);
  REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  const auto letter = office_a.store().waiting().front();
  const auto lacking = answer_of(*this, b, office_b.commit(office_b.receive(letter.bytes)));
  CHECK(lacking.lacking == std::vector{photo});
  office_b.put_file(photo);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(letter.bytes))).kind == AnswerKind::Taken);
  CHECK(row(b).last_event == row(a).last_event);
  CHECK(*usecases::count_lost_files(*office_b.store().find(key(b)), office_b.ground()) == 1);

  // Nor when the case goes on without it.
  office_b.heal(false);
  CHECK(act(Verb::NotOurs, reviewer_b, reason("户籍已迁到友谊路", c)));
  post();
  CHECK(act(Verb::Transfer, window_a, reason("户籍已迁到友谊路", c)));
  const auto onwards = office_a.store().waiting().front();
  CHECK(answer_of(*this, c, office_c.commit(office_c.receive(onwards.bytes))).lacking == std::vector{photo});
  office_c.put_file(photo);
  CHECK(answer_of(*this, c, office_c.commit(office_c.receive(onwards.bytes))).kind == AnswerKind::Taken);
}

TEST_CASE_FIXTURE(Town, "a withdrawal that B took and forgot goes there once more, even when A has forgotten that B asked for it") {
  transfer_to_b();
  const auto before = office_b.store();
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
  // B has been restored once before: the wish goes by a second letter.
  office_b.heal(true);
  REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  office_b.heal(false);
  const auto taken = office_a.store().waiting().back();
  REQUIRE(taken.kind == wire::LetterKind::Request);
  const auto answer = office_b.commit(office_b.receive(taken.bytes));
  REQUIRE(answer);
  REQUIRE(office_a.settle(taken.id, answer->answer));
  const auto backup = office_a.store();

  office_b.store() = before;  // what it took has not been told to A
  office_b.heal(true);
  REQUIRE(office_a.commit(usecases::recollect(*office_a.store().find(key(a)), b, office_a.ground())));
  const auto recollections = office_a.store().waiting();
  const auto told = *std::find_if(recollections.rbegin(), recollections.rend(), [](const auto& one) { return one.kind == wire::LetterKind::Recollection; });
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(told.bytes))).kind == AnswerKind::Taken);
  office_b.heal(false);

  office_a.store() = backup;  // with the letter that would have repeated the wish
  office_a.heal(true);
  REQUIRE(office_b.commit(usecases::recollect(*office_b.store().find(key(b)), a, office_b.ground())));
  post();
  office_a.heal(false);
  REQUIRE(office_a.commit(usecases::resume(*office_a.store().find(key(a)), std::nullopt, office_a.ground())));
  post();
  CHECK(row(b).stage == Stage::Withdrawn);
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground())->requests.empty());
}

TEST_CASE_FIXTURE(Town, "who was merely thought to be responsible is told nothing; who had the case before is told by whoever has it now") {
  transfer_to_b();
  CHECK(act(Verb::NotOurs, reviewer_b, reason("户籍已迁到友谊路", c)));
  post();
  for (fakes::Office* office : {&office_a, &office_b}) {
    const CentreId holder = office == &office_a ? a : b;
    const auto told = usecases::recollect(*office->store().find(key(holder)), c, office->ground());
    REQUIRE(told);
    CHECK(told->batch.empty());
  }
  CHECK(act(Verb::Transfer, window_a, reason("户籍已迁到友谊路", c)));
  post();
  const auto told = usecases::recollect(*office_c.store().find(key(c)), b, office_c.ground());
  REQUIRE(told);
  CHECK(told->batch.outbox.size() == 1);
}
