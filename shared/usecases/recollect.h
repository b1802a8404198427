// Healing a centre that was restored from an older backup: what it has lost, its peers still know.
//
// The restored node asks by a wire::Recall, page by page; a peer answers for each case with a Recollection, sealed to the
// centre (and a Claim where it had granted one). Until all of them have been taken the restored one is *healing*: nobody changes
// a case there, it sends nothing but such reminders (its peer may have been restored as well) and draws no consequence of an
// answer, and other letters are answered `later`. What it did on the old state would contradict what it doesn't know yet.
#pragma once

#include <chrono>

#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

/// Changes of the last days may be unknown to the backup although it is younger: clocks differ, and may have been wrong.
inline constexpr std::chrono::hours recall_overlap{7 * 24};

/// At the peer: all that this copy knows, for `to`; then, in new letters, what waits for `to` or was taken by it but told nothing
/// about. Nothing when `to` had nothing to do with the case. Of a copy that has ended as a duplicate only its resident's wishes,
/// which `to` took for the living one: what that has come to, its own centres tell. A centre that has never written to `to` may know most: the case went on to it from there by way of A.
/// Where `to` was asked about an application and has said that this copy may go on: a Claim, so that it says so to nobody else.
Expected<Effects> recollect(const CaseRecord& record, const CentreId& to, const Ground& ground);

/// At the restored centre, once all has been told: what its own letters, and the answers to them, would have meant where they are
/// forgotten. Not earlier, since somebody may know more of the case. Empty when there is nothing. `claim`: of the application, on this
/// node; a copy of this centre's own that is from before it ends.
Expected<Effects> resume(const CaseRecord& record, const std::optional<ClaimRow>& claim, const Ground& ground);

/// How many files of a case in this centre's own hands it no longer has: they were on the lost disk only.
Expected<std::size_t> count_lost_files(const CaseRecord& record, const Ground& ground);

}  // namespace tongban::usecases
