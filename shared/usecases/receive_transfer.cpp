#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/take.h"
#include "shared/wire/application.h"
#include "shared/wire/errors.h"
#include "shared/wire/event.h"

namespace tongban::usecases {
namespace {

using casework::EventKind;

/// The letter's chain begins with the sender's `submitted` and ends with its `transferred` to this centre.
Expected<casework::Application> check_letter(const wire::Letter& letter) {
  TRY(casework::Application application, wire::decode_application(letter.application));
  TRY_VOID(wire::verify_chain(letter.events, wire::content_digest(application)));
  if (letter.events.empty() || application.submission_id != letter.submission_id) return wire::wire_errors::Chain;
  const casework::Event& first = letter.events.front();
  const casework::Event& last = letter.events.back();
  const bool by_sender = first.seq == 0 && first.centre == letter.from && last.centre == letter.from;
  const bool to_us = last.kind == EventKind::Transferred && last.payload.to == letter.to;
  if (!by_sender || !to_us) return wire::wire_errors::Chain;
  return application;
}

/// This centre has the same application from another sender already: it is decided once. A copy that has itself ended as a duplicate
/// may end no other one. One that was withdrawn may: where it is to be decided an application has one fate, and this centre, restored
/// from before the withdrawal, would go on with its own. Of two that are on their way to each other the one of the smaller centre code lives on.
Taken duplicate(const wire::Letter& letter, const Work& work, const casework::Application& application) {
  const casework::CaseFile& file = work.file();
  // Whether this copy lives on, is just being asked; perhaps the very sender.
  if (asked_still(work.record())) return later(step_errors::StillAsking);
  const bool ended = file.stage == casework::Stage::Duplicate;
  const bool crossing = file.custodian == work.holder() && file.passing_to == letter.from;
  if (ended || (crossing && letter.from < work.holder())) return refused(step_errors::OwnCopyEnded);
  Taken taken;
  taken.answer.kind = wire::AnswerKind::Duplicate;
  taken.answer.other = work.file().received_by;
  if (wire::content_digest(application) != work.record().row.content) taken.answer.code = step_errors::ContentDiffers.name;
  return taken;
}

Expected<Taken> take_custody(const wire::Letter& letter, Work work) {
  if (const auto adopted = work.adopt(letter.events); !adopted) return refused(adopted.error());
  work.set_access(letter.access);
  if (const auto added = work.add(EventKind::TransferReceived, node_actor); !added) return refused(added.error());
  work.lane(letter.from).known = static_cast<std::uint32_t>(letter.events.size());
  Taken taken;
  taken.answer.event = work.file().events.back();
  taken.work = std::move(work);
  return taken;
}

}  // namespace

Expected<Taken> receive_transfer(const wire::Letter& letter, std::optional<Work> work, const Ground& ground) {
  const auto application = check_letter(letter);
  if (!application) return unreadable(application.error());
  if (!work) {
    Work fresh = Work::begin(letter.to, letter.number, *application, letter.access, ground);
    return take_custody(letter, std::move(fresh));
  }
  if (work->file().received_by != letter.from) return duplicate(letter, *work, *application);
  // The sender, restored from a backup, has transferred once more what is here already.
  if (const auto event = taking_event(*work, letter.events)) {
    Taken taken;
    taken.answer.event = *event;
    return taken;
  }
  return take_custody(letter, std::move(*work));
}

std::optional<casework::Event> taking_event(const Work& work, const std::vector<casework::Event>& events) {
  const auto& held = work.file().events;
  if (events.empty()) return std::nullopt;
  const std::size_t next = std::size_t{events.back().seq} + 1;
  if (held.size() <= next || held[next - 1].digest != events.back().digest) return std::nullopt;
  if (held[next].kind != EventKind::TransferReceived || held[next].centre != work.holder()) return std::nullopt;
  return held[next];
}

}  // namespace tongban::usecases
