#include <doctest/doctest.h>

#include <algorithm>

#include "shared/base/octets.h"
#include "shared/usecases/work.h"
#include "shared/wire/receipt.h"
#include "shared/wire/event.h"
#include "tests/unit/usecases/answers.h"

using namespace tongban;
using wire::AnswerKind;
namespace errors = tongban::usecases::step_errors;

namespace {
/// Where the number of its format stands in any octets of ours: behind the magic.
constexpr std::size_t format_at = 4;

/// An envelope around octets that our own code would not write.
Bytes envelope_of(Town& town, const EnvelopeId& id, const CentreId& from, const CentreId& to, ByteView letter) {
  const auto& keys = town.office(from).keys();
  Writer writer;
  writer.raw(as_bytes("TBEN")).u16(1).raw(id.octets).text(from.text()).text(to.text()).raw(*keys.signing_key_id(from));
  writer.blob(*crypto::seal(town.directory.find(to, {0})->sealing, letter, town.random));
  const auto signature = keys.sign(from, writer.bytes());
  return std::move(writer.raw(*signature)).bytes();
}
}  // namespace

TEST_CASE_FIXTURE(Town, "a case goes to B, is decided, and A and B have the same timeline and receipts") {
  transfer_to_b();
  CHECK(row(a).custodian == b);
  CHECK(row(b).list == casework::WorkList::ToReview);
  CHECK(act(Verb::Accept, reviewer_b));
  CHECK(act(Verb::Decide, reviewer_b, decision()));
  post();
  CHECK(row(a).stage == Stage::Delivered);
  CHECK(row(a).last_event == row(b).last_event);
  const usecases::CaseRecord at_a = *office_a.store().find(key(a));
  CHECK(at_a.receipts.size() == 3);
  for (const usecases::ReceiptRow& receipt : at_a.receipts) CHECK(wire::verify_receipt(receipt.bytes, directory.keys()));
}

TEST_CASE_FIXTURE(Town, "a duplicated envelope is taken once and acknowledged twice with the same octets") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const Bytes envelope = office_a.store().waiting()[0].bytes;
  const auto first = office_b.commit(office_b.receive(envelope));
  const auto second = office_b.commit(office_b.receive(envelope));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->answer == second->answer);
  CHECK(second->batch.empty());
  CHECK(row(b).event_count == 5);
}

TEST_CASE_FIXTURE(Town, "A keeps custody until B's receipt has come, and B's receipt settles it once") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const usecases::OutboxRow letter = office_a.store().waiting()[0];
  const Bytes answer = office_b.commit(office_b.receive(letter.bytes))->answer;
  CHECK(row(a).custodian == a);
  CHECK(office_a.settle(letter.id, answer));
  CHECK(row(a).custodian == b);
  CHECK(office_a.settle(letter.id, answer));
  CHECK(row(a).event_count == row(b).event_count);
}

TEST_CASE_FIXTURE(Town, "an answer by another centre, or to another envelope, settles nothing") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const usecases::OutboxRow letter = office_a.store().waiting()[0];
  wire::Answer forged;
  forged.envelope = letter.id;
  forged.digest = crypto::digest(letter.bytes);
  forged.by = c;
  CHECK_FALSE(office_a.settle(letter.id, *wire::write_answer(forged, office_c.keys())));
  forged.by = b;
  forged.envelope = {};
  CHECK(fails_with(office_a.settle(letter.id, *wire::write_answer(forged, office_b.keys())), errors::ForeignAnswer));
  CHECK_FALSE(row(a).passing_to.empty());
}

TEST_CASE_FIXTURE(Town, "a new case goes to the successor of a centre that has ended, and old ones are still told about") {
  const auto end_of = [&](const CentreId& centre, const CentreId& successor) {
    for (auto& entry : directory.entries) {
      if (entry.centre != centre) continue;
      entry.valid_until = clock.now();
      entry.successor = successor;
    }
  };
  SUBCASE("B ends before the transfer") {
    check_at_a();
    end_of(b, c);
    CHECK(act(Verb::Transfer, window_a));
    post();
    CHECK(row(a).custodian == c);
    CHECK(row(c).custodian == c);
  }
  SUBCASE("A ends while B has the case") {
    transfer_to_b();
    end_of(a, c);
    CHECK(act(Verb::Accept, reviewer_b));
    CHECK(act(Verb::Decide, reviewer_b, decision()));
    post();
    CHECK(row(a).stage == Stage::Delivered);
    CHECK(row(b).last_event == row(a).last_event);
  }
  SUBCASE("without a successor there is nowhere to go") {
    check_at_a();
    end_of(b, {});
    CHECK(fails_with(act(Verb::Transfer, window_a), errors::NoSuchCentre));
  }
}

