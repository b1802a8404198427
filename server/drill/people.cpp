#include "server/drill/people.h"

#include "shared/catalogue/situation.h"

namespace tongban::drill {
namespace {

template <typename List>
const auto& any_of(const List& list, std::mt19937_64& chance) {
  return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(chance)];
}

}  // namespace

People::People(const catalogue::Catalogue& catalogue, ports::Random& random, std::uint64_t seed, double passed_on, Instant now)
    : catalogue_(catalogue), random_(random), chance_(seed), passed_on_(passed_on) {
  for (const auto& item : catalogue_.items) {
    if (item.mode == catalogue::Mode::OutsideReview) continue;
    if (!usecases::seal_submission(draft(item), catalogue_, now, random_).sealed) continue;
    const bool ruled = item.mode == catalogue::Mode::AcceptSeparate && item.decided_by != catalogue::DecidedBy::NotStated;
    (ruled ? elsewhere_ : here_).push_back(&item);
  }
}

casework::Application People::draft(const catalogue::Item& item) {
  casework::Application application;
  application.submission_id = ports::fresh<SubmissionId>(random_);
  application.item = item.id;
  application.catalogue_version = catalogue_.version;
  application.received_by = any_of(catalogue_.centres, chance_).id;
  application.answers = catalogue::usual_answers(item);
  application.applicant = {"演示甲", "310110195001010029", "13800000000"};
  application.registration = any_of(catalogue_.townships, chance_).code;
  application.residence = any_of(catalogue_.townships, chance_).code;
  application.address = "演示路 1 号";
  application.statement = "演练用的演示申请。";
  for (const auto* material : catalogue::needed_materials(item, application.answers).needed)
    application.materials.push_back({material->key, casework::MaterialWay::Bring, {}});
  return application;
}

usecases::Sealed People::next(Instant now) {
  const auto& items = std::bernoulli_distribution(passed_on_)(chance_) ? elsewhere_ : here_;
  return std::move(*usecases::seal_submission(draft(*any_of(items, chance_)), catalogue_, now, random_).sealed);
}

}  // namespace tongban::drill
