// A file that is lost at its sender once the letter that names it has been written.
#include <doctest/doctest.h>

#include "shared/crypto/digest.h"
#include "shared/usecases/mail.h"
#include "tests/unit/usecases/answers.h"
#include "tests/unit/usecases/town.h"

using namespace tongban;
using wire::AnswerKind;

TEST_CASE_FIXTURE(Town, "a file that A has lost since it wrote the letter keeps nobody waiting, nor what waits behind it") {
  const auto photo = crypto::digest(as_bytes("photo"));
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{photo, "image/jpeg", 5}};
  office_a.put_file(photo);
  check_at_a();
  (void)act(Verb::Transfer, window_a);
  CHECK(act(Verb::Withdraw, resident, reason("不办了")));
  const auto letters = office_a.store().waiting();
  REQUIRE(letters.size() == 2);
  REQUIRE(answer_of(*this, b, office_b.commit(office_b.receive(letters[0].bytes))).kind == AnswerKind::Lacking);
  const auto write_off = [&](const usecases::OutboxRow& letter) { return usecases::write_off_files(letter, *office_a.store().find(key(a)), office_a.ground()); };
  CHECK(write_off(letters[0])->batch.empty());
  office_a.lose_files();
  REQUIRE(office_a.commit(write_off(letters[0])));
  const auto anew = office_a.store().waiting();
  REQUIRE(anew.size() == 2);
  CHECK(anew[0].kind == wire::LetterKind::Transfer);
  CHECK(anew[0].attachments.empty());
  CHECK(anew[1].request == letters[1].request);
  CHECK(write_off(letters[0])->batch.empty());
  CHECK(write_off(anew[0])->batch.empty());
  // The new request waits for the new transfer; the old letters come too late, also when the file has come another way.
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(anew[1].bytes))).kind == AnswerKind::Held);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(anew[0].bytes))).kind == AnswerKind::Taken);
  office_b.put_file(photo);
  CHECK(answer_of(*this, b, office_b.commit(office_b.receive(letters[0].bytes))).kind == AnswerKind::Refused);
  post();
  CHECK(row(a).stage == Stage::Withdrawn);
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(office_a.store().waiting().empty());
}

TEST_CASE_FIXTURE(Town, "what B tells, and that it gives a case back, goes on without a file that B has lost") {
  transfer_to_b();
  const auto added = crypto::digest(as_bytes("added at B"));
  office_b.put_file(added);
  EventPayload payload;
  payload.materials = {{"m3", casework::MaterialWay::Attached, {{added, "image/jpeg", 10}}}};
  REQUIRE(act(Verb::Supplement, window_b, payload));
  bool gives_back = false;
  SUBCASE("told") {}
  SUBCASE("given back") { gives_back = true; }
  if (gives_back) REQUIRE(act(Verb::NotOurs, reviewer_b, reason("看错了")));
  const auto letter = office_b.store().waiting().front();
  REQUIRE(letter.kind == wire::LetterKind::Progress);
  REQUIRE(answer_of(*this, a, office_a.commit(office_a.receive(letter.bytes))).kind == AnswerKind::Lacking);
  office_b.lose_files();
  REQUIRE(office_b.commit(usecases::write_off_files(letter, *office_b.store().find(key(b)), office_b.ground())));
  CHECK(office_b.store().waiting().size() == 1);
  post();
  CHECK(row(a).custodian == (gives_back ? a : b));
  CHECK(row(a).last_event == row(b).last_event);
  CHECK(office_b.store().waiting().empty());
}
