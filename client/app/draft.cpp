#include "client/app/draft.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "assets/words/words.h"
#include "shared/casework/application_check.h"
#include "shared/catalogue/eligibility.h"

namespace tongban::app {
namespace {

/// The fields of the second step in the order in which they stand.
constexpr std::array<std::string_view, 13> form_order = {
    fields::name,     fields::identity,  fields::mobile, fields::registration_district, fields::registration,
    fields::residence_district, fields::residence, fields::address, fields::relation, fields::agent_name,
    fields::agent_identity, fields::agent_mobile, fields::statement,
};

std::size_t place_of(std::string_view field) {
  return static_cast<std::size_t>(std::find(form_order.begin(), form_order.end(), field) - form_order.begin());
}

Error unchosen(const ErrorCode& code, const char* field, Word name) {
  return Error(code, field).with(std::string(Words(false)(name)), std::string(Words(true)(name)));
}

/// The district decides what the townships are, so it comes first; outside the city there is no township to choose.
void check_place(const std::string& district, const TownshipCode& township, std::pair<const char*, Word> district_field,
                 std::pair<const char*, Word> township_field, std::vector<Error>& faults) {
  if (district.empty())
    faults.push_back(unchosen(form_errors::ChooseDistrict, district_field.first, district_field.second));
  else if (district != outside_district && township.empty())
    faults.push_back(unchosen(form_errors::ChooseTownship, township_field.first, township_field.second));
}

}  // namespace

std::optional<TakenOut> take_out(Paper& paper, const std::string& hex) {
  const auto found = std::find_if(paper.photos.begin(), paper.photos.end(), [&](const Photo& photo) { return photo.hex() == hex; });
  if (found == paper.photos.end()) return std::nullopt;
  TakenOut taken{*found, found - paper.photos.begin()};
  paper.photos.erase(found);
  return taken;
}

void lay_back(Paper& paper, const TakenOut& taken) {
  paper.photos.insert(paper.photos.begin() + std::min<std::ptrdiff_t>(taken.place, std::ssize(paper.photos)), taken.photo);
}

bool holds(const Paper& paper, const casework::Digest& digest) {
  return std::any_of(paper.photos.begin(), paper.photos.end(), [&](const Photo& photo) { return photo.digest == digest; });
}

std::optional<TakenOut> put_instead(Paper& paper, const std::string& hex, const Photo& photo) {
  if (holds(paper, photo.digest)) return std::nullopt;
  auto taken = take_out(paper, hex);
  if (taken) lay_back(paper, {photo, taken->place});
  return taken;
}

Doubt doubt_of(const PhotoLook& look) {
  // Measured on pages of print: sharp ones lie far above, ones out of focus far below.
  constexpr int least_side = 400;
  constexpr float least_sharpness = 60, most_glare = 0.4f;
  if (look.width == 0) return Doubt::None;
  if (std::min(look.width, look.height) < least_side) return Doubt::Small;
  if (look.glare > most_glare) return Doubt::Glare;
  return look.sharpness < least_sharpness ? Doubt::Blurred : Doubt::None;
}

const Paper* Draft::paper(const std::string& material) const {
  for (const Paper& one : papers)
    if (one.material == material) return &one;
  return nullptr;
}

Paper& Draft::paper_for(const std::string& material) {
  for (Paper& one : papers)
    if (one.material == material) return one;
  papers.push_back({.material = material, .photos = {}});
  return papers.back();
}

Readiness readiness(const Draft& draft, const catalogue::Item& item) {
  Readiness result;
  for (const catalogue::Material* material : catalogue::needed_materials(item, draft.application.answers).needed) {
    ++result.total;
    const Paper* paper = draft.paper(material->key);
    if (paper && paper->ready()) ++result.ready;
  }
  return result;
}

casework::Application sealed_form(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now) {
  casework::Application application = casework::tidied(draft.application);
  application.catalogue_version = catalogue.version;
  application.sealed_at = now;
  application.materials.clear();
  const catalogue::Item* item = catalogue.find(application.item);
  if (!item) return application;
  for (const catalogue::Material* material : catalogue::needed_materials(*item, application.answers).needed) {
    casework::MaterialState state{.material = material->key, .way = casework::MaterialWay::Bring, .attachments = {}};
    if (const Paper* paper = draft.paper(material->key); paper && !paper->photos.empty()) {
      state.way = casework::MaterialWay::Attached;
      for (const Photo& photo : paper->photos) state.attachments.push_back({photo.digest, photo.media_type, photo.size});
    }
    application.materials.push_back(std::move(state));
  }
  return application;
}

std::vector<Error> all_faults(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now) {
  std::vector<Error> faults = casework::check_application(sealed_form(draft, catalogue, now), catalogue, now);
  // The secret is minted when the draft is sealed, not before.
  std::erase_if(faults, [](const Error& fault) { return fault.where == "/access_hash"; });
  check_place(draft.registration_district, draft.application.registration,
              {fields::registration_district, Word::FieldRegistrationDistrict},
              {fields::registration, Word::FieldRegistrationTownship}, faults);
  check_place(draft.residence_district, draft.application.residence,
              {fields::residence_district, Word::FieldResidenceDistrict},
              {fields::residence, Word::FieldResidenceTownship}, faults);
  const catalogue::Item* item = catalogue.find(draft.application.item);
  if (item && item->audience == catalogue::Audience::RegisteredOnly && draft.registration_district == outside_district)
    faults.emplace_back(catalogue::eligibility_errors::RegisteredOnly, fields::registration_district);
  return faults;
}

std::vector<Error> form_faults(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now) {
  std::vector<Error> faults = all_faults(draft, catalogue, now);
  std::erase_if(faults, [](const Error& fault) { return place_of(fault.where) == form_order.size(); });
  std::stable_sort(faults.begin(), faults.end(),
                   [](const Error& a, const Error& b) { return place_of(a.where) < place_of(b.where); });
  return faults;
}

}  // namespace tongban::app
