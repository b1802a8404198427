#include <algorithm>

#include "shared/usecases/errors.h"
#include "shared/usecases/take.h"
#include "shared/wire/errors.h"
#include "shared/wire/receipt.h"

namespace tongban::usecases {
namespace {

// A digest chain alone proves no author: what is new must be the sender's own, and the sender must have custody
// (casework::append sees to that).
Expected<void> adopt_from_sender(const wire::Letter& letter, Work& work) {
  const std::size_t known = work.file().events.size();
  const bool own = std::all_of(letter.events.begin(), letter.events.end(), [&](const casework::Event& event) {
    return event.seq < known || event.centre == letter.from;
  });
  if (!own) return step_errors::ForeignEvent;
  return work.adopt(letter.events);
}

}  // namespace

Expected<void> keep_receipts(const wire::Letter& letter, Work& work, const Ground& ground) {
  const bool from_any = letter.kind == wire::LetterKind::Recollection;
  for (const Bytes& bytes : letter.receipts) {
    const auto receipt = wire::verify_receipt(bytes, ground.directory.keys());
    if (!receipt && receipt.error().is(wire::wire_errors::Version)) return receipt.error();
    const bool of_this_case = receipt && receipt->submission_id == letter.submission_id && (from_any || receipt->centre == letter.from);
    if (of_this_case) work.keep(*receipt, bytes);
  }
  return {};
}

Expected<Taken> deliver_reply(const wire::Letter& letter, Work work, const Ground& ground) {
  if (const auto adopted = adopt_from_sender(letter, work); !adopted) return refused(adopted.error());
  if (const auto kept = keep_receipts(letter, work, ground); !kept) return later(kept.error());
  Taken taken;
  taken.work = std::move(work);
  return taken;
}

Expected<Taken> take_back(const wire::Letter& letter, Work work, const Ground& ground) {
  Taken taken;
  if (const auto event = taking_event(work, letter.events)) {
    taken.answer.event = *event;
    return taken;
  }
  if (const auto adopted = adopt_from_sender(letter, work); !adopted) return refused(adopted.error());
  if (const auto kept = keep_receipts(letter, work, ground); !kept) return later(kept.error());
  if (const auto added = work.add(casework::EventKind::TransferReceived, node_actor); !added) return refused(added.error());
  work.lane(letter.from).known = static_cast<std::uint32_t>(work.file().events.size() - 1);
  taken.answer.event = work.file().events.back();
  taken.work = std::move(work);
  return taken;
}

}  // namespace tongban::usecases
