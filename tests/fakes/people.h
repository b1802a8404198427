// Invented people (演示) with numbers that satisfy the checksum.
#pragma once

#include "shared/casework/access.h"
#include "shared/casework/model.h"
#include "tests/fakes/seeded_random.h"
#include "tests/fakes/small_catalogue.h"

namespace tongban::fakes {

inline casework::Person demo_person() { return {"演示甲", "310109195001010015", "13800000001"}; }

/// Complete and correct: registered at 五角场街道, handed in at `centre`.
inline casework::Application demo_application(const ItemId& item, const CentreId& centre, SeededRandom& random) {
  casework::Application application;
  application.submission_id = ports::fresh<SubmissionId>(random);
  application.item = item;
  application.catalogue_version = 7;
  application.received_by = centre;
  application.answers = {{"who", "self"}};
  application.applicant = demo_person();
  application.registration = TownshipCode(wujiaochang.text());
  application.residence = TownshipCode(quyang.text());
  application.address = "演示路1号";
  application.statement = "演示申请";
  application.materials = {{"m1", casework::MaterialWay::Bring, {}}, {"m3", casework::MaterialWay::Bring, {}}};
  application.access_hash = casework::access_hash(ports::fresh<casework::AccessSecret>(random));
  application.sealed_at = {1'795'492'800'000};
  return application;
}

}  // namespace tongban::fakes