TEST_CASE_FIXTURE(Town, "a case that goes back carries the event by which it does, whatever A is thought to know already") {
  transfer_to_b();
  auto record = *office_b.store().find(key(b));
  for (usecases::LaneRow& lane : record.lanes) lane.known = 100;
  const auto given_back = usecases::act(Verb::NotOurs, record, reason("户籍已迁到友谊路", c), reviewer_b, office_b.ground());
  REQUIRE(given_back);
  const auto letter = wire::open_letter(*wire::read_envelope(given_back->batch.outbox.front().bytes), office_a.keys());
  REQUIRE(letter);
  REQUIRE_FALSE(letter->events.empty());
  CHECK(letter->events.back().kind == EventKind::NotOurs);
}

TEST_CASE_FIXTURE(Town, "what isn't B's comes back to A, which sends it to C; custody is never in nobody's hands") {
  transfer_to_b();
  CHECK(act(Verb::NotOurs, reviewer_b, reason("户籍已迁到友谊路", c)));
  CHECK(row(b).custodian == b);
  post();
  CHECK(row(a).stage == Stage::Misdirected);
  CHECK(row(a).custodian == a);
  CHECK(row(b).custodian == a);
  CHECK(row(b).list == casework::WorkList::Done);
  CHECK(act(Verb::Transfer, window_a, reason("五角场告知属友谊路", c)));
  post();
  CHECK(row(c).custodian == c);
  CHECK(row(a).custodian == c);
}

TEST_CASE_FIXTURE(Town, "B can be given the same case again after it was re-routed in vain") {
  transfer_to_b();
  (void)act(Verb::NotOurs, reviewer_b, reason("看错了"));
  post();
  CHECK(act(Verb::Transfer, window_a));
  post();
  CHECK(row(b).custodian == b);
  CHECK(act(Verb::Accept, reviewer_b));
  post();
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(Town, "a return by B reaches the resident through A, and the supplement reaches B") {
  transfer_to_b();
  CHECK(act(Verb::Return, reviewer_b, verdicts({{"m3", Verdict::Missing, "缺首页"}})));
  post();
  CHECK(row(a).stage == Stage::Returned);
  EventPayload payload = supply("m3");
  payload.materials[0].way = casework::MaterialWay::Attached;
  payload.materials[0].attachments = {{crypto::digest(as_bytes("photo")), "image/jpeg", 5}};
  office_a.put_file(crypto::digest(as_bytes("photo")));
  CHECK(act(Verb::Supplement, resident, payload));
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  CHECK(view->requests.size() == 1);
  post();
  CHECK(row(b).stage == Stage::AtDecider);
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(office_b.has_file(crypto::digest(as_bytes("photo"))));
  CHECK(usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground())->requests.empty());
}

TEST_CASE_FIXTURE(Town, "a supplement for B that is sent again, before A knows of the first or after, is done once") {
  transfer_to_b();
  CHECK(act(Verb::Return, reviewer_b, verdicts({{"m3", Verdict::Missing, "缺首页"}})));
  post();
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  clock.advance(std::chrono::minutes(2));
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  post();
  const auto events = row(b).event_count;
  REQUIRE(act(Verb::Accept, reviewer_b));
  post();
  clock.advance(std::chrono::minutes(2));
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  post();
  CHECK(row(b).event_count == events + 1);
  CHECK(row(b).stage == Stage::Accepted);
  CHECK(row(a).last_event == row(b).last_event);
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  CHECK(view->requests.empty());
  const auto supplements = std::count_if(view->timeline.begin(), view->timeline.end(), [](const auto& entry) { return entry.kind == EventKind::Supplemented; });
  CHECK(supplements == 1);
}

TEST_CASE_FIXTURE(Town, "a wish that reaches a full case is refused for good, and its letter waits no more") {
  transfer_to_b();
  EventPayload large = supply("m3");
  large.text = std::string(usecases::longest_text, 'x');
  // A doesn't know yet what B's own window has taken in meanwhile.
  for (int i = 0; i < 100; ++i) {
    clock.advance(std::chrono::minutes(1));
    if (!act(Verb::Supplement, window_b, large)) break;
    if (i < 60) post();
  }
  REQUIRE(fails_with(act(Verb::Supplement, window_b, large), errors::CaseFull));
  REQUIRE(act(Verb::Supplement, resident, large));
  post();
  CHECK(office_a.store().waiting().empty());
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  REQUIRE(view->requests.size() == 1);
  CHECK(view->requests[0].code == errors::CaseFull.name);
}

