#include "shared/usecases/lanes.h"

#include <algorithm>

#include "shared/usecases/errors.h"
#include "shared/usecases/mail.h"
#include "shared/usecases/requests.h"

namespace tongban::usecases {

using wire::LetterKind;

namespace {

/// What was told by several letters is told by one. Of a case that is passed on, the letter that does so tells it.
Expected<void> write_lane_anew(Work& work, const CentreId& to) {
  std::vector<OutboxRow> waiting = work.record().outbox;
  std::erase_if(waiting, [&](const OutboxRow& row) { return !waits_in_order(row, to); });
  std::vector<Wish> wishes;
  for (const OutboxRow& row : waiting) {
    if (row.kind != LetterKind::Request) continue;
    TRY(Wish wish, wish_of(row));
    if (!is_known(work, wish)) wishes.push_back(std::move(wish));
  }
  supersede(work, to);
  const casework::CaseFile& file = work.file();
  if (file.passing_to == to) TRY_VOID(pass_on_again(work));
  const bool told = std::any_of(waiting.begin(), waiting.end(), [](const OutboxRow& row) { return row.kind == LetterKind::Progress; });
  if (told && file.passing_to != to) TRY_VOID(work.report());
  return send_wishes(work, to, wishes);
}

}  // namespace

void has_come_to(LaneRow& lane, std::uint32_t next) {
  lane.taken = std::max(lane.taken, next);
  if (lane.gap && *lane.gap < lane.taken) lane.gap.reset();
}

bool waits_in_order(const OutboxRow& row, const CentreId& to) {
  return row.to == to && row.state == OutboxState::Waiting && wire::is_in_order(row.kind);
}

void supersede(Work& work, const CentreId& to) {
  const std::vector<OutboxRow> rows = work.record().outbox;
  for (const OutboxRow& row : rows)
    if (waits_in_order(row, to)) work.settle(row, OutboxState::Refused, step_errors::Superseded.name);
}

Expected<void> pass_on_again(Work& work) {
  const casework::CaseFile& file = work.file();
  if (!file.passing() || file.custodian != work.holder()) return {};
  const auto carries = [&](const OutboxRow& row) {
    return row.to == file.passing_to && row.state == OutboxState::Waiting && (row.kind == LetterKind::Transfer || row.kind == LetterKind::GiveBack);
  };
  const auto& outbox = work.record().outbox;
  if (std::any_of(outbox.begin(), outbox.end(), carries)) return {};
  const bool forth = file.events.back().kind == casework::EventKind::Transferred;
  return work.send(forth ? LetterKind::Transfer : LetterKind::GiveBack, file.passing_to);
}

Expected<Effects> write_off_files(const OutboxRow& letter, const CaseRecord& record, const Ground& ground) {
  const auto is_it = [&](const OutboxRow& row) { return row.id == letter.id && row.state == OutboxState::Waiting; };
  if (std::none_of(record.outbox.begin(), record.outbox.end(), is_it) || ground.lacking(letter.attachments).empty()) return Effects{};
  TRY(Work work, Work::open(record, ground));
  if (wire::is_in_order(letter.kind)) {
    TRY_VOID(write_lane_anew(work, letter.to));
  } else {
    work.settle(letter, OutboxState::Refused, step_errors::Superseded.name);
    TRY_VOID(work.send(letter.kind, letter.to));
  }
  return std::move(work).finish();
}

}  // namespace tongban::usecases
