#include "shared/casework/text.h"
#include "shared/catalogue/eligibility.h"
#include "shared/usecases/act.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/way.h"

namespace tongban::usecases {
namespace {

/// B: the rule's centre, or the chosen one with a reason.
Expected<CentreId> choose(const Work& work, const EventPayload& payload, const Ground& ground) {
  const auto rule = proposed_decider(work.file().application, ground);
  const bool reasoned = !casework::tidy(payload.reason).empty();
  if (payload.to.empty()) {
    if (!rule) return Error(step_errors::ChooseCentre, "/to", rule.error().code->name);
    return *rule;
  }
  const bool by_hand = !rule || *rule != payload.to;
  if (by_hand && !reasoned) return Error(step_errors::GiveReason, "/reason");
  if (!ground.catalogue.find(payload.to)) return Error(step_errors::NoSuchCentre, "/to");
  return payload.to;
}

}  // namespace

Expected<CentreId> proposed_decider(const casework::Application& application, const Ground& ground) {
  const catalogue::Item* item = ground.catalogue.find(application.item);
  if (!item) return catalogue::eligibility_errors::DeciderNotStated;
  return catalogue::deciding_centre(*item, {application.registration, application.residence}, ground.catalogue);
}

Expected<Effects> transfer_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Transfer, actor, work.holder(), work.file()));
  TRY_VOID(has_been_answered(work, ground));
  const Way way = way_of(work.item());
  if (way == Way::Direct) return step_errors::DirectItem;
  if (way == Way::OutsideReview) return step_errors::OutsideItem;
  if (way == Way::WindowChooses && casework::tidy(payload.reason).empty()) return Error(step_errors::GiveReason, "/reason");
  TRY(const CentreId chosen, choose(work, payload, ground));
  const wire::DirectoryEntry* entry = ground.directory.route(chosen, ground.now);
  if (!entry) return Error(step_errors::NoSuchCentre, "/to");
  if (entry->centre == work.holder()) return Error(step_errors::SameCentre, "/to");
  EventPayload written;
  written.to = entry->centre;
  written.reason = payload.reason;
  TRY_VOID(work.add(casework::EventKind::Transferred, actor.name(), std::move(written)));
  TRY_VOID(work.send(wire::LetterKind::Transfer, entry->centre));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