TEST_CASE_FIXTURE(Town, "a wish that comes back to a case that has filled meanwhile stands refused, and keeps nothing else waiting") {
  transfer_to_b();
  EventPayload large = supply("m3");
  large.text = std::string(usecases::longest_text, 'x');
  for (int i = 0; i < 100; ++i) {
    clock.advance(std::chrono::minutes(1));
    if (!act(Verb::Supplement, window_b, large)) break;
    if (i < 60) post();
  }
  REQUIRE(act(Verb::Supplement, resident, large));
  (void)act(Verb::NotOurs, reviewer_b, reason("看错了"));
  post();
  CHECK(row(a).custodian == a);
  CHECK(office_a.store().waiting().empty());
  CHECK(usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground())->requests.at(0).code == errors::CaseFull.name);
}

TEST_CASE_FIXTURE(Town, "files go before the letter that names them") {
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{crypto::digest(as_bytes("photo")), "image/jpeg", 5}};
  office_a.put_file(crypto::digest(as_bytes("photo")));
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const usecases::OutboxRow letter = office_a.store().waiting()[0];
  CHECK(letter.attachments.size() == 1);
  const wire::Answer lacking = answer_of(*this, b, office_b.commit(office_b.receive(letter.bytes)));
  CHECK(lacking.kind == AnswerKind::Lacking);
  CHECK(lacking.lacking == letter.attachments);
  CHECK(office_b.store().rows().empty());
  office_b.put_file(letter.attachments[0]);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(letter.bytes))).kind == AnswerKind::Taken);
}

