// Who may apply, where, and which centre decides. Each verdict names what in the catalogue it rests on.
#pragma once

#include <optional>
#include <string>

#include "shared/base/expected.h"
#include "shared/catalogue/model.h"

namespace tongban::catalogue {

namespace eligibility_errors {
inline constexpr ErrorCode UnknownItem{"item.unknown", "目录里没有这个事项", "The catalogue has no such item."};
inline constexpr ErrorCode NotYetInForce{"item.not_yet_in_force", "这个事项还没有开始办理", "This item is not in force yet."};
inline constexpr ErrorCode NoLongerInForce{"item.no_longer_in_force", "这个事项已经停止办理", "This item is no longer in force."};
inline constexpr ErrorCode RegisteredOnly{"item.registered_only", "这个事项只限本市户籍的人申请",
                                          "Only people registered in Shanghai may apply for this item."};
inline constexpr ErrorCode DelegationNotAccepted{"item.delegation_not_accepted", "这个事项须本人到场，不接受委托",
                                                 "The applicant must come in person; nobody else may come instead."};
inline constexpr ErrorCode DeciderNotStated{"item.decider_not_stated", "由哪个中心办理未公布，请窗口选定",
                                            "It is not published which centre decides; the window must choose."};
inline constexpr ErrorCode PlaceUnknown{"item.place_unknown", "还不知道户籍地或居住地在哪个街镇，请补填",
                                        "The township of registration or residence is not known yet; please fill it in."};
inline constexpr ErrorCode NoCentreThere{"item.no_centre_there", "这个街镇的中心不在目录里，请窗口选定",
                                         "The catalogue has no centre for that township; the window must choose."};
}  // namespace eligibility_errors

/// What is known of an applicant; what isn't said never refuses.
struct ApplicantFacts {
  std::optional<bool> registered_here;  ///< household registered in Shanghai
  bool through_delegate = false;
};

/// NotYetInForce, NoLongerInForce; an unknown date never refuses.
Expected<void> in_force(const Item& item, Date today);

/// Also RegisteredOnly and DelegationNotAccepted. Conditions in words are judged by people, not here.
Expected<void> can_apply(const Item& item, const ApplicantFacts& applicant, Date today);

/// Where the applicant belongs; empty: outside the city, or not said.
struct ApplicantPlaces {
  TownshipCode registration, residence;
};

/// The centre B of an accept-separate case, from the item's rule.
/// DeciderNotStated, PlaceUnknown (where: "registration" or "residence"), NoCentreThere.
Expected<CentreId> deciding_centre(const Item& item, const ApplicantPlaces& places, const Catalogue& catalogue);

/// The main centre (not a sub-centre) of a township; null when the catalogue has none.
const Centre* centre_of(const Catalogue& catalogue, const TownshipCode& township);

}  // namespace tongban::catalogue
