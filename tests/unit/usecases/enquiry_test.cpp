// An application that is carried to C's window, though its resident had sealed it for A and may have sent it there.
#include <doctest/doctest.h>

#include "shared/base/octets.h"
#include "shared/usecases/recollect.h"
#include "shared/usecases/work.h"
#include "tests/unit/usecases/answers.h"

using namespace tongban;
using wire::AnswerKind;
using wire::LetterKind;
namespace errors = tongban::usecases::step_errors;

namespace {

struct Carried : Town {
  Actor reviewer_c{Role::Reviewer, c, "reviewer-c"};

  Carried() { application.item = ItemId("d1"); }
  /// As its window seals it again.
  casework::Application sheet_of(const CentreId& centre) const {
    casework::Application sheet = application;
    sheet.received_by = centre;
    return sheet;
  }
  Expected<usecases::Effects> carry_to_c() { return office_c.walk_in(sheet_of(c), window_c, a); }
  usecases::OutboxRow enquiry() { return office_c.store().waiting().at(0); }
  /// What A says of C's letter that waits first; C has not heard it yet.
  wire::Answer said_by_a() { return answer_of(*this, a, office_a.commit(office_a.receive(enquiry().bytes))); }
  /// A's copy, which another window's was found to be the same as.
  void end_as_duplicate_of(const CentreId& other) {
    const auto ground = office_a.ground();
    auto work = usecases::Work::open(*office_a.store().find(key(a)), ground);
    REQUIRE(work);
    EventPayload payload;
    payload.to = other;
    CHECK(work->add(EventKind::DuplicateFound, usecases::node_actor, payload));
    office_a.store().commit(std::move(*work).finish().batch);
  }
  void decide_at_c() {
    CHECK(act(Verb::Check, window_c, all_fine()));
    CHECK(act(Verb::Accept, reviewer_c, reason("演示")));
    CHECK(act(Verb::Decide, reviewer_c, decision()));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Carried, "A, which has nothing, lets C go on, and from then on sends whoever brings the same to C") {
  REQUIRE(carry_to_c());
  CHECK(enquiry().kind == LetterKind::Enquiry);
  post();
  decide_at_c();
  const auto late = office_a.submit(application);
  REQUIRE(fails_with(late, errors::Elsewhere));
  CHECK(late.error().zh() == "这份申请已经交到友谊路街道，请到那里办");
  CHECK(fails_with(office_a.walk_in(application, window_a), errors::Elsewhere));
  CHECK(office_a.store().rows().empty());
}

TEST_CASE_FIXTURE(Carried, "A, to which it had been sent, goes on, and C's copy ends and says so") {
  REQUIRE(office_a.submit(application));
  REQUIRE(carry_to_c());
  CHECK(act(Verb::Return, window_c, verdicts({{"m3", Verdict::Missing, "缺首页"}})));
  post();
  CHECK(row(c).stage == Stage::Duplicate);
  CHECK(row(c).missing == 0);
  const auto view = usecases::view_case(*office_c.store().find(key(c)), window_c, office_c.ground());
  CHECK(view->duplicate_of == a);
  CHECK_FALSE(view->open_return);
  CHECK(row(a).stage == Stage::Submitted);
  CHECK_FALSE(office_a.store().find_claim(application.submission_id));
}

TEST_CASE_FIXTURE(Carried, "until A has answered C neither accepts nor passes on, says whom it asks, and does all else") {
  SUBCASE("what is handled directly") {}
  SUBCASE("what the window decides about") { application.item = ItemId("u1"); }
  REQUIRE(carry_to_c());
  CHECK(act(Verb::Return, window_c, verdicts({{"m3", Verdict::Missing, "缺首页"}})));
  CHECK(act(Verb::Supplement, window_c, supply("m3")));
  CHECK(act(Verb::Check, window_c, all_fine()));
  const auto accepted = act(Verb::Accept, reviewer_c, reason("演示"));
  REQUIRE(fails_with(accepted, errors::StillAsking));
  CHECK(accepted.error().zh().find("曲阳路街道") != std::string::npos);
  CHECK(fails_with(act(Verb::Transfer, window_c, reason("演示", b)), errors::StillAsking));
  const auto view = usecases::view_case(*office_c.store().find(key(c)), reviewer_c, office_c.ground());
  CHECK(view->asking == a);
  CHECK(std::find(view->verbs.begin(), view->verbs.end(), Verb::Accept) == view->verbs.end());
  CHECK(usecases::view_case(*office_c.store().find(key(c)), resident, office_c.ground())->asking.empty());
  post();
  CHECK(act(Verb::Accept, reviewer_c, reason("演示")));
  CHECK(usecases::view_case(*office_c.store().find(key(c)), reviewer_c, office_c.ground())->asking.empty());
}

TEST_CASE_FIXTURE(Carried, "a withdrawal doesn't wait for A, and A's answer changes nothing about it") {
  REQUIRE(office_a.submit(application));
  REQUIRE(carry_to_c());
  CHECK(act(Verb::Withdraw, window_c, reason("不办了")));
  post();
  CHECK(row(c).stage == Stage::Withdrawn);
  CHECK(office_c.store().waiting().empty());
}

TEST_CASE_FIXTURE(Carried, "nobody is asked about what was not carried, was sealed for C itself, or goes to the one decider whom the rule names") {
  SUBCASE("not carried") { CHECK(office_c.walk_in(sheet_of(c), window_c)); }
  SUBCASE("for C itself") { CHECK(office_c.walk_in(sheet_of(c), window_c, c)); }
  SUBCASE("for a centre that the directory doesn't have") { CHECK(office_c.walk_in(sheet_of(c), window_c, fakes::dapuqiao)); }
  SUBCASE("to the rule's decider") {
    application.item = ItemId("s1");
    CHECK(carry_to_c());
  }
  CHECK(office_c.store().waiting().empty());
}

TEST_CASE_FIXTURE(Carried, "sent to the very centre that has it from a window to decide, it is refused with that window's name") {
  application.item = ItemId("s1");
  application.received_by = b;
  REQUIRE(office_c.walk_in(sheet_of(c), window_c, b));
  CHECK(act(Verb::Check, window_c, all_fine()));
  CHECK(act(Verb::Transfer, window_c));
  post();
  REQUIRE(row(b).custodian == b);
  const auto late = office_b.submit(application);
  REQUIRE(fails_with(late, errors::Elsewhere));
  CHECK(late.error().zh() == "这份申请已经交到友谊路街道，请到那里办");
  CHECK(fails_with(office_b.walk_in(application, window_b), errors::Elsewhere));
}

TEST_CASE_FIXTURE(Carried, "of an item whose rule leaves the decider open, as of one who lives outside, A is asked") {
  application.item = ItemId("s1");
  application.registration = {};
  REQUIRE(carry_to_c());
  CHECK(office_c.store().waiting().size() == 1);
}

TEST_CASE_FIXTURE(Carried, "a copy of A's that was withdrawn lets C go on; one that ended as a duplicate names who has it") {
  REQUIRE(office_a.submit(application));
  SUBCASE("withdrawn") {
    CHECK(act(Verb::Withdraw, resident, reason("到窗口办")));
    REQUIRE(carry_to_c());
    CHECK(said_by_a().kind == AnswerKind::Taken);
    REQUIRE(office_b.walk_in(sheet_of(b), window_b, a));
    post();
    CHECK(row(b).stage == Stage::Duplicate);
  }
  SUBCASE("a duplicate of B's") {
    end_as_duplicate_of(b);
    REQUIRE(carry_to_c());
    const auto said = said_by_a();
    CHECK(said.kind == AnswerKind::Duplicate);
    CHECK(said.other == b);
  }
  SUBCASE("a duplicate of C's own, which was restored and asks again") {
    end_as_duplicate_of(c);
    REQUIRE(carry_to_c());
    CHECK(said_by_a().kind == AnswerKind::Taken);
  }
}

TEST_CASE_FIXTURE(Carried, "of two windows the one whose question came first goes on, and asked once more A says the same") {
  REQUIRE(office_b.walk_in(sheet_of(b), window_b, a));
  REQUIRE(carry_to_c());
  post();
  CHECK(row(b).stage == Stage::Received);
  CHECK(row(c).stage == Stage::Duplicate);
  office_b.store() = {};
  clock.advance(std::chrono::minutes(1));
  REQUIRE(office_b.walk_in(sheet_of(b), window_b, a));
  post();
  CHECK(row(b).stage == Stage::Received);
  CHECK(office_b.store().waiting().empty());
}

TEST_CASE_FIXTURE(Carried, "of two windows that ask each other one goes on, whichever is heard first") {
  const auto asks = [&] {
    REQUIRE(carry_to_c());
    REQUIRE(office_a.walk_in(sheet_of(a), window_a, c));
  };
  SUBCASE("by the post") {
    asks();
    post();
  }
  SUBCASE("A's question first") {
    asks();
    const auto letter = office_a.store().waiting().at(0);
    CHECK(office_a.settle(letter.id, office_c.commit(office_c.receive(letter.bytes))->answer));
    post();
  }
  SUBCASE("both before either is answered") {
    asks();
    const auto of_a = office_a.store().waiting().at(0), of_c = enquiry();
    const auto to_a = office_c.commit(office_c.receive(of_a.bytes)), to_c = office_a.commit(office_a.receive(of_c.bytes));
    CHECK(office_a.settle(of_a.id, to_a->answer));
    CHECK(office_c.settle(of_c.id, to_c->answer));
  }
  CHECK(row(a).stage == Stage::Received);
  CHECK(row(c).stage == Stage::Duplicate);
}

TEST_CASE_FIXTURE(Carried, "another centre of A's node that has it counts as A") {
  fakes::Office both({a, b}, catalogue, directory, clock, random);
  REQUIRE(both.walk_in(sheet_of(b), window_b, a));
  CHECK(both.store().waiting().empty());
  REQUIRE(carry_to_c());
  const auto effects = both.commit(both.receive(enquiry().bytes));
  const auto said = answer_of(*this, a, effects);
  CHECK(said.kind == AnswerKind::Duplicate);
  CHECK(said.other == b);
}

TEST_CASE_FIXTURE(Carried, "a transfer of the same application waits until C knows whether its own copy lives on, so that one of the two does") {
  application.item = ItemId("u1");
  REQUIRE(office_a.submit(application));
  CHECK(act(Verb::Receive, window_a));
  CHECK(act(Verb::Check, window_a, all_fine()));
  CHECK(act(Verb::Transfer, window_a, reason("演示", c)));
  REQUIRE(carry_to_c());
  const auto transfer = office_a.store().waiting().at(0);
  const auto early = answer_of(*this, c, office_c.commit(office_c.receive(transfer.bytes)));
  CHECK(early.kind == AnswerKind::Later);
  CHECK(early.code == errors::StillAsking.name);
  post();
  CHECK(row(c).stage == Stage::Duplicate);
  CHECK(row(a).stage == Stage::Misdirected);
  CHECK(row(a).custodian == a);
}

TEST_CASE_FIXTURE(Carried, "an enquiry has no place in the order of letters, and carries nothing of the application") {
  application.item = ItemId("u1");
  REQUIRE(carry_to_c());
  const auto sent = enquiry();
  const auto inside = *wire::open_letter(*wire::read_envelope(sent.bytes), office_a.keys());
  CHECK(inside.application.empty());
  CHECK(inside.events.empty());
  CHECK(inside.receipts.empty());
  post();
  CHECK(act(Verb::Check, window_c, all_fine()));
  CHECK(act(Verb::Transfer, window_c, reason("演示", a)));
  const auto transfer = *wire::open_letter(*wire::read_envelope(enquiry().bytes), office_a.keys());
  CHECK(transfer.seq == 0);
  post();
  CHECK(row(a).custodian == a);
}

TEST_CASE_FIXTURE(Carried, "a node of before, which can't read the question, keeps C from nothing") {
  REQUIRE(carry_to_c());
  const auto sent = enquiry();
  wire::Answer malformed;   // as it says of a kind that it doesn't know
  malformed.kind = AnswerKind::Refused;
  malformed.envelope = sent.id;
  malformed.digest = crypto::digest(sent.bytes);
  malformed.by = a;
  malformed.code = wire::envelope_errors::Malformed.name;
  REQUIRE(office_c.settle(sent.id, *wire::write_answer(malformed, office_a.keys())));
  decide_at_c();
}

TEST_CASE_FIXTURE(Carried, "A, restored from before it let C go on, is told so before it takes anything in") {
  const auto backup = office_a.store();
  REQUIRE(carry_to_c());
  post();
  decide_at_c();
  office_a.store() = backup;
  office_a.heal(true);
  const auto told = office_c.commit(usecases::recollect(*office_c.store().find(key(c)), a, office_c.ground()));
  REQUIRE(told);
  REQUIRE(told->batch.outbox.size() == 1);
  CHECK(told->batch.outbox[0].kind == LetterKind::Claim);
  post();
  office_a.heal(false);
  CHECK(office_c.store().waiting().empty());
  CHECK(row(c).stage == Stage::Decided);
  CHECK(fails_with(office_a.submit(application), errors::Elsewhere));
}

TEST_CASE_FIXTURE(Carried, "A, restored from before its own copy was withdrawn and C let go on, ends that copy and goes on with nothing") {
  REQUIRE(office_a.submit(application));
  const auto backup = office_a.store();
  CHECK(act(Verb::Withdraw, resident, reason("到窗口办")));
  REQUIRE(carry_to_c());
  post();
  decide_at_c();
  office_a.store() = backup;
  office_a.heal(true);
  REQUIRE(office_c.commit(usecases::recollect(*office_c.store().find(key(c)), a, office_c.ground())));
  post();
  office_a.heal(false);
  const auto claim = office_a.store().find_claim(application.submission_id);
  REQUIRE(claim);
  REQUIRE(office_a.commit(usecases::resume(*office_a.store().find(key(a)), claim, office_a.ground())));
  CHECK(row(a).stage == Stage::Duplicate);
  CHECK(row(c).stage == Stage::Decided);
}

TEST_CASE_FIXTURE(Carried, "while A is being restored it answers a new question later, since its own copy may be among what it has forgotten") {
  REQUIRE(carry_to_c());
  office_a.heal(true);
  const auto said = said_by_a();
  CHECK(said.kind == AnswerKind::Later);
  CHECK(said.code == errors::Healing.name);
  const auto told = usecases::recollect(*office_c.store().find(key(c)), a, office_c.ground());
  CHECK(told->batch.empty());
}

TEST_CASE_FIXTURE(Carried, "C, which has forgotten A's answer and is told by B that it went on, tells A so") {
  application.item = ItemId("u1");
  REQUIRE(carry_to_c());
  const auto before_the_answer = office_c.store();
  post();
  CHECK(act(Verb::Check, window_c, all_fine()));
  CHECK(act(Verb::Transfer, window_c, reason("演示", b)));
  post();
  office_c.store() = before_the_answer;
  office_c.heal(true);
  REQUIRE(office_b.commit(usecases::recollect(*office_b.store().find(key(b)), c, office_b.ground())));
  for (const auto& letter : office_b.store().waiting()) CHECK(office_b.settle(letter.id, office_c.commit(office_c.receive(letter.bytes))->answer));
  REQUIRE(row(c).custodian == b);
  const auto told = usecases::recollect(*office_c.store().find(key(c)), a, office_c.ground());
  REQUIRE(told);
  REQUIRE(told->batch.outbox.size() == 1);
  CHECK(told->batch.outbox[0].kind == LetterKind::Claim);
}
