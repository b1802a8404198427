// From the append-only events to where a case stands. The same on every side: nothing but events decides.
#pragma once

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::casework {

namespace case_file_errors {
inline constexpr ErrorCode Damaged{"case_file.damaged", "办件记录有损坏，请联系管理员", "The record of this case is damaged; please tell the operator."};
}  // namespace case_file_errors

/// Works everything out. Damaged when the events could not have happened so: numbering with gaps, an event by
/// somebody without custody, a first event that isn't `submitted`. Doesn't check the digests: wire::verify_chain does.
Expected<CaseFile> derive(CaseNumber number, Application application, std::vector<Event> events);

/// Adds one event to a file that stands before it. Damaged, and the file unchanged, when it can't follow.
Expected<void> append(CaseFile& file, Event event);

/// Verdict of a material, or nothing when it has not been looked at yet.
const MaterialVerdict* verdict_of(const CaseFile& file, std::string_view material);

}  // namespace tongban::casework
