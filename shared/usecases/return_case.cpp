#include <algorithm>

#include "shared/usecases/act.h"
#include "shared/usecases/materials.h"

namespace tongban::usecases {

// 一次性告知: what is found missing is told in writing, once, all together (mission.md; service-rules, one_time_notice).
Expected<Effects> return_case(const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(casework::allowed(casework::Verb::Return, actor, work.holder(), work.file()));
  const auto& verdicts = payload.verdicts;
  const bool only_missing = std::all_of(verdicts.begin(), verdicts.end(), [](const casework::MaterialVerdict& one) {
    return one.verdict == casework::Verdict::Missing;
  });
  if (verdicts.empty() || !only_missing) return Error(step_errors::NothingMissing, "/verdicts");
  TRY_VOID(check_verdicts(work, verdicts));
  for (const casework::MaterialVerdict& found : work.file().verdicts) {
    if (found.verdict == casework::Verdict::Missing && !names_material(verdicts, found.material)) {
      return Error(step_errors::NotComplete, "/verdicts", found.material);
    }
  }
  if (payload.due && *payload.due < shanghai_time(ground.now).date) return Error(step_errors::DuePast, "/due");
  EventPayload written;
  written.verdicts = verdicts;
  written.due = payload.due;
  written.text = payload.text;
  TRY_VOID(work.add(casework::EventKind::Returned, actor.name(), std::move(written)));
  TRY_VOID(work.report());
  return std::move(work).finish();
}

}  // namespace tongban::usecases
