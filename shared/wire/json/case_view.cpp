#include "shared/wire/json/case_view.h"

#include "shared/wire/json/parts.h"

namespace tongban::wire::json {
namespace {

using namespace casework;

constexpr std::size_t most_events = 10'000, most_small = 1000, longest_receipt = 4096;

std::string_view name_of(DeadlineKind kind) {
  return kind == DeadlineKind::Transfer ? "transfer" : kind == DeadlineKind::Decide ? "decide" : "supplement";
}
std::optional<DeadlineKind> deadline_kind_named(std::string_view name) {
  if (name == "transfer") return DeadlineKind::Transfer;
  if (name == "decide") return DeadlineKind::Decide;
  if (name == "supplement") return DeadlineKind::Supplement;
  return std::nullopt;
}

std::string_view name_of(ReceiptKind kind) {
  return kind == ReceiptKind::Stored ? "stored" : kind == ReceiptKind::Accepted ? "accepted" : "decided";
}
std::optional<ReceiptKind> receipt_kind_named(std::string_view name) {
  if (name == "stored") return ReceiptKind::Stored;
  if (name == "accepted") return ReceiptKind::Accepted;
  if (name == "decided") return ReceiptKind::Decided;
  return std::nullopt;
}

std::string_view name_of(RequestView::State state) { return state == RequestView::State::Waiting ? "waiting" : "refused"; }
std::optional<RequestView::State> request_state_named(std::string_view name) {
  if (name == "waiting") return RequestView::State::Waiting;
  if (name == "refused") return RequestView::State::Refused;
  return std::nullopt;
}

void write(Output& out, const Deadline& one) {
  out.object().text("kind", name_of(one.kind)).date("date", one.date);
  if (one.provisional) out.flag("provisional", true);
  out.end_object();
}

Deadline read_deadline(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  Deadline one;
  one.kind = members.one_of("kind", deadline_kind_named);
  one.date = members.date("date");
  one.provisional = members.flag_or("provisional", false);
  members.finish();
  return one;
}

void write(Output& out, const TimelineEntry& one) {
  out.object().number("seq", one.seq).text("kind", casework::name_of(one.kind)).id("centre", one.centre).text("actor", one.actor);
  out.instant("at", one.at);
  if (one.device_time) out.instant("device_time", *one.device_time);
  write_payload(out, one.kind, one.payload);
  out.end_object();
}

TimelineEntry read_entry(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  TimelineEntry one;
  one.seq = members.number("seq");
  one.kind = members.one_of("kind", event_kind_named);
  one.centre = members.id<CentreId>("centre");
  one.actor = members.text("actor", 200);
  one.at = members.instant("at");
  one.device_time = members.instant_if_there("device_time");
  one.payload = read_payload(members, one.kind);
  members.finish();
  return one;
}

void write(Output& out, const ReceiptView& one) {
  out.object().text("kind", name_of(one.kind)).instant("at", one.at).id("centre", one.centre).base64url("receipt", one.bytes).end_object();
}

ReceiptView read_receipt(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  ReceiptView one;
  one.kind = members.one_of("kind", receipt_kind_named);
  one.at = members.instant("at");
  one.centre = members.id<CentreId>("centre");
  one.bytes = members.base64url("receipt", longest_receipt);
  members.finish();
  return one;
}

void write(Output& out, const RequestView& one) {
  out.object().text("kind", casework::name_of(one.kind)).instant("at", one.at).text("state", name_of(one.state));
  out.text_if("code", one.code).end_object();
}

RequestView read_request(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  RequestView one;
  one.kind = members.one_of("kind", event_kind_named);
  one.at = members.instant("at");
  one.state = members.one_of("state", request_state_named);
  one.code = members.text_or_empty("code", 100);
  members.finish();
  return one;
}

template <typename List>
void write_list(Output& out, const char* name, const List& list) {
  out.array(name);
  for (const auto& one : list) write(out, one);
  out.end_array();
}

template <typename T, typename Read>
std::vector<T> read_list(Members& members, const char* name, std::size_t most, Read read) {
  std::vector<T> list;
  members.elements(name, most, true, [&](const Value& one, std::string at) { list.push_back(read(members.reading(), one, std::move(at))); });
  return list;
}

void write_notices(Output& out, const CaseView& view) {
  if (view.open_return) {
    out.object("open_return");
    write_payload(out, EventKind::Returned, *view.open_return);
    out.end_object();
  }
  if (view.decision) {
    out.object("decision");
    write_payload(out, EventKind::Decided, *view.decision);
    out.end_object();
  }
}

std::optional<EventPayload> read_notice(Members& members, const char* name, EventKind kind) {
  const Value* value = members.find(name);
  if (!value) return std::nullopt;
  Members inside(members.reading(), *value, members.path(name));
  EventPayload payload = read_payload(inside, kind);
  inside.finish();
  return payload;
}

template <typename Where>
void write_hands(Output& out, const Where& one) {
  out.text("stage", casework::name_of(one.stage)).id("received_by", one.received_by).id_if("decided_by", one.decided_by);
  out.id("custodian", one.custodian).id_if("passing_to", one.passing_to).instant("custody_since", one.custody_since);
  out.instant("arrived_at", one.arrived_at).instant("changed_at", one.changed_at);
}

template <typename Where>
void read_hands(Members& members, Where& one) {
  one.stage = members.one_of("stage", stage_named);
  one.received_by = members.id<CentreId>("received_by");
  one.decided_by = members.id_or_empty<CentreId>("decided_by");
  one.custodian = members.id<CentreId>("custodian");
  one.passing_to = members.id_or_empty<CentreId>("passing_to");
  one.custody_since = members.instant("custody_since");
  one.arrived_at = members.instant("arrived_at");
  one.changed_at = members.instant("changed_at");
}

void write(Output& out, const CaseView& view) {
  out.object().id("number", view.number).hex("submission_id", view.submission_id.octets).id("item", view.item);
  out.number("catalogue_version", view.catalogue_version).text("applicant", view.applicant);
  write_hands(out, view);
  out.id_if("duplicate_of", view.duplicate_of);
  write_list(out, "timeline", view.timeline);
  write(out, "materials", view.materials);
  write(out, "verdicts", view.verdicts);
  write_notices(out, view);
  write_list(out, "deadlines", view.deadlines);
  write_list(out, "receipts", view.receipts);
  write_list(out, "requests", view.requests);
  out.array("verbs");
  for (const Verb verb : view.verbs) out.string(casework::name_of(verb));
  out.end_array();
  if (view.application) write(out.key("application"), *view.application);
  out.id_if("holder", view.holder).id_if("proposed_decider", view.proposed_decider).id_if("asking", view.asking).end_object();
}

void read_verbs(Members& members, CaseView& view) {
  members.elements("verbs", most_small, true, [&](const Value& one, std::string at) {
    const auto verb = one.IsString() ? verb_named(one.GetString()) : std::nullopt;
    if (verb) {
      view.verbs.push_back(*verb);
    } else {
      members.reading().fail(json_errors::BadValue, std::move(at));
    }
  });
}

CaseView read_view(Reading& reading, const Value& value, const std::string& where) {
  Members members(reading, value, where);
  CaseView view;
  view.number = members.id<CaseNumber>("number");
  view.submission_id.octets = members.hex<16>("submission_id");
  view.item = members.id<ItemId>("item");
  view.catalogue_version = members.number("catalogue_version");
  view.applicant = members.text("applicant", 400);
  read_hands(members, view);
  view.duplicate_of = members.id_or_empty<CentreId>("duplicate_of");
  view.timeline = read_list<TimelineEntry>(members, "timeline", most_events, read_entry);
  view.materials = read_materials(members, "materials", true);
  view.verdicts = read_verdicts(members, "verdicts", true);
  view.open_return = read_notice(members, "open_return", EventKind::Returned);
  view.decision = read_notice(members, "decision", EventKind::Decided);
  view.deadlines = read_list<Deadline>(members, "deadlines", most_small, read_deadline);
  view.receipts = read_list<ReceiptView>(members, "receipts", most_small, read_receipt);
  view.requests = read_list<RequestView>(members, "requests", most_events, read_request);
  read_verbs(members, view);
  if (const Value* application = members.find("application")) {
    view.application = read_application(reading, *application, members.path("application"));
  }
  view.holder = members.id_or_empty<CentreId>("holder");
  view.proposed_decider = members.id_or_empty<CentreId>("proposed_decider");
  view.asking = members.id_or_empty<CentreId>("asking");
  members.finish();
  return view;
}

}  // namespace

std::string write_case_view(const CaseView& view) {
  Output out;
  write(out, view);
  return out.take();
}

Expected<CaseView> read_case_view(std::string_view text) {
  Reading reading(text);
  CaseView view = read_view(reading, reading.root(), "");
  return result(reading, std::move(view));
}

std::string write_submission_answer(const SubmissionAnswer& answer) {
  Output out;
  out.object().key("case");
  write(out, answer.view);
  out.base64url("receipt", answer.receipt).end_object();
  return out.take();
}

Expected<SubmissionAnswer> read_submission_answer(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  SubmissionAnswer answer;
  if (const Value* view = members.member("case")) answer.view = read_view(reading, *view, "/case");
  answer.receipt = members.base64url("receipt", longest_receipt);
  members.finish();
  return result(reading, std::move(answer));
}

std::string write_work_list(const std::vector<WorkRow>& rows) {
  Output out;
  out.object().array("cases");
  for (const WorkRow& row : rows) {
    out.object().id("holder", row.holder).id("number", row.number).id("item", row.item).text("applicant", row.applicant);
    write_hands(out, row);
    if (row.due) write(out.key("due"), *row.due);
    out.number("missing", row.missing).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

Expected<std::vector<WorkRow>> read_work_list(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  std::vector<WorkRow> rows;
  members.elements("cases", most_events, true, [&](const Value& value, std::string at) {
    Members inside(reading, value, std::move(at));
    WorkRow row;
    row.holder = inside.id<CentreId>("holder");
    row.number = inside.id<CaseNumber>("number");
    row.item = inside.id<ItemId>("item");
    row.applicant = inside.text("applicant", 400);
    read_hands(inside, row);
    if (const Value* due = inside.find("due")) row.due = read_deadline(reading, *due, inside.path("due"));
    row.missing = inside.number("missing");
    inside.finish();
    rows.push_back(std::move(row));
  });
  members.finish();
  return result(reading, std::move(rows));
}

}  // namespace tongban::wire::json
