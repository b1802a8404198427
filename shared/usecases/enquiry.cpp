#include "shared/usecases/enquiry.h"

#include <algorithm>

#include "shared/usecases/act.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/way.h"

namespace tongban::usecases {
namespace {

using casework::EventKind;
using casework::Stage;
using wire::LetterKind;

Taken duplicate_of(const CentreId& other) {
  Taken taken;
  taken.answer.kind = wire::AnswerKind::Duplicate;
  taken.answer.other = other;
  return taken;
}

/// Of two windows that ask each other, since the application was sealed twice, the one of the smaller centre code goes on.
bool gives_way(const CaseRecord& copy, const CentreId& asker) {
  const CentreId* asked = asked_still(copy);
  return asked && *asked == asker && asker < copy.row.key.holder;
}

/// Who goes on with the application, by what this node has received itself; empty: nobody. A copy that ended as a duplicate names
/// the one that lives on.
Expected<CentreId> who_goes_on(const IntakeState& known, const CentreId& asker, const Ground& ground) {
  const CaseRecord* copy = received_copy(known.copies);
  if (!copy || copy->row.stage == Stage::Withdrawn || gives_way(*copy, asker)) return CentreId();
  if (lives_on(copy->row)) return copy->row.key.holder;
  TRY(const Work work, Work::open(*copy, ground));
  return work.file().duplicate_of;
}

/// What is done only once the centre that was asked has answered.
bool has_gone_on(const casework::CaseFile& file) {
  return std::any_of(file.events.begin(), file.events.end(), [](const casework::Event& event) {
    return event.kind == EventKind::Accepted || event.kind == EventKind::Transferred;
  });
}

}  // namespace

std::optional<CentreId> centre_to_ask(const casework::Application& application, const CentreId& chosen, const Ground& ground) {
  if (chosen.empty() || ground.keys.signing_key_id(chosen)) return std::nullopt;
  const bool one_decider = way_of(ground.catalogue.find(application.item)) == Way::AcceptSeparate && proposed_decider(application, ground);
  if (one_decider || !ground.directory.find_last(chosen, ground.now)) return std::nullopt;
  return chosen;
}

const CentreId* asked_still(const CaseRecord& record) {
  for (const OutboxRow& row : record.outbox)
    if (row.kind == LetterKind::Enquiry && row.state == OutboxState::Waiting) return &row.to;
  return nullptr;
}

Expected<void> has_been_answered(const Work& work, const Ground& ground) {
  const CentreId* asked = asked_still(work.record());
  return asked ? Error(step_errors::StillAsking).with(short_name(*asked, ground)) : Expected<void>();
}

Expected<Taken> receive_claim(const wire::Letter& letter, const IntakeState& known, bool healing, const Ground& ground) {
  // A copy that a restored centre has of its own is from before it let that one go on; what becomes of it, resume says.
  const bool was_let = letter.kind == LetterKind::Claim && healing;
  TRY(const CentreId here, was_let ? CentreId() : who_goes_on(known, letter.from, ground));
  if (!here.empty() && here != letter.from) return duplicate_of(here);
  if (known.claim) return known.claim->by == letter.from ? Taken{} : duplicate_of(known.claim->by);
  Taken taken;
  taken.claim = ClaimRow{letter.submission_id, letter.to, letter.from, ground.now};
  return taken;
}

Expected<void> give_way(Work& work, const CentreId& other) {
  const casework::CaseFile& file = work.file();
  if (file.closed() || file.passing() || file.custodian != work.holder()) return {};
  casework::EventPayload payload;
  payload.to = other;
  return work.add(EventKind::DuplicateFound, node_actor, std::move(payload));
}

Expected<void> settle_claim(Work& work, const wire::Answer& answer) {
  return answer.kind == wire::AnswerKind::Duplicate ? give_way(work, answer.other) : Expected<void>();
}

bool was_granted(const Work& work, const CentreId& by) {
  const auto& outbox = work.record().outbox;
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& row) {
    if (row.kind != LetterKind::Enquiry || row.to != by) return false;
    // Restored itself, this centre may have forgotten the answer, but not what it went on to do, which others know.
    return row.state == OutboxState::Taken || (row.state == OutboxState::Waiting && has_gone_on(work.file()));
  });
}

std::string short_name(const CentreId& centre, const Ground& ground) {
  const catalogue::Centre* found = ground.catalogue.find(centre);
  return found ? found->short_name : centre.text();
}

}  // namespace tongban::usecases
