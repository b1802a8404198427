#include "shared/usecases/view_case.h"

#include "shared/usecases/act.h"
#include "shared/usecases/enquiry.h"
#include "shared/usecases/requests.h"
#include "shared/usecases/work.h"
#include "shared/wire/receipt.h"

namespace tongban::usecases {
namespace {

using casework::CaseView;
using casework::Role;

void put_timeline(CaseView& view, const casework::CaseFile& file, bool for_resident) {
  for (const casework::Event& event : file.events) {
    casework::TimelineEntry entry{event.seq,         event.kind,        event.centre, event.actor,
                                  event.server_time, event.device_time, event.payload};
    if (for_resident && event.actor != "resident") entry.actor = "staff";
    view.timeline.push_back(std::move(entry));
  }
}

/// When this copy began: with the holder's first event.
Instant arrival(const casework::CaseFile& file, const CentreId& holder) {
  for (const casework::Event& event : file.events) {
    if (event.centre == holder) return event.server_time;
  }
  return file.changed_at;
}

void put_receipts(CaseView& view, const CaseRecord& record) {
  for (const ReceiptRow& row : record.receipts) {
    const auto receipt = wire::read_receipt(row.bytes);
    if (receipt) view.receipts.push_back({row.kind, row.at, receipt->centre, row.bytes});
  }
}

// A request that was refused only because the case was elsewhere has been sent on: that one shows.
void put_requests(CaseView& view, const CaseRecord& record) {
  for (const OutboxRow& row : record.outbox) {
    const bool open = row.state == OutboxState::Waiting;
    const bool refused = row.state == OutboxState::Refused && !is_sent_on(row);
    if (row.kind != wire::LetterKind::Request || (!open && !refused)) continue;
    const auto request = wire::decode_request(row.request);
    if (!request) continue;
    const auto state = open ? casework::RequestView::State::Waiting : casework::RequestView::State::Refused;
    view.requests.push_back({request->kind, request->made_at, state, row.refusal});
  }
}

/// Nothing is offered that would be refused until the answer has come.
void put_enquiry(CaseView& view, const CaseRecord& record) {
  const CentreId* asked = asked_still(record);
  if (!asked) return;
  view.asking = *asked;
  std::erase_if(view.verbs, [](casework::Verb verb) {
    return verb == casework::Verb::Accept || verb == casework::Verb::Transfer || verb == casework::Verb::Decide;
  });
}

void put_for_staff(CaseView& view, const CaseRecord& record, const casework::CaseFile& file, const Ground& ground) {
  view.holder = record.row.key.holder;
  put_enquiry(view, record);
  view.application = file.application;
  if (const auto decider = proposed_decider(file.application, ground)) view.proposed_decider = *decider;
}

Expected<CaseView> view_of(const CaseRecord& record, const casework::CaseFile& file, const casework::Actor& reader, const Ground& ground) {
  const CentreId& holder = record.row.key.holder;
  TRY_VOID(casework::allowed(casework::Verb::Read, reader, holder, file));
  const bool for_resident = reader.role == Role::Resident;
  CaseView view;
  view.number = file.number;
  view.submission_id = file.application.submission_id;
  view.item = file.application.item;
  view.catalogue_version = file.application.catalogue_version;
  view.applicant = for_resident ? casework::masked(file.application.applicant.name) : file.application.applicant.name;
  view.stage = file.stage;
  view.received_by = file.received_by;
  view.decided_by = file.decided_by;
  view.custodian = file.custodian;
  view.passing_to = file.passing_to;
  view.duplicate_of = file.duplicate_of;
  view.custody_since = file.custody_since;
  view.arrived_at = arrival(file, holder);
  view.changed_at = file.changed_at;
  view.materials = file.materials;
  view.verdicts = file.verdicts;
  view.open_return = file.open_return;
  view.decision = file.decision;
  view.deadlines = casework::deadlines(file, ground.catalogue.find(file.application.item), ground.catalogue.calendar);
  view.verbs = casework::allowed_verbs(reader, holder, file);
  put_timeline(view, file, for_resident);
  put_receipts(view, record);
  put_requests(view, record);
  if (!for_resident) put_for_staff(view, record, file, ground);
  return view;
}

}  // namespace

Expected<CaseView> view_case(const CaseRecord& record, const casework::Actor& reader, const Ground& ground) {
  TRY(const Work work, Work::open(record, ground));
  TRY_VOID(work.verify_receipts());
  return view_of(record, work.file(), reader, ground);
}

Expected<CaseView> view_begun(const Effects& effects, const casework::Actor& reader, const Ground& ground) {
  return view_of(*effects.after, *effects.file, reader, ground);
}

casework::WorkRow work_row(const CaseRow& row) {
  casework::WorkRow shown;
  shown.holder = row.key.holder;
  shown.number = row.number;
  shown.item = row.item;
  shown.applicant = row.applicant;
  shown.stage = row.stage;
  shown.received_by = row.received_by;
  shown.decided_by = row.decided_by;
  shown.custodian = row.custodian;
  shown.passing_to = row.passing_to;
  shown.custody_since = row.custody_since;
  shown.arrived_at = row.arrived_at;
  shown.changed_at = row.changed_at;
  shown.due = row.due;
  shown.missing = row.missing;
  return shown;
}

}  // namespace tongban::usecases