TEST_CASE_FIXTURE(Town, "what is handed in at B's own window is told to A at once, whose resident waits for nothing more") {
  transfer_to_b();
  CHECK(act(Verb::Return, reviewer_b, verdicts({{"m3", Verdict::Missing, "请补"}})));
  post();
  CHECK(row(a).stage == Stage::Returned);
  CHECK(act(Verb::Supplement, window_b, supply("m3")));
  post();
  CHECK(row(a).stage == Stage::AtDecider);
  CHECK(row(a).last_event == row(b).last_event);
  EventPayload papers;
  papers.text = "户口簿（演示）";
  CHECK(act(Verb::MoveOriginals, window_b, papers));
  post();
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(Town, "a photograph from B's window is at A before A knows of it, and goes on to C with the case") {
  transfer_to_b();
  const auto photo = crypto::digest(as_bytes("taken at B"));
  office_b.put_file(photo);
  EventPayload payload;
  payload.materials = {{"m3", casework::MaterialWay::Attached, {{photo, "image/jpeg", 10}}}};
  REQUIRE(act(Verb::Supplement, window_b, payload));
  const auto progress = office_b.store().waiting().back();
  CHECK(answer_of(*this, a, office_a.commit(office_a.receive(progress.bytes))).lacking == std::vector{photo});
  CHECK(act(Verb::NotOurs, reviewer_b, reason("户籍已迁到友谊路", c)));
  post();
  CHECK(office_a.has_file(photo));
  CHECK(act(Verb::Transfer, window_a, reason("户籍已迁到友谊路", c)));
  const auto onwards = office_a.store().waiting().front();
  CHECK(wire::open_letter(*wire::read_envelope(onwards.bytes), office_c.keys())->lost.empty());
  post();
  CHECK(row(c).custodian == c);
  CHECK(office_c.has_file(photo));
}

TEST_CASE_FIXTURE(Town, "a supplement that overtakes the transfer waits for it") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  CHECK(act(Verb::Supplement, resident, supply("m3")));
  const auto letters = office_a.store().waiting();
  REQUIRE(letters.size() == 2);
  const wire::Answer early = answer_of(*this, b, office_b.commit(office_b.receive(letters[1].bytes)));
  CHECK(early.kind == AnswerKind::Held);
  CHECK(early.expected == 0);
  post();
  CHECK(row(b).event_count == 6);
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(Town, "a supplement sent to a centre that has given the case back is done where the case is") {
  transfer_to_b();
  (void)act(Verb::NotOurs, reviewer_b, reason("不属本中心"));
  CHECK(act(Verb::Supplement, resident, supply("m3")));
  post();
  CHECK(row(a).custodian == a);
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  int supplements = 0;
  for (const auto& entry : view->timeline) supplements += entry.kind == EventKind::Supplemented ? 1 : 0;
  CHECK(supplements == 1);
  CHECK(view->requests.empty());
}

TEST_CASE_FIXTURE(Town, "a withdrawal that comes after the decision is refused, and the resident sees it") {
  transfer_to_b();
  (void)act(Verb::Accept, reviewer_b);
  (void)act(Verb::Decide, reviewer_b, decision());
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
  post();
  CHECK(row(a).stage == Stage::Delivered);
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  REQUIRE(view->requests.size() == 1);
  CHECK(view->requests[0].state == casework::RequestView::State::Refused);
  CHECK(view->requests[0].code == "verb.closed");
}

TEST_CASE_FIXTURE(Town, "a supplement that finds the case decided, after it was sent to the wrong centre, is shown as refused") {
  transfer_to_b();
  (void)act(Verb::NotOurs, reviewer_b, reason("不属本中心"));
  REQUIRE(act(Verb::Supplement, resident, supply("m3")));
  const usecases::OutboxRow request = office_a.store().waiting()[0];
  for (const usecases::OutboxRow& back : office_b.store().waiting()) {
    const auto effects = office_a.commit(office_a.receive(back.bytes));
    REQUIRE(effects);
    REQUIRE(office_b.settle(back.id, effects->answer));
  }
  REQUIRE(act(Verb::Withdraw, window_a, reason("不办了")));
  const auto effects = office_b.commit(office_b.receive(request.bytes));
  CHECK(answer_of(*this, b, effects).code == errors::NotCustodian.name);
  REQUIRE(office_a.settle(request.id, effects->answer));
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  REQUIRE(view->requests.size() == 1);
  CHECK(view->requests[0].code == "verb.closed");
}

TEST_CASE_FIXTURE(Town, "the same application by two routes is decided once, and the second copy says by whom") {
  transfer_to_b();
  REQUIRE(check_at_c());
  CHECK(act(Verb::Transfer, window_c));
  post();
  CHECK(row(c).stage == Stage::Duplicate);
  CHECK(row(b).received_by == a);
  CHECK(row(b).custodian == b);
  CHECK(office_c.store().waiting().empty());
}

TEST_CASE_FIXTURE(Town, "a copy that has ended as a duplicate ends no other one: where it lies the living one is refused") {
  transfer_to_b();
  REQUIRE(check_at_c());
  CHECK(act(Verb::Transfer, window_c));
  post();
  REQUIRE(row(c).stage == Stage::Duplicate);
  CHECK(act(Verb::NotOurs, reviewer_b, reason("不归我们", c)));
  post();
  REQUIRE(act(Verb::Transfer, window_a, reason("转友谊路", c)));
  const auto refused = office_c.commit(office_c.receive(office_a.store().waiting().back().bytes));
  REQUIRE(refused);
  CHECK(answer_of(*this, c, refused).code == usecases::step_errors::OwnCopyEnded.name);
  post();
  CHECK(row(a).stage == Stage::Misdirected);
  CHECK(row(a).custodian == a);
}

TEST_CASE_FIXTURE(Town, "what was withdrawn at B's is withdrawn for whoever carries it as well, also when B forgets it") {
  transfer_to_b();
  const auto backup = office_b.store();
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
  post();
  REQUIRE(row(b).stage == Stage::Withdrawn);
  REQUIRE(check_at_c());
  CHECK(act(Verb::Transfer, window_c));
  post();
  CHECK(row(c).stage == Stage::Duplicate);
  office_b.store() = backup;
  CHECK(act(Verb::Accept, reviewer_b));
  CHECK_FALSE(act(Verb::Transfer, window_c, reason("转曲阳", a)));
}

TEST_CASE_FIXTURE(Town, "a letter that B cannot open is refused for good, and the case is A's again") {
  check_at_a();
  for (auto& entry : directory.entries) {
    if (entry.centre == b) entry.sealing = crypto::SealingKey(crypto::Seed{99}).public_key();
  }
  (void)act(Verb::Transfer, window_a);
  (void)act(Verb::Supplement, resident, supply("m3"));
  post();
  CHECK(row(a).custodian == a);
  CHECK(row(a).passing_to.empty());
  CHECK(row(a).event_count == 6);
  CHECK(office_a.store().waiting().empty());
}

TEST_CASE_FIXTURE(Town, "a letter in a format newer than B waits at A, and the same letter is taken once B can read it") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const usecases::OutboxRow sent = office_a.store().waiting()[0];
  wire::Letter newer_inside = *wire::open_letter(*wire::read_envelope(sent.bytes), office_b.keys());
  Bytes newer = wire::encode(newer_inside);
  newer[format_at] = 3;
  newer_inside.application[format_at] = 2;
  for (const Bytes& letter : {newer, wire::encode(newer_inside)}) {
    const Bytes bytes = envelope_of(*this, sent.id, a, b, letter);
    const auto answer = answer_of(*this, b, office_b.commit(office_b.receive(bytes)));
    CHECK(answer.kind == AnswerKind::Later);
    CHECK(answer.code.ends_with(".version"));
    CHECK_FALSE(office_b.store().find(key(b)));
  }
  post();
  CHECK(row(b).custodian == b);
  CHECK(office_a.store().waiting().empty());
}

