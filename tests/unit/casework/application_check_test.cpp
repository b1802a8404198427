#include "shared/casework/application_check.h"

#include <doctest/doctest.h>

#include "shared/casework/identity.h"
#include "shared/catalogue/eligibility.h"
#include "tests/fakes/people.h"

using namespace tongban;
using namespace tongban::casework;

namespace {

const Instant now = from_shanghai(*parse_date("2026-11-24"), 600);

struct Fixture {
  fakes::SeededRandom random{5};
  catalogue::Catalogue catalogue = fakes::small_catalogue();
  Application application = fakes::demo_application(ItemId("s1"), fakes::quyang, random);

  bool has(const ErrorCode& code, std::string_view where) const {
    for (const Error& error : check_application(application, catalogue, now)) {
      if (error.is(code) && error.where == where) return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a complete application has no fault") { CHECK(check_application(application, catalogue, now).empty()); }

TEST_CASE_FIXTURE(Fixture, "all faults are told at once, each with its field") {
  application.applicant.name.clear();
  application.applicant.identity_number = "310109195001010016";
  application.applicant.mobile = "138";
  application.received_by = CentreId("999");
  CHECK(check_application(application, catalogue, now).size() == 4);
  CHECK(has(application_errors::Required, "/applicant/name"));
  CHECK(has(identity_errors::Checksum, "/applicant/identity_number"));
  CHECK(has(application_errors::UnknownCentre, "/received_by"));
}

TEST_CASE_FIXTURE(Fixture, "an unknown item, and one not in force, are refused") {
  application.item = ItemId("i999");
  CHECK(has(catalogue::eligibility_errors::UnknownItem, "/item"));
  application.item = ItemId("s1");
  catalogue.items[2].effective_until = *parse_date("2026-11-23");
  CHECK(has(catalogue::eligibility_errors::NoLongerInForce, "/item"));
}

TEST_CASE_FIXTURE(Fixture, "a material that the situation doesn't ask for is refused") {
  application.materials.push_back({"m2", MaterialWay::Bring, {}});
  CHECK(has(application_errors::MaterialNotAsked, "/materials/2"));
  application.materials[2].material = "m9";
  CHECK(has(application_errors::MaterialNotAsked, "/materials/2"));
  application.materials[2].material = "m1";
  CHECK(has(application_errors::MaterialTwice, "/materials/2"));
}

TEST_CASE_FIXTURE(Fixture, "who comes and who is named must agree") {
  application.answers["who"] = "delegate";
  CHECK(has(application_errors::AgentMissing, "/agent/name"));
  application.agent = Agent{fakes::demo_person(), "儿子"};
  CHECK(has(application_errors::SamePerson, "/agent/identity_number"));
  application.agent->identity_number = "31011019480229002X";
  CHECK(check_application(application, catalogue, now).empty());
  application.applicant.mobile.clear();
  CHECK(check_application(application, catalogue, now).empty());
  application.agent->mobile.clear();
  CHECK(has(application_errors::Required, "/applicant/mobile"));
}

TEST_CASE_FIXTURE(Fixture, "files of another kind, empty or too large are refused") {
  auto& material = application.materials[0];
  material.way = MaterialWay::Attached;
  CHECK(has(application_errors::MaterialEmpty, "/materials/0"));
  material.attachments = {{{}, "image/jpeg", 1000}, {{}, "text/html", 1000}, {{}, "image/png", 0}, {{}, "application/pdf", 11u << 20}};
  CHECK(has(application_errors::FileType, "/materials/0/attachments/1"));
  CHECK(has(application_errors::FileEmpty, "/materials/0/attachments/2"));
  CHECK(has(application_errors::FileTooLarge, "/materials/0/attachments/3"));
}

TEST_CASE_FIXTURE(Fixture, "a tidied application is taken, the same typed untidily is not") {
  application.applicant.identity_number = "310109 19500101 0015";
  CHECK(has(application_errors::Text, "/applicant/identity_number"));
  application = tidied(application);
  CHECK(check_application(application, catalogue, now).empty());
}
