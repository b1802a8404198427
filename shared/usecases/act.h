// The verbs on a case that is there, each in a file of its own. All check casework::allowed first and give its errors. Transfer,
// accept and decide are StillAsking while the centre that the resident had chosen is being asked (enquiry.h).
#pragma once

#include "shared/casework/access.h"
#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

using casework::Actor;
using casework::EventPayload;

/// A has taken it in (收件).
Expected<Effects> receive_case(const CaseRecord& record, const Actor& actor, const Ground& ground);
/// The formal check (形式审查): a verdict for every needed material. CheckIncomplete, ReasonMissing, UnknownMaterial.
Expected<Effects> check_form(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// One notice, complete (一次性告知). NothingMissing, ReasonMissing, UnknownMaterial, NotComplete, DuePast.
Expected<Effects> return_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// The resident adds materials; while another centre has the case it travels there as a request. NothingSupplied,
/// SupplyAll, FileLacking, or the first fault of the materials.
Expected<Effects> supplement_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// The resident withdraws; as above.
Expected<Effects> withdraw_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// To B (转办): by the item's rule, or by hand with a reason. DirectItem, OutsideItem, ChooseCentre, GiveReason,
/// SameCentre, NoSuchCentre.
Expected<Effects> transfer_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// Formally accepted (受理), with its receipt. At A also BelongsTo, OutsideBody, GiveReason.
Expected<Effects> accept_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// B gives the case back to A, with a reason and where it belongs, if B knows. GiveReason, NoSuchCentre.
Expected<Effects> not_ours(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// The decision (办结), with its receipt. TextMissing.
Expected<Effects> decide_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);
/// A direct case's result is handed over at the window. A transferred case is delivered when A has B's decision.
Expected<Effects> deliver_case(const CaseRecord& record, const Actor& actor, const Ground& ground);
/// Paper originals change hands. GiveReason when it isn't said which.
Expected<Effects> move_originals(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);

/// A fresh secret for a resident who has lost it and has shown the identity card.
struct RenewedAccess {
  casework::AccessSecret secret{};  ///< to be printed; kept nowhere
  Effects effects;
};
Expected<RenewedAccess> renew_access(const CaseRecord& record, const Actor& actor, const Ground& ground);

/// Whichever of the above `verb` is; not for Read and RenewAccess (verb.state).
Expected<Effects> act(casework::Verb verb, const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground);

/// B by the item's rule and the application's places; eligibility_errors when the rule doesn't say.
Expected<CentreId> proposed_decider(const casework::Application& application, const Ground& ground);

}  // namespace tongban::usecases
