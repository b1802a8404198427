#include <algorithm>

#include "shared/casework/verbs.h"
#include "shared/crypto/digest.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/mail.h"
#include "shared/usecases/requests.h"
#include "shared/usecases/take.h"
#include "shared/usecases/work.h"
#include "shared/wire/errors.h"

namespace tongban::usecases {
namespace {

using casework::EventKind;
using wire::Answer;
using wire::AnswerKind;
using wire::LetterKind;

/// The addressee's transfer_received, by which custody passes.
Expected<void> adopt_taking(Work& work, const OutboxRow& row, const Answer& answer) {
  const bool fits = answer.event && answer.event->kind == EventKind::TransferReceived && answer.event->centre == row.to;
  if (!fits) return Error(step_errors::ForeignAnswer, "", "no transfer_received");
  LaneRow& lane = work.lane(row.to);
  lane.known = std::max(lane.known, row.events_known);
  return work.adopt({*answer.event});
}

/// How a refused request is recorded. One that only went to the wrong centre goes on from here, and is not shown as
/// refused; but when the case has closed meanwhile there is nowhere to go on to, and the resident must see that.
std::string request_refusal(const Work& work, const std::string& code) {
  const bool nowhere = code == step_errors::NotCustodian.name && work.file().closed();
  return nowhere ? casework::verb_errors::Closed.name : code;
}

/// Requests sent after a transfer that B has refused: B never had the case, so it can't have taken them.
Expected<void> call_back_requests(Work& work, const OutboxRow& transfer) {
  const std::vector<OutboxRow> rows = work.record().outbox;
  for (const OutboxRow& row : rows) {
    const bool after = row.to == transfer.to && row.seq > transfer.seq;
    if (row.kind != LetterKind::Request || row.state != OutboxState::Waiting || !after) continue;
    work.settle(row, OutboxState::Refused, request_refusal(work, step_errors::NotCustodian.name));
    if (!work.file().closed()) TRY_VOID(fulfil_again(work, row));
  }
  return {};
}

Expected<void> settle_transfer(Work& work, const OutboxRow& row, const Answer& answer) {
  if (answer.kind == AnswerKind::Taken) return adopt_taking(work, row, answer);
  // B's progress, or a refusal before this one, may have told already.
  if (!work.file().passing() || work.file().passing_to != row.to) return {};
  casework::EventPayload payload;
  payload.to = answer.other;
  if (answer.kind == AnswerKind::Duplicate) {
    TRY_VOID(work.add(EventKind::DuplicateFound, node_actor, std::move(payload)));
  } else {
    payload.reason = "对方中心没有收下（" + answer.code + "）";
    TRY_VOID(work.add(EventKind::NotOurs, node_actor, std::move(payload)));
  }
  return call_back_requests(work, row);
}

Expected<void> settle_told(Work& work, const OutboxRow& row, const Answer& answer) {
  return answer.kind == AnswerKind::Taken ? known_to(work, row.to, row.events_known) : Expected<void>();
}

Expected<void> settle_give_back(Work& work, const OutboxRow& row, const Answer& answer) {
  if (answer.kind != AnswerKind::Taken) return {};
  return adopt_taking(work, row, answer);
}

Expected<void> settle_request(Work& work, const OutboxRow& row, const Answer& answer) {
  const bool elsewhere = answer.kind == AnswerKind::Refused && answer.code == step_errors::NotCustodian.name;
  if (!elsewhere || work.file().closed()) return {};
  return fulfil_again(work, row);
}

Expected<void> draw_consequences(Work& work, const OutboxRow& row, const Answer& answer) {
  switch (row.kind) {
    case LetterKind::Transfer: return settle_transfer(work, row, answer);
    case LetterKind::Progress:
    case LetterKind::Recollection: return settle_told(work, row, answer);
    case LetterKind::GiveBack: return settle_give_back(work, row, answer);
    case LetterKind::Request: return settle_request(work, row, answer);
    case LetterKind::Enquiry:
    case LetterKind::Claim: return settle_claim(work, answer);
  }
  return {};
}

/// About the letter as it was written, or as it has been sent since its first key was ended.
bool is_about(const Answer& answer, const OutboxRow& row, const Ground& ground) {
  if (answer.digest == crypto::digest(row.bytes)) return true;
  const auto anew = wire::sign_anew(row.bytes, ground.keys);
  return anew && answer.digest == crypto::digest(*anew);
}

}  // namespace

Expected<void> known_to(Work& work, const CentreId& peer, std::uint32_t events) {
  LaneRow& lane = work.lane(peer);
  lane.known = std::max(lane.known, events);
  const casework::CaseFile& file = work.file();
  const bool has_decision = file.stage == casework::Stage::Decided && peer == file.received_by && lane.known >= file.events.size();
  if (!has_decision || work.at_origin() || file.custodian != work.holder()) return {};
  TRY_VOID(work.add(EventKind::Delivered, node_actor));
  return work.report();
}

Expected<Bytes> envelope_to_send(const OutboxRow& row, const Ground& ground) {
  TRY(const wire::EnvelopeSigner signer, wire::envelope_signer(row.bytes));
  if (ground.directory.keys()(signer.from, signer.key, ground.now)) return row.bytes;
  return wire::sign_anew(row.bytes, ground.keys);
}

Expected<Answer> verify_answer(const OutboxRow& row, ByteView bytes, const Ground& ground) {
  TRY(const wire::AnswerSigner signer, wire::answer_signer(bytes));
  const auto key = ground.directory.keys()(row.to, signer.key, ground.now);
  if (!key) return step_errors::UnknownSender;
  TRY(Answer answer, wire::read_answer(bytes, *key));
  if (answer.by != row.to || answer.envelope != row.id || !is_about(answer, row, ground)) return step_errors::ForeignAnswer;
  return answer;
}

bool contradicts(LetterKind kind, const Answer& answer) {
  return kind == LetterKind::Recollection && answer.kind == AnswerKind::Refused && answer.code != step_errors::Unasked.name;
}

Expected<Effects> settle_mail(const OutboxRow& row, const Answer& answer, const CaseRecord& record, const Ground& ground) {
  if (!answer.is_final()) return Effects{};
  for (const OutboxRow& held : record.outbox) {
    if (held.id == row.id && held.state != OutboxState::Waiting) return Effects{};
  }
  TRY(Work work, Work::open(record, ground));
  const bool taken = answer.kind == AnswerKind::Taken;
  const std::string code = row.kind == LetterKind::Request ? request_refusal(work, answer.code) : answer.code;
  work.settle(row, taken ? OutboxState::Taken : OutboxState::Refused, code);
  TRY_VOID(draw_consequences(work, row, answer));
  return std::move(work).finish();
}

}  // namespace tongban::usecases
