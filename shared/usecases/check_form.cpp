#include "shared/usecases/act.h"
#include "shared/usecases/materials.h"

namespace tongban::usecases {

Expected<Effects> check_form(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Check, actor, work.holder(), work.file()));
  TRY_VOID(check_verdicts(work, payload.verdicts));
  for (const std::string& key : materials_to_check(work)) {
    if (!names_material(payload.verdicts, key) && !casework::verdict_of(work.file(), key)) {
      return Error(step_errors::CheckIncomplete, "/verdicts", key);
    }
  }
  EventPayload written;
  written.verdicts = payload.verdicts;
  TRY_VOID(work.add(casework::EventKind::FormChecked, actor.name(), std::move(written)));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
