#include "shared/casework/deadlines.h"

#include "shared/catalogue/working_days.h"

namespace tongban::casework {
namespace {

// G1 (支内回沪补助), data/service-rules.json: the scan is sent within one working day.
constexpr int transfer_working_days = 1;

Date day_of_event(const Event& event) { return shanghai_time(event.server_time).date; }

const Event* last_of(const CaseFile& file, EventKind kind) {
  for (auto event = file.events.rbegin(); event != file.events.rend(); ++event) {
    if (event->kind == kind) return &*event;
  }
  return nullptr;
}

/// Working days after `start` on which the resident was asked for something.
int stopped_days(const CaseFile& file, const Event& start, const catalogue::Calendar& calendar) {
  int stopped = 0;
  std::optional<Date> since;
  for (const Event& event : file.events) {
    if (event.seq <= start.seq) continue;
    if (event.kind == EventKind::Returned && !since) since = day_of_event(event);
    if (event.kind == EventKind::Supplemented && since) {
      stopped += catalogue::working_days_between(calendar, *since, day_of_event(event));
      since.reset();
    }
  }
  return stopped;
}

Deadline reckoned(DeadlineKind kind, const CaseFile& file, const Event& start, int working_days, const catalogue::Calendar& calendar) {
  const auto day = catalogue::add_working_days(calendar, day_of_event(start), working_days + stopped_days(file, start, calendar));
  return {kind, day.date, day.provisional};
}

}  // namespace

std::vector<Deadline> deadlines(const CaseFile& file, const catalogue::Item* item, const catalogue::Calendar& calendar) {
  std::vector<Deadline> running;
  if (file.closed()) return running;
  if (file.stage == Stage::Returned) {
    if (file.open_return && file.open_return->due) running.push_back({DeadlineKind::Supplement, *file.open_return->due, false});
    return running;
  }
  const bool waits_for_transfer = file.stage == Stage::Received || file.stage == Stage::Checked;
  const Event* received = last_of(file, EventKind::Received);
  if (waits_for_transfer && received && item && item->mode == catalogue::Mode::AcceptSeparate) {
    running.push_back(reckoned(DeadlineKind::Transfer, file, *received, transfer_working_days, calendar));
  }
  const Event* accepted = last_of(file, EventKind::Accepted);
  if (accepted && item && item->limit_working_days) {
    running.push_back(reckoned(DeadlineKind::Decide, file, *accepted, *item->limit_working_days, calendar));
  }
  return running;
}

}  // namespace tongban::casework