TEST_CASE_FIXTURE(Town, "a letter with a receipt in a newer format waits at B, and no receipt is lost") {
  transfer_to_b();
  CHECK(act(Verb::Accept, reviewer_b));
  const usecases::OutboxRow sent = office_b.store().waiting()[0];
  wire::Letter newer = *wire::open_letter(*wire::read_envelope(sent.bytes), office_a.keys());
  REQUIRE(newer.receipts.size() == 1);
  newer.receipts[0][format_at] = 2;
  const auto answer = answer_of(*this, a, office_a.receive(envelope_of(*this, sent.id, b, a, wire::encode(newer))));
  CHECK(answer.kind == AnswerKind::Later);
  CHECK(answer.code == wire::wire_errors::Version.name);
}

TEST_CASE_FIXTURE(Town, "envelopes of strangers, for others, or with the same id and other octets are turned away") {
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  const usecases::OutboxRow letter = office_a.store().waiting()[0];
  CHECK(fails_with(office_c.receive(letter.bytes), errors::NotHere));
  Bytes changed = letter.bytes;
  changed.back() ^= 1;
  CHECK(fails_with(office_b.receive(changed), wire::envelope_errors::Signature));
  CHECK(fails_with(office_b.receive(Bytes{1, 2, 3}), wire::envelope_errors::Malformed));
  (void)office_b.commit(office_b.receive(letter.bytes));
  const wire::Letter inside = *wire::open_letter(*wire::read_envelope(letter.bytes), office_b.keys());
  const Bytes twin = *wire::write_envelope(letter.id, inside, directory.find(b, {0})->sealing, office_a.keys(), random);
  CHECK(fails_with(office_b.receive(twin), errors::DigestDiffers));
}

TEST_CASE_FIXTURE(Town, "a centre that doesn't have the case cannot write its history") {
  transfer_to_b();
  (void)act(Verb::Accept, reviewer_b);
  post();
  wire::Letter forged;
  forged.kind = wire::LetterKind::Progress;
  forged.from = c;
  forged.to = a;
  forged.submission_id = application.submission_id;
  casework::Event event;
  event.seq = row(a).event_count;
  event.kind = EventKind::Decided;
  event.centre = b;
  event.payload = decision();
  wire::link(event, row(a).last_event);
  forged.events = {event};
  const Bytes bytes = *wire::write_envelope(ports::fresh<EnvelopeId>(random), forged, directory.find(a, {0})->sealing, office_c.keys(), random);
  CHECK(answer_of(*this, a, office_a.commit(office_a.receive(bytes))).kind == AnswerKind::Refused);
  CHECK(row(a).stage == Stage::Accepted);
}

TEST_CASE_FIXTURE(Town, "one node that serves A and B exchanges with itself by the same letters") {
  fakes::Office both({a, b}, catalogue, directory, clock, random);
  (void)both.submit(application);
  (void)both.act(Verb::Receive, key(a), {}, window_a);
  (void)both.act(Verb::Check, key(a), all_fine(), window_a);
  (void)both.act(Verb::Transfer, key(a), {}, window_a);
  const usecases::OutboxRow letter = both.store().waiting()[0];
  const auto effects = both.commit(both.receive(letter.bytes));
  REQUIRE(effects);
  CHECK(both.settle(letter.id, effects->answer));
  CHECK(both.store().find(key(b))->row.custodian == b);
  CHECK(both.store().find(key(a))->row.list == casework::WorkList::Travelling);
}
