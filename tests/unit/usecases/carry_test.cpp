#include "shared/usecases/carry.h"

#include <doctest/doctest.h>

#include "shared/usecases/seal_submission.h"
#include "shared/wire/carried.h"
#include "tests/unit/usecases/town.h"

using namespace tongban;
namespace errors = tongban::wire::carried_errors;

namespace {

struct Carrying : Town {
  const crypto::SealingKey intake{crypto::Seed{7}}, earlier{crypto::Seed{8}};
  const crypto::ListedKey listed{crypto::KeyPurpose::Intake, {}, intake.public_key(), {0}, {1}};

  usecases::Sealed sealed() {
    casework::Application draft = application;
    draft.materials[0].way = casework::MaterialWay::Attached;
    draft.materials[0].attachments = {{crypto::digest(as_bytes("photo")), "image/jpeg", 5}};
    auto result = usecases::seal_submission(std::move(draft), catalogue, clock.now(), random);
    REQUIRE(result.sealed);
    return std::move(*result.sealed);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Carrying, "what is carried opens at any window as it was sealed, without its materials") {
  const auto sealed = this->sealed();
  const auto octets = usecases::carry_submission(sealed.application, listed, random);
  REQUIRE(octets);
  const auto opened = usecases::open_carried(*octets, {earlier, intake});
  REQUIRE(opened);
  casework::Application without = sealed.application;
  without.materials.clear();
  CHECK(*opened == without);
}

TEST_CASE_FIXTURE(Carrying, "a window files what was carried, and the resident's own secret opens the case") {
  const auto sealed = this->sealed();
  auto opened = *usecases::open_carried(*usecases::carry_submission(sealed.application, listed, random), {intake});
  opened.applicant.mobile = "139 1623 6207";   // corrected at the window
  opened.materials = application.materials;    // which it works out by the rules
  const auto filed = usecases::seal_carried(opened, catalogue, clock.now());
  REQUIRE(filed.sealed);
  CHECK(filed.sealed->application.access_hash == casework::access_hash(sealed.secret));
  CHECK(filed.sealed->application.submission_id == sealed.application.submission_id);
  const auto effects = office_a.walk_in(filed.sealed->application, window_a);
  REQUIRE(effects);
  CHECK(effects->after->row.access == casework::access_hash(sealed.secret));
  // Sent online all the same: the centre has it, with other content.
  office_a.put_file(crypto::digest(as_bytes("photo")));
  CHECK(fails_with(office_a.submit(sealed.application), usecases::step_errors::ContentDiffers));
}

TEST_CASE_FIXTURE(Carrying, "a draft that was carried once and taken back keeps its secret") {
  const auto first = sealed();
  casework::Application changed = application;
  changed.statement = "改过的";
  const auto again = usecases::seal_submission(changed, catalogue, clock.now(), random, first.secret);
  REQUIRE(again.sealed);
  CHECK(again.sealed->secret == first.secret);
  CHECK(again.sealed->application.access_hash == first.application.access_hash);
}

TEST_CASE_FIXTURE(Carrying, "codes of an epoch whose key is gone, foreign octets, and octets sealed by others are told apart") {
  const auto sealed = this->sealed();
  const Bytes octets = *usecases::carry_submission(sealed.application, listed, random);
  CHECK(fails_with(usecases::open_carried(octets, {earlier}), errors::Epoch));
  CHECK(fails_with(usecases::open_carried(octets, {}), errors::Epoch));
  CHECK(fails_with(usecases::open_carried(as_bytes("nothing of ours"), {intake}), errors::Contents));
  Bytes changed = octets;
  changed.back() ^= 1;
  CHECK(fails_with(usecases::open_carried(changed, {intake}), errors::Contents));
  changed = octets;
  changed[4] = 9;
  CHECK(fails_with(usecases::open_carried(changed, {intake}), errors::Newer));
  const auto boxed = [&](ByteView plain) { return wire::encode(wire::Carried{listed.id(), *crypto::seal(intake.public_key(), plain, random)}); };
  CHECK(fails_with(usecases::open_carried(boxed(as_bytes("hello")), {intake}), errors::Contents));
  CHECK(fails_with(usecases::open_carried(boxed(sealed.bytes), {intake}), errors::Contents));   // materials don't travel so
}
