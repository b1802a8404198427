#include "shared/usecases/recollect.h"

#include <algorithm>

#include "shared/usecases/errors.h"
#include "shared/usecases/take.h"
#include "shared/wire/application.h"
#include "shared/wire/errors.h"
#include "shared/wire/event.h"
#include "shared/wire/receipt.h"

namespace tongban::usecases {
namespace {

using casework::Event;
using wire::LetterKind;

bool was_told(const Work& work, const wire::Request& request) {
  const auto& events = work.file().events;
  return std::any_of(events.begin(), events.end(), [&](const Event& event) { return event.kind == request.kind && event.server_time >= request.made_at; });
}

/// Sender and addressee must both have had to do with the case.
bool concerns(const casework::Application& application, const std::vector<Event>& events, const CentreId& centre) {
  if (application.received_by == centre) return true;
  return std::any_of(events.begin(), events.end(), [&](const Event& event) { return event.centre == centre || event.payload.to == centre; });
}

Expected<casework::Application> check_letter(const wire::Letter& letter) {
  TRY(casework::Application application, wire::decode_application(letter.application));
  TRY_VOID(wire::verify_chain(letter.events, wire::content_digest(application)));
  const bool ours = concerns(application, letter.events, letter.to) && concerns(application, letter.events, letter.from);
  if (letter.events.empty() || application.submission_id != letter.submission_id || !ours) return wire::wire_errors::Chain;
  return application;
}

void keep_receipts(Work& work, const wire::Letter& letter, const Ground& ground) {
  for (const Bytes& bytes : letter.receipts) {
    const auto receipt = wire::verify_receipt(bytes, ground.directory.keys());
    if (receipt && receipt->submission_id == letter.submission_id) work.keep(*receipt, bytes);
  }
}

}  // namespace

Expected<Effects> recollect(const CaseRecord& record, const CentreId& to, const Ground& ground) {
  TRY(Work work, Work::open(record, ground));
  TRY_VOID(work.send(LetterKind::Recollection, to));
  for (const OutboxRow& row : record.outbox) {
    if (row.to != to || row.kind != LetterKind::Request || row.state != OutboxState::Taken) continue;
    TRY(const wire::Request request, wire::decode_request(row.request));
    if (!was_told(work, request)) TRY_VOID(work.send(LetterKind::Request, to, request));
  }
  return std::move(work).finish();
}

Expected<Taken> receive_recollection(const wire::Letter& letter, std::optional<Work> work, const Ground& ground) {
  const auto application = check_letter(letter);
  if (!application) return unreadable(application.error());
  if (!work) work = Work::begin(letter.to, letter.number, *application, letter.access, ground);
  if (const auto adopted = work->adopt(letter.events); !adopted) return refused(adopted.error());
  keep_receipts(*work, letter, ground);
  LaneRow& lane = work->lane(letter.from);
  lane.sent = std::max(lane.sent, letter.taken);
  lane.taken = std::max(lane.taken, letter.first);
  lane.known = std::max(lane.known, static_cast<std::uint32_t>(letter.events.size()));
  Taken taken;
  taken.work = std::move(work);
  return taken;
}

}  // namespace tongban::usecases
