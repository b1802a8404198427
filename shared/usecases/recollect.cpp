#include "shared/usecases/recollect.h"

#include <algorithm>

#include "shared/casework/verbs.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/lanes.h"
#include "shared/usecases/requests.h"
#include "shared/usecases/take.h"
#include "shared/wire/application.h"
#include "shared/wire/errors.h"
#include "shared/wire/event.h"

namespace tongban::usecases {
namespace {

using casework::Event;
using wire::LetterKind;

/// Sender and addressee must both have had to do with the case.
bool concerns(const casework::Application& application, const std::vector<Event>& events, const CentreId& centre) {
  if (application.received_by == centre) return true;
  return std::any_of(events.begin(), events.end(), [&](const Event& event) { return event.centre == centre || event.payload.to == centre; });
}

/// A centre that a case is only passing to has none: the transfer will bring it. It may have another line of the same
/// application, which that transfer is then a duplicate of.
bool had_a_copy(const casework::Application& application, const std::vector<Event>& events, const CentreId& centre) {
  return application.received_by == centre || std::any_of(events.begin(), events.end(), [&](const Event& event) { return event.centre == centre; });
}

/// Not whoever was merely thought to be responsible.
bool may_know(const casework::CaseFile& file, const CentreId& centre) {
  return had_a_copy(file.application, file.events, centre) || file.passing_to == centre;
}

Expected<casework::Application> check_letter(const wire::Letter& letter) {
  TRY(casework::Application application, wire::decode_application(letter.application));
  TRY_VOID(wire::verify_chain(letter.events, wire::content_digest(application)));
  const bool ours = concerns(application, letter.events, letter.to) && concerns(application, letter.events, letter.from);
  if (letter.events.empty() || application.submission_id != letter.submission_id || !ours) return wire::wire_errors::Chain;
  return application;
}

/// The receipt of the beginning is the receiving centre's own, and nobody else has it. Signed again it says the same: octet for octet
/// as long as key and catalogue are those of then. Work::issue keeps the one that is there.
Expected<void> sign_again(Work& work) {
  if (!work.at_origin()) return {};
  TRY_VOID(work.issue(casework::ReceiptKind::Stored, work.file().events.front()));
  return {};
}

/// Requests that `to` doesn't have in its history, as far as anybody knows: those that wait, and those that it took and has told
/// nothing about. Each once, in their order.
Expected<std::vector<Wish>> untold_wishes(const Work& work, const CentreId& to) {
  std::vector<Wish> wishes;
  for (const OutboxRow& row : work.record().outbox) {
    if (row.to != to || row.kind != LetterKind::Request || row.state == OutboxState::Refused) continue;
    TRY(Wish wish, wish_of(row));
    const bool there = std::any_of(wishes.begin(), wishes.end(), [&](const Wish& one) { return one.request == wish.request; });
    if (!there && !is_known(work, wish)) wishes.push_back(std::move(wish));
  }
  return wishes;
}

/// The peer has taken other letters under numbers that wait here, from before the backup's time: it would refuse these as stale.
Expected<void> give_new_numbers(Work& work, const wire::Letter& letter) {
  const auto& outbox = work.record().outbox;
  const auto stale = [&](const OutboxRow& row) { return waits_in_order(row, letter.from) && row.seq < letter.taken; };
  if (std::none_of(outbox.begin(), outbox.end(), stale)) return {};
  TRY(const auto wishes, untold_wishes(work, letter.from));
  supersede(work, letter.from);
  return send_wishes(work, letter.from, wishes);
}

/// The same wish goes by another letter, or stands refused to be seen: once is enough.
bool is_answered_for(const Work& work, const OutboxRow& request) {
  const auto& outbox = work.record().outbox;
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& one) {
    const bool shown = one.state == OutboxState::Refused && one.refusal == casework::verb_errors::Closed.name;
    return one.kind == LetterKind::Request && one.request == request.request && (one.state == OutboxState::Waiting || shown);
  });
}

/// Wishes that were taken and stand in nobody's history: whoever took them has forgotten them with its disk. A copy that ended as
/// a duplicate can't say: they stand in the living one's.
Expected<void> wish_again(Work& work) {
  if (work.file().stage == casework::Stage::Duplicate) return {};
  const std::vector<OutboxRow> rows = work.record().outbox;
  for (const OutboxRow& row : rows) {
    if (row.kind != LetterKind::Request || row.state != OutboxState::Taken) continue;
    TRY(const Wish wish, wish_of(row));
    if (is_answered_for(work, row) || is_known(work, wish)) continue;
    const bool closed = work.file().closed();
    work.settle(row, OutboxState::Refused, closed ? casework::verb_errors::Closed.name : step_errors::Superseded.name);
    if (!closed) TRY_VOID(fulfil_again(work, row));
  }
  return {};
}

