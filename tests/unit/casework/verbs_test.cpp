#include "shared/casework/verbs.h"

#include <doctest/doctest.h>

#include "tests/fakes/small_catalogue.h"

using namespace tongban;
using namespace tongban::casework;
using fakes::quyang, fakes::wujiaochang;

namespace {

CaseFile at(Stage stage, const CentreId& custodian) {
  CaseFile file;
  file.stage = stage;
  file.received_by = quyang;
  file.custodian = custodian;
  return file;
}

const Actor window{Role::Window, quyang, "window-a"}, reviewer{Role::Reviewer, wujiaochang, "reviewer-b"};

}  // namespace

TEST_CASE("a window does window work, a reviewer reviews, and nobody the other's") {
  CHECK(allowed(Verb::Receive, window, quyang, at(Stage::Submitted, quyang)));
  CHECK(allowed(Verb::Decide, reviewer, wujiaochang, at(Stage::Accepted, wujiaochang)));
  CHECK(allowed(Verb::Decide, window, quyang, at(Stage::Accepted, quyang)).error().is(verb_errors::Role));
  CHECK(allowed(Verb::Transfer, reviewer, wujiaochang, at(Stage::Checked, wujiaochang)).error().is(verb_errors::Role));
}

TEST_CASE("the city office and a supervisor may not even read a case") {
  for (const Role role : {Role::CityOffice, Role::Supervisor}) {
    CHECK(allowed_verbs({role, quyang, "x"}, quyang, at(Stage::Received, quyang)).empty());
  }
}

TEST_CASE("staff of one centre can do nothing to another centre's copy") {
  const Actor elsewhere{Role::Window, wujiaochang, "x"};
  CHECK(allowed(Verb::Read, elsewhere, quyang, at(Stage::Received, quyang)).error().is(verb_errors::OtherCentre));
}

TEST_CASE("while a case is on its way nothing is done to it, but what the resident sends is taken") {
  CaseFile file = at(Stage::InTransfer, quyang);
  file.passing_to = wujiaochang;
  CHECK(allowed(Verb::Transfer, window, quyang, file).error().is(verb_errors::Passing));
  CHECK(allowed(Verb::Supplement, Actor{}, quyang, file));
  CHECK(allowed(Verb::Withdraw, Actor{}, quyang, file));
}

TEST_CASE("a decided case takes nothing more") {
  CHECK(allowed(Verb::Supplement, Actor{}, quyang, at(Stage::Decided, quyang)).error().is(verb_errors::Closed));
  CHECK(allowed(Verb::Deliver, window, quyang, at(Stage::Decided, quyang)));
}

TEST_CASE("what stands in the way is said: unchecked materials, or the resident's turn") {
  CHECK(allowed(Verb::Transfer, window, quyang, at(Stage::Received, quyang)).error().is(verb_errors::NotChecked));
  CHECK(allowed(Verb::Check, window, quyang, at(Stage::Returned, quyang)).error().is(verb_errors::ResidentOwes));
}

TEST_CASE("every copy stands on exactly one list of its centre") {
  const CentreId none;
  CHECK(list_of(quyang, quyang, quyang, none, Stage::Submitted) == WorkList::ToReceive);
  CHECK(list_of(quyang, quyang, quyang, none, Stage::Misdirected) == WorkList::InHand);
  CHECK(list_of(quyang, quyang, quyang, wujiaochang, Stage::InTransfer) == WorkList::Travelling);
  CHECK(list_of(quyang, quyang, wujiaochang, none, Stage::Accepted) == WorkList::Travelling);
  CHECK(list_of(wujiaochang, quyang, wujiaochang, none, Stage::Accepted) == WorkList::ToReview);
  CHECK(list_of(wujiaochang, quyang, quyang, none, Stage::Misdirected) == WorkList::Done);
  CHECK(list_of(quyang, quyang, wujiaochang, none, Stage::Delivered) == WorkList::Done);
}

TEST_CASE("names in the API lead back to what they name") {
  for (int i = 0; i <= static_cast<int>(Verb::RenewAccess); ++i) CHECK(verb_named(name_of(static_cast<Verb>(i))) == static_cast<Verb>(i));
  for (int i = 0; i <= static_cast<int>(Stage::Duplicate); ++i) CHECK(stage_named(name_of(static_cast<Stage>(i))) == static_cast<Stage>(i));
  CHECK_FALSE(verb_named("destroy"));
}
