#include <algorithm>

#include "shared/casework/application_check.h"
#include "shared/usecases/act.h"
#include "shared/usecases/materials.h"
#include "shared/usecases/requests.h"

namespace tongban::usecases {
namespace {

// A resident supplies all that was asked for; a window may take in what somebody has brought so far.
Expected<void> check_supply(const Work& work, const EventPayload& payload, const Actor& actor) {
  if (payload.materials.empty()) return Error(step_errors::NothingSupplied, "/materials");
  if (const catalogue::Item* item = work.item()) {
    const auto faults = casework::check_materials(payload.materials, *item);
    if (!faults.empty()) return faults.front();
  }
  if (actor.role != casework::Role::Resident || !work.file().open_return) return {};
  for (const casework::MaterialVerdict& owed : work.file().open_return->verdicts) {
    const bool there = std::any_of(payload.materials.begin(), payload.materials.end(),
                                   [&](const casework::MaterialState& one) { return one.material == owed.material; });
    if (!there) return Error(step_errors::SupplyAll, "/materials", owed.material);
  }
  return {};
}

}  // namespace

Expected<Effects> supplement_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  wire::Request request;
  request.kind = casework::EventKind::Supplemented;
  request.materials = payload.materials;
  request.text = payload.text;
  request.actor = actor.name();
  request.made_at = ground.now;
  if (is_repeated(work, made_now(request, work.file()))) return std::move(work).finish();
  TRY_VOID(casework::allowed(casework::Verb::Supplement, actor, work.holder(), work.file()));
  TRY_VOID(check_supply(work, payload, actor));
  TRY_VOID(check_files(payload.materials, ground));
  // Also where another centre has the case, and would refuse it.
  TRY_VOID(Work::check_texts(payload));
  TRY_VOID(work.has_room_for_supply(wire::encode(request).size()));
  TRY_VOID(fulfil_or_forward(work, made_now(request, work.file())));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
