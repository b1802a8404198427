#include <doctest/doctest.h>

#include "shared/casework/application_check.h"
#include "shared/casework/identity.h"
#include "shared/usecases/seal_submission.h"
#include "shared/wire/receipt.h"
#include "tests/unit/usecases/town.h"

using namespace tongban;
namespace errors = tongban::usecases::step_errors;

TEST_CASE_FIXTURE(Town, "a submission is stored with a receipt that verifies") {
  const auto effects = office_a.submit(application);
  REQUIRE(effects);
  CHECK(effects->created);
  const auto receipt = wire::verify_receipt(effects->receipt, directory.keys());
  REQUIRE(receipt);
  CHECK(receipt->content == wire::content_digest(application));
  CHECK(receipt->number == row(a).number);
  CHECK(row(a).list == casework::WorkList::ToReceive);
}

TEST_CASE_FIXTURE(Town, "sending the same again gives the same receipt, whatever has happened since") {
  const Bytes receipt = office_a.submit(application)->receipt;
  (void)act(Verb::Receive, window_a);
  const std::size_t commits = office_a.store().rows().size();
  const auto again = office_a.submit(application);
  REQUIRE(again);
  CHECK_FALSE(again->created);
  CHECK(again->receipt == receipt);
  CHECK(again->batch.empty());
  CHECK(office_a.store().rows().size() == commits);
}

TEST_CASE_FIXTURE(Town, "the same id with other content changes nothing") {
  (void)office_a.submit(application);
  casework::Application other = application;
  other.statement = "另一份";
  CHECK(fails_with(office_a.submit(other), errors::ContentDiffers));
}

TEST_CASE_FIXTURE(Town, "what is wrong with an application is the first fault with its field, and nothing is stored") {
  application.applicant.identity_number = "310109195001010016";
  const auto effects = office_a.submit(application);
  REQUIRE(!effects);
  CHECK(effects.error().is(casework::identity_errors::Checksum));
  CHECK(effects.error().where == "/applicant/identity_number");
  CHECK(office_a.store().rows().empty());
}

TEST_CASE_FIXTURE(Town, "a submission waits for its files, and for a centre that this node serves") {
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{crypto::digest(as_bytes("photo")), "image/jpeg", 5}};
  CHECK(fails_with(office_a.submit(application), errors::FileLacking));
  office_a.put_file(crypto::digest(as_bytes("photo")));
  CHECK(office_a.submit(application));
  CHECK(fails_with(office_b.submit(application), errors::OtherNode));
}

TEST_CASE_FIXTURE(Town, "a window begins a case for somebody at the counter, received at once") {
  CHECK(office_a.walk_in(application, window_a));
  CHECK(row(a).stage == Stage::Received);
  CHECK(fails_with(office_a.walk_in(application, reviewer_a), casework::verb_errors::Role));
}

TEST_CASE_FIXTURE(Town, "an application that another centre of the node has is not taken twice") {
  fakes::Office both({a, b}, catalogue, directory, clock, random);
  (void)both.submit(application);
  const auto effects = both.walk_in(application, window_b);
  REQUIRE(fails_with(effects, errors::Elsewhere));
  CHECK(effects.error().zh() == "这份申请已经交到曲阳路街道，请到那里办");
}

TEST_CASE_FIXTURE(Town, "sealing tidies, mints the secret and names every fault") {
  casework::Application draft = application;
  draft.applicant.identity_number = "310109 19500101 0015";
  const auto result = usecases::seal_submission(draft, catalogue, clock.now(), random);
  REQUIRE(result.sealed);
  CHECK(result.sealed->application.access_hash == casework::access_hash(result.sealed->secret));
  CHECK(casework::read_access_text(casework::access_text(result.sealed->secret)) == result.sealed->secret);
  CHECK(office_a.submit(*wire::decode_application(result.sealed->bytes)));
  draft.applicant.name.clear();
  draft.applicant.mobile = "1";
  CHECK(usecases::seal_submission(draft, catalogue, clock.now(), random).faults.size() == 2);
}

TEST_CASE_FIXTURE(Town, "a resident sees no application, no account and no whole name") {
  (void)office_a.submit(application);
  (void)act(Verb::Receive, window_a);
  const auto view = usecases::view_case(*office_a.store().find(key(a)), resident, office_a.ground());
  REQUIRE(view);
  CHECK(view->applicant == "演**");
  CHECK_FALSE(view->application);
  CHECK(view->timeline[0].actor == "resident");
  CHECK(view->timeline[1].actor == "staff");
  CHECK(view->verbs == std::vector<Verb>{Verb::Read, Verb::Supplement, Verb::Withdraw});
  const auto staff = usecases::view_case(*office_a.store().find(key(a)), window_a, office_a.ground());
  CHECK(staff->application == application);
  CHECK(staff->proposed_decider == b);
}

TEST_CASE_FIXTURE(Town, "a case just begun is shown, unverified, as it is shown once it has been read back and verified") {
  const auto effects = office_a.walk_in(application, window_a);
  REQUIRE(effects);
  for (const auto& reader : {resident, window_a}) {
    const auto begun = usecases::view_begun(*effects, reader, office_a.ground());
    REQUIRE(begun);
    CHECK(*begun == *usecases::view_case(*office_a.store().find(key(a)), reader, office_a.ground()));
  }
  CHECK_FALSE(usecases::view_begun(*effects, window_b, office_a.ground()));
}
