// A resident's supplement or withdrawal: done here, or sent to where the case is. Internal to shared/usecases.
#pragma once

#include "shared/usecases/work.h"

namespace tongban::usecases {

/// A request and how many events the copy had where it was made; 0: an earlier release wrote it, and didn't say.
struct Wish {
  wire::Request request;
  std::uint32_t known = 0;
};

inline Wish made_now(wire::Request request, const casework::CaseFile& file) { return {std::move(request), static_cast<std::uint32_t>(file.events.size())}; }
/// What a letter of kind Request asks for.
Expected<Wish> wish_of(const OutboxRow& row);

/// A resident's supplement that says what was the last one, by whatever way, since something was asked for: its answer was lost, and it
/// was sent again, perhaps after others had gone on with the case. It may erase no verdict and move no stage. As of when the wish was
/// made, also when it comes up again after a restore: what was asked for since then it doesn't answer.
bool is_repeated(const Work& work, const Wish& wish);
/// The history has it, or it is only a repetition.
bool is_known(const Work& work, const Wish& wish);
/// Refused only because another letter took its place: one to whoever has the case, or to an addressee that had been restored.
bool is_sent_on(const OutboxRow& request);
/// Each by a letter of its own, in their order.
Expected<void> send_wishes(Work& work, const CentreId& to, const std::vector<Wish>& wishes);
/// Appends the event at a copy that has custody, unless it is there or only repeated.
Expected<void> fulfil(Work& work, const Wish& wish);
/// What a wish that has come back meets here: done, sent on, or refused to be seen when there is no place for it.
Expected<void> fulfil_again(Work& work, const OutboxRow& row);
/// Where the case is: `fulfil`, and A is told. Elsewhere: a letter to whoever has it or is about to.
Expected<void> fulfil_or_forward(Work& work, const Wish& wish);

}  // namespace tongban::usecases