/// What the receiving centre may not know, and no letter that waits will tell it: one may be from before others told more.
Expected<void> report_again(Work& work) {
  if (work.at_origin()) return {};
  const CentreId& origin = work.file().received_by;
  const auto& outbox = work.record().outbox;
  std::uint32_t told = work.lane(origin).known;
  for (const OutboxRow& row : outbox)
    if (waits_in_order(row, origin) && row.kind != LetterKind::Request) told = std::max(told, row.events_known);
  const bool knows_all = told >= work.file().events.size();
  return knows_all || work.file().custodian != work.holder() ? Expected<void>() : work.report();
}

/// `to` waits for the newest one only: asked again and again, this copy keeps one letter under way.
void replace_recollections(Work& work, const CentreId& to) {
  const std::vector<OutboxRow> rows = work.record().outbox;
  for (const OutboxRow& row : rows)
    if (row.to == to && row.kind == LetterKind::Recollection && row.state == OutboxState::Waiting)
      work.settle(row, OutboxState::Refused, step_errors::Superseded.name);
}

Expected<void> tell(Work& work, const CentreId& to) {
  const casework::CaseFile& file = work.file();
  const bool ended = file.stage == casework::Stage::Duplicate;
  if (!ended && !may_know(file, to)) return {};
  TRY(const auto wishes, untold_wishes(work, to));
  // `to` may have forgotten letters between those that wait, and would hold these for ever.
  supersede(work, to);
  replace_recollections(work, to);
  if (!ended) TRY_VOID(work.send(LetterKind::Recollection, to));
  if (!ended && file.passing_to == to) TRY_VOID(pass_on_again(work));
  return send_wishes(work, to, wishes);
}

}  // namespace

Expected<Effects> recollect(const CaseRecord& record, const CentreId& to, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  if (was_granted(work, to) && work.file().duplicate_of != to) TRY_VOID(work.send(LetterKind::Claim, to));
  TRY_VOID(tell(work, to));
  return work.effects().batch.empty() ? Effects{} : std::move(work).finish();
}

Expected<Taken> receive_recollection(const wire::Letter& letter, std::optional<Work> work, const Ground& ground) {
  const auto application = check_letter(letter);
  if (!application) return unreadable(application.error());
  if (!work && !had_a_copy(*application, letter.events, letter.to)) return Taken{};
  if (auto files = files_to_come(letter, ground); !files.empty()) return lacking(std::move(files));
  if (!work) work = Work::begin(letter.to, letter.number, *application, letter.access, ground);
  if (const auto adopted = work->adopt(letter.events); !adopted) return refused(adopted.error());
  if (const auto kept = keep_receipts(letter, *work, ground); !kept) return later(kept.error());
  LaneRow& lane = work->lane(letter.from);
  lane.sent = std::max(lane.sent, letter.taken);
  has_come_to(lane, letter.first);
  lane.known = std::max(lane.known, static_cast<std::uint32_t>(letter.events.size()));
  TRY_VOID(sign_again(*work));
  TRY_VOID(give_new_numbers(*work, letter));
  Taken taken;
  taken.work = std::move(work);
  return taken;
}

Expected<Effects> resume(const CaseRecord& record, const std::optional<ClaimRow>& claim, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  // It had been withdrawn before another window was let go on with it, and the backup is older.
  if (claim && work.at_origin() && claim->by != work.holder()) TRY_VOID(give_way(work, claim->by));
  TRY_VOID(pass_on_again(work));
  TRY_VOID(wish_again(work));
  TRY_VOID(report_again(work));
  const CentreId& origin = work.file().received_by;
  if (!work.at_origin()) {
    TRY_VOID(known_to(work, origin, work.lane(origin).known));
  }
  return work.effects().batch.empty() ? Effects{} : std::move(work).finish();
}

Expected<std::size_t> count_lost_files(const CaseRecord& record, const Ground& ground) {
  TRY(const Work work, Work::open(record, ground));
  const casework::CaseFile& file = work.file();
  if (file.custodian != work.holder()) return 0;
  auto materials = file.application.materials;
  for (const Event& event : file.events) materials.insert(materials.end(), event.payload.materials.begin(), event.payload.materials.end());
  return ground.lacking(wire::attachments_of(materials)).size();
}

}  // namespace tongban::usecases
