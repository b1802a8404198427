#include "shared/usecases/work.h"

#include <algorithm>

#include "shared/casework/deadlines.h"
#include "shared/crypto/digest.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/requests.h"
#include "shared/wire/application.h"
#include "shared/wire/errors.h"
#include "shared/wire/event.h"
#include "shared/wire/receipt.h"

namespace tongban::usecases {

using casework::Event;
using casework::EventKind;
using wire::LetterKind;

namespace {

using casework::case_file_errors::Damaged;

Expected<void> check_receipt(const ReceiptRow& row, const CaseRecord& record, const casework::CaseFile& file) {
  const auto receipt = wire::read_receipt(row.bytes);
  if (!receipt) return Error(Damaged, "/receipts");
  const auto event = std::find_if(file.events.begin(), file.events.end(), [&](const Event& one) { return one.digest == receipt->event; });
  const bool of_event = event != file.events.end() && event->centre == receipt->centre && event->server_time == receipt->at &&
                        event->payload.outcome == receipt->outcome;
  const bool of_case = receipt->number == record.row.number && receipt->submission_id == record.row.key.submission &&
                       receipt->item == file.application.item && receipt->content == record.row.content;
  const bool of_row = receipt->kind == row.kind && receipt->at == row.at;
  return of_event && of_case && of_row ? Expected<void>() : Error(Damaged, "/receipts");
}

// A bit that has turned on the disk must not be shown: application, number, events and receipts vouch for one another.
Expected<void> check_rows(const CaseRecord& record, const casework::CaseFile& file) {
  const CaseRow& row = record.row;
  if (crypto::digest(row.application) != row.content) return Error(Damaged, "/application");
  if (file.events.size() != row.event_count || file.events.back().digest != row.last_event) return Error(Damaged, "/events");
  bool stored = row.received_by != row.key.holder;
  for (const ReceiptRow& kept : record.receipts) {
    TRY_VOID(check_receipt(kept, record, file));
    stored = stored || kept.kind == casework::ReceiptKind::Stored;
  }
  return stored ? Expected<void>() : Error(Damaged, "/receipts");
}

/// Nothing: what a case needs to come to its end, each of it once.
std::optional<std::size_t> most_with(EventKind kind) {
  switch (kind) {
    case EventKind::Supplemented: return most_supplied;
    case EventKind::FormChecked:
    case EventKind::Returned:
    case EventKind::Transferred:
    case EventKind::NotOurs:
    case EventKind::OriginalsMoved: return most_written;
    default: return std::nullopt;
  }
}

}  // namespace

Expected<Work> Work::open(CaseRecord record, const Ground& ground) {
  TRY(casework::Application application, wire::decode_application(record.row.application));
  std::vector<Event> events;
  for (const EventRow& row : record.events) {
    TRY(Event event, wire::decode_event(row.bytes));
    events.push_back(std::move(event));
  }
  TRY_VOID(wire::verify_chain(events, record.row.content));
  TRY(casework::CaseFile file, casework::derive(record.row.number, std::move(application), std::move(events)));
  TRY_VOID(check_rows(record, file));
  return Work(std::move(record), std::move(file), ground);
}

Expected<void> Work::verify_receipts() const {
  for (const ReceiptRow& row : record_.receipts) {
    const auto receipt = wire::verify_receipt(row.bytes, ground_->directory.keys());
    // A key that the directory has dropped can't be asked any more; that is no damage.
    if (!receipt && !receipt.error().is(wire::wire_errors::UnknownKey)) return Error(Damaged, "/receipts");
  }
  return {};
}

Work Work::begin(const CentreId& holder, CaseNumber number, casework::Application application, Digest access,
                 const Ground& ground) {
  CaseRecord record;
  record.row.key = {holder, application.submission_id};
  record.row.number = number;
  record.row.item = application.item;
  record.row.application = wire::encode(application);
  record.row.content = crypto::digest(record.row.application);
  record.row.access = access;
  record.row.applicant = application.applicant.name;
  record.row.arrived_at = ground.now;
  casework::CaseFile file;
  file.number = std::move(number);
  file.materials = application.materials;
  file.application = std::move(application);
  Work work(std::move(record), std::move(file), ground);
  work.effects_.created = true;
  return work;
}

const catalogue::Item* Work::item() const { return ground_->catalogue.find(file_.application.item); }

Expected<void> Work::has_room_for_supply(std::size_t octets) const {
  for (const OutboxRow& row : record_.outbox)
    if (row.kind == LetterKind::Request && row.state != OutboxState::Taken && !is_sent_on(row)) octets += row.request.size();
  return octets_of_events() + octets > most_supplied ? Expected<void>(step_errors::CaseFull) : Expected<void>();
}

Expected<void> Work::check_texts(const casework::EventPayload& payload) {
  const auto fits = [](const std::string& text) { return text.size() <= longest_text; };
  const auto& verdicts = payload.verdicts;
  const bool reasons_fit = std::all_of(verdicts.begin(), verdicts.end(), [&](const auto& one) { return fits(one.reason) && fits(one.material); });
  const bool all_fit = reasons_fit && fits(payload.text) && fits(payload.reason) && fits(payload.outside_body) && fits(payload.to.text());
  return all_fit ? Expected<void>() : Expected<void>(step_errors::TextTooLong);
}

std::size_t Work::octets_of_events() const {
  std::size_t octets = 0;
  for (const EventRow& row : record_.events) octets += row.bytes.size();
  return octets;
}

Expected<void> Work::has_room(const Event& event) const {
  const auto most = most_with(event.kind);
  const bool fits = !most || event.actor == node_actor || octets_of_events() + wire::encode(event).size() <= *most;
  return fits ? Expected<void>() : Expected<void>(step_errors::CaseFull);
}

Expected<void> Work::append(Event event) {
  EventRow row{record_.row.key, event.seq, wire::encode(event)};
  TRY_VOID(casework::append(file_, std::move(event)));
  effects_.batch.events.push_back(row);
  record_.events.push_back(std::move(row));
  return {};
}

Expected<void> Work::add(EventKind kind, const std::string& actor, casework::EventPayload payload,
                         std::optional<Instant> device_time) {
  TRY_VOID(check_texts(payload));
  Event event;
  event.seq = static_cast<std::uint32_t>(file_.events.size());
  event.kind = kind;
  event.centre = holder();
  event.actor = actor;
  event.server_time = file_.events.empty() ? ground_->now : std::max(ground_->now, file_.events.back().server_time);
  event.device_time = device_time;
  event.payload = std::move(payload);
  wire::link(event, file_.events.empty() ? record_.row.content : file_.events.back().digest);
  TRY_VOID(has_room(event));
  return append(std::move(event));
}

Expected<void> Work::adopt(const std::vector<Event>& events) {
  for (const Event& event : events) {
    if (event.seq < file_.events.size()) {
      if (file_.events[event.seq].digest != event.digest) return Error(wire::wire_errors::Chain, "/events/" + std::to_string(event.seq));
      continue;
    }
    TRY_VOID(wire::verify_chain({event}, file_.events.empty() ? record_.row.content : file_.events.back().digest));
    TRY_VOID(append(event));
  }
  return {};
}

Expected<Bytes> Work::issue(casework::ReceiptKind kind, const Event& event) {
  casework::Receipt receipt;
  receipt.kind = kind;
  receipt.number = file_.number;
  receipt.submission_id = file_.application.submission_id;
  receipt.item = file_.application.item;
  receipt.catalogue_version = ground_->catalogue.version;
  receipt.content = record_.row.content;
  receipt.event = event.digest;
  receipt.outcome = event.payload.outcome;
  receipt.centre = holder();
  receipt.at = event.server_time;
  TRY(Bytes bytes, wire::sign_receipt(receipt, ground_->keys));
  keep(receipt, bytes);
  return bytes;
}

void Work::keep(const casework::Receipt& receipt, Bytes bytes) {
  const bool there = std::any_of(record_.receipts.begin(), record_.receipts.end(),
                                 [&](const ReceiptRow& one) { return one.kind == receipt.kind; });
  if (there) return;
  ReceiptRow row{record_.row.key, receipt.kind, receipt.at, std::move(bytes)};
  effects_.batch.receipts.push_back(row);
  record_.receipts.push_back(std::move(row));
}

LaneRow& Work::lane(const CentreId& peer) {
  for (LaneRow& lane : record_.lanes) {
    if (lane.peer == peer) return lane;
  }
  LaneRow fresh;
  fresh.key = record_.row.key;
  fresh.peer = peer;
  return record_.lanes.emplace_back(std::move(fresh));
}

std::uint32_t Work::first_unsettled(const CentreId& to, std::uint32_t otherwise) const {
  std::uint32_t first = otherwise;
  for (const OutboxRow& row : record_.outbox) {
    if (row.to == to && row.state == OutboxState::Waiting && wire::is_in_order(row.kind)) first = std::min(first, row.seq);
  }
  return first;
}

wire::Letter Work::letter(LetterKind kind, const CentreId& to) {
  const LaneRow& to_peer = lane(to);
  wire::Letter letter;
  letter.kind = kind;
  letter.from = holder();
  letter.to = to;
  letter.submission_id = file_.application.submission_id;
  letter.number = file_.number;
  letter.seq = to_peer.sent;
  letter.first = first_unsettled(to, to_peer.sent);
  letter.written_at = ground_->now;
  if (wire::is_about_claims(kind)) return letter;
  const bool whole = kind == LetterKind::Transfer || kind == LetterKind::Recollection;
  // By its last event the addressee of a case that comes back sees whether it has taken it before.
  const std::size_t told = kind == LetterKind::GiveBack ? file_.events.size() - 1 : file_.events.size();
  const std::size_t known = whole ? 0 : std::min<std::size_t>(to_peer.known, told);
  if (kind != LetterKind::Request) {
    letter.events.assign(file_.events.begin() + static_cast<std::ptrdiff_t>(known), file_.events.end());
  }
  if (whole) {
    letter.application = record_.row.application;
    letter.access = record_.row.access;
  }
  if (kind != LetterKind::Transfer && kind != LetterKind::Request) {
    for (const ReceiptRow& row : record_.receipts) letter.receipts.push_back(row.bytes);
  }
  if (kind == LetterKind::Recollection) letter.taken = to_peer.taken;
  return letter;
}

Expected<void> Work::send(LetterKind kind, const CentreId& to) {
  return put_out(letter(kind, to), wire::is_about_claims(kind) ? 0 : static_cast<std::uint32_t>(file_.events.size()));
}

Expected<void> Work::send_request(const CentreId& to, wire::Request request, std::uint32_t known) {
  wire::Letter letter = this->letter(LetterKind::Request, to);
  letter.request = std::move(request);
  return put_out(std::move(letter), known);
}

Expected<void> Work::put_out(wire::Letter letter, std::uint32_t events_known) {
  const wire::DirectoryEntry* entry = ground_->directory.find_last(letter.to, ground_->now);
  if (!entry) return wire::envelope_errors::NoKey;
  const auto files = wire::attachments_of(letter);
  letter.lost = ground_->lacking(files);
  OutboxRow row;
  row.id = ports::fresh<EnvelopeId>(ground_->random);
  row.key = record_.row.key;
  row.to = letter.to;
  row.seq = letter.seq;
  row.kind = letter.kind;
  TRY(row.bytes, wire::write_envelope(row.id, letter, entry->sealing, ground_->keys, ground_->random));
  row.attachments = files;
  std::erase_if(row.attachments, [&](const Digest& file) { return std::find(letter.lost.begin(), letter.lost.end(), file) != letter.lost.end(); });
  row.events_known = events_known;
  if (letter.request) row.request = wire::encode(*letter.request);
  row.created_at = ground_->now;
  if (wire::is_in_order(letter.kind)) ++lane(letter.to).sent;
  effects_.batch.outbox.push_back(row);
  record_.outbox.push_back(std::move(row));
  return {};
}

Expected<void> Work::report() {
  if (at_origin()) return {};
  return send(LetterKind::Progress, file_.received_by);
}

void Work::settle(const OutboxRow& row, OutboxState state, std::string refusal) {
  OutboxRow settled = row;
  settled.state = state;
  settled.settled_at = ground_->now;
  settled.refusal = std::move(refusal);
  for (OutboxRow& one : record_.outbox) {
    if (one.id != row.id) continue;
    // The row in the record may come without its octets; what is written must have them.
    if (settled.bytes.empty()) settled.bytes = one.bytes;
    one = settled;
  }
  effects_.batch.outbox.push_back(std::move(settled));
}

void Work::refresh_row() {
  CaseRow& row = record_.row;
  row.stage = file_.stage;
  row.received_by = file_.received_by;
  row.decided_by = file_.decided_by;
  row.custodian = file_.custodian;
  row.passing_to = file_.passing_to;
  row.custody_since = file_.custody_since;
  row.changed_at = file_.changed_at;
  row.event_count = static_cast<std::uint32_t>(file_.events.size());
  row.last_event = file_.events.back().digest;
  row.missing = file_.open_return ? static_cast<std::uint32_t>(file_.open_return->verdicts.size()) : 0;
  row.list = casework::list_of(holder(), file_.received_by, file_.custodian, file_.passing_to, file_.stage);
  row.due.reset();
  if (file_.custodian == holder()) {
    for (const casework::Deadline& deadline : casework::deadlines(file_, item(), ground_->catalogue.calendar)) {
      if (!row.due || deadline.date < row.due->date) row.due = deadline;
    }
  }
}

Effects Work::finish() && {
  refresh_row();
  effects_.batch.cases.push_back(record_.row);
  effects_.batch.lanes = record_.lanes;
  effects_.after = std::move(record_);
  effects_.file = std::move(file_);
  return std::move(effects_);
}

}  // namespace tongban::usecases
