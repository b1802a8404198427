#include "tests/bench/applications.h"

#include <cstdio>

#include "assets/compiler/compile.h"
#include "server/platform/clock.h"
#include "shared/catalogue/situation.h"
#include "shared/usecases/seal_submission.h"
#include "shared/wire/json/application.h"

namespace tongban::bench {
namespace {

/// As long as makes the whole body 1.8 KB, which is what the goals are set for.
std::string long_statement() {
  std::string text;
  for (int i = 0; i < 21; ++i) text += "演示申请的情况说明，共十六个字。";
  return text;
}

casework::Application draft(const catalogue::Catalogue& catalogue, const catalogue::Item& item, ports::Random& random) {
  casework::Application application;
  application.submission_id = ports::fresh<SubmissionId>(random);
  application.item = item.id;
  application.catalogue_version = catalogue.version;
  application.received_by = CentreId("310109010");
  application.answers = catalogue::usual_answers(item);
  application.applicant = {"演示甲", "310110195001010029", "13800000000"};
  application.registration = TownshipCode("310110019");
  application.residence = TownshipCode("310109010");
  application.address = "演示路 1 号";
  application.statement = long_statement();
  for (const auto* material : catalogue::needed_materials(item, application.answers).needed)
    application.materials.push_back({material->key, casework::MaterialWay::Bring, {}});
  return application;
}

}  // namespace

std::vector<std::string> sealed_applications(std::size_t count) {
  compiler::Faults faults;
  const auto compiled = compiler::compile(TONGBAN_CATALOGUE_SOURCE, faults);
  if (!compiled) {
    std::fputs(faults.text().c_str(), stderr);
    return {};
  }
  const auto& catalogue = compiled->catalogue;
  const auto* item = catalogue.find(ItemId("i109"));
  platform::SystemRandom random;
  const Instant now = platform::SystemClock{}.now();
  std::vector<std::string> bodies;
  bodies.reserve(count);
  while (item && bodies.size() < count) {
    const auto sealed = usecases::seal_submission(draft(catalogue, *item, random), catalogue, now, random);
    if (!sealed.sealed) {
      for (const auto& fault : sealed.faults) std::fprintf(stderr, "%s %s\n", fault.code->name, fault.where.c_str());
      return {};
    }
    bodies.push_back(wire::json::write_application(sealed.sealed->application));
  }
  return bodies;
}

}  // namespace tongban::bench
