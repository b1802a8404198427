#include "shared/catalogue/eligibility.h"

namespace tongban::catalogue {
namespace {

Expected<CentreId> centre_for(const Catalogue& catalogue, const TownshipCode& township, const char* field) {
  if (township.empty()) return Error(eligibility_errors::PlaceUnknown, field);
  const Centre* centre = centre_of(catalogue, township);
  if (!centre) return Error(eligibility_errors::NoCentreThere, field, township.text());
  return centre->id;
}

}  // namespace

Expected<void> in_force(const Item& item, Date today) {
  const auto day = std::chrono::sys_days(today);
  if (item.effective_from && day < std::chrono::sys_days(*item.effective_from))
    return Error(eligibility_errors::NotYetInForce, "item", to_text(*item.effective_from));
  if (item.effective_until && day > std::chrono::sys_days(*item.effective_until))
    return Error(eligibility_errors::NoLongerInForce, "item", to_text(*item.effective_until));
  return {};
}

Expected<void> can_apply(const Item& item, const ApplicantFacts& applicant, Date today) {
  TRY_VOID(in_force(item, today));
  if (item.audience == Audience::RegisteredOnly && applicant.registered_here == false)
    return Error(eligibility_errors::RegisteredOnly, "registration");
  if (item.delegation == Delegation::NotAccepted && applicant.through_delegate)
    return Error(eligibility_errors::DelegationNotAccepted, "agent");
  return {};
}

const Centre* centre_of(const Catalogue& catalogue, const TownshipCode& township) {
  // The main centre carries its township's code as id; sub-centres add "-1", "-2" …
  const Centre* centre = catalogue.find(CentreId(township.text()));
  return centre && !centre->sub_centre ? centre : nullptr;
}

// 收受分离: the centre of the place of registration or of residence accepts; which of the two depends on the item.
Expected<CentreId> deciding_centre(const Item& item, const ApplicantPlaces& places, const Catalogue& catalogue) {
  switch (item.decided_by) {
    case DecidedBy::Registration: return centre_for(catalogue, places.registration, "registration");
    case DecidedBy::Residence: return centre_for(catalogue, places.residence, "residence");
    case DecidedBy::RegistrationElsePermit:
      return places.registration.empty() ? centre_for(catalogue, places.residence, "residence")
                                         : centre_for(catalogue, places.registration, "registration");
    case DecidedBy::NotStated: break;
  }
  return Error(eligibility_errors::DeciderNotStated, "item", item.id.text());
}

}  // namespace tongban::catalogue
