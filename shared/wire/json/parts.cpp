#include "shared/wire/json/parts.h"

namespace tongban::wire::json {
namespace {

using namespace casework;

constexpr std::size_t most_materials = 200, most_attachments = 100, most_answers = 100;

std::string_view name_of(MaterialWay way) { return way == MaterialWay::Bring ? "bring" : "attached"; }
std::string_view name_of(Verdict verdict) { return verdict == Verdict::Fine ? "fine" : "missing"; }
std::string_view name_of(Outcome outcome) { return outcome == Outcome::Granted ? "granted" : "refused"; }

std::optional<MaterialWay> way_named(std::string_view name) {
  if (name == "bring") return MaterialWay::Bring;
  if (name == "attached") return MaterialWay::Attached;
  return std::nullopt;
}

std::optional<Verdict> verdict_named(std::string_view name) {
  if (name == "fine") return Verdict::Fine;
  if (name == "missing") return Verdict::Missing;
  return std::nullopt;
}

std::optional<Outcome> outcome_named(std::string_view name) {
  if (name == "granted") return Outcome::Granted;
  if (name == "refused") return Outcome::Refused;
  return std::nullopt;
}

void write_person(Output& out, const Person& person) {
  out.text("name", person.name).text("identity_number", person.identity_number).text_if("mobile", person.mobile);
}

void read_person(Members& members, Person& person) {
  person.name = members.text("name", 400);
  person.identity_number = members.text("identity_number", 100);
  person.mobile = members.text_or_empty("mobile", 100);
}

Attachment read_attachment(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  Attachment attachment;
  attachment.digest = members.hex<32>("digest");
  attachment.media_type = members.text("media_type", 100);
  attachment.size = members.number("size");
  members.finish();
  return attachment;
}

MaterialState read_material(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  MaterialState material;
  material.material = members.text("material", 64);
  material.way = members.one_of("way", way_named);
  members.elements("attachments", most_attachments, false, [&](const Value& one, std::string at) {
    material.attachments.push_back(read_attachment(reading, one, std::move(at)));
  });
  members.finish();
  return material;
}

MaterialVerdict read_verdict(Reading& reading, const Value& value, std::string where) {
  Members members(reading, value, std::move(where));
  MaterialVerdict verdict;
  verdict.material = members.text("material", 64);
  verdict.verdict = members.one_of("verdict", verdict_named);
  verdict.reason = members.text_or_empty("reason", 2000);
  members.finish();
  return verdict;
}

void read_answers(Members& members, std::map<std::string, std::string>& answers) {
  const Value* value = members.find("answers");
  if (!value) return;
  if (!value->IsObject()) return members.fail(json_errors::WrongType, "answers");
  if (value->MemberCount() > most_answers) return members.fail(json_errors::TooLarge, "answers");
  Members inside(members.reading(), *value, members.path("answers"));
  for (auto one = value->MemberBegin(); one != value->MemberEnd(); ++one) {
    const bool first = answers.emplace(one->name.GetString(), inside.text(one->name.GetString(), 64)).second;
    if (!first) inside.fail(json_errors::Unknown, one->name.GetString());
  }
}

}  // namespace

void write(Output& out, const char* name, const std::vector<MaterialState>& materials) {
  out.array(name);
  for (const MaterialState& material : materials) {
    out.object().text("material", material.material).text("way", name_of(material.way)).array("attachments");
    for (const Attachment& one : material.attachments) {
      out.object().hex("digest", one.digest).text("media_type", one.media_type).number("size", one.size).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

void write(Output& out, const char* name, const std::vector<MaterialVerdict>& verdicts) {
  out.array(name);
  for (const MaterialVerdict& one : verdicts) {
    out.object().text("material", one.material).text("verdict", name_of(one.verdict)).text_if("reason", one.reason).end_object();
  }
  out.end_array();
}

void write(Output& out, const Application& application) {
  out.object();
  write_members(out, application);
  out.end_object();
}

void write_members(Output& out, const Application& application) {
  out.hex("submission_id", application.submission_id.octets).id("item", application.item);
  out.number("catalogue_version", application.catalogue_version).id("received_by", application.received_by).object("answers");
  for (const auto& [question, answer] : application.answers) out.key(question).string(answer);
  out.end_object().object("applicant");
  write_person(out, application.applicant);
  out.end_object();
  if (application.agent) {
    out.object("agent");
    write_person(out, *application.agent);
    out.text("relation", application.agent->relation).end_object();
  }
  out.id_if("registration", application.registration).id_if("residence", application.residence);
  out.text_if("address", application.address).text_if("statement", application.statement);
  write(out, "materials", application.materials);
  out.hex("access_hash", application.access_hash).instant("sealed_at", application.sealed_at);
}

std::vector<MaterialState> read_materials(Members& members, const char* name, bool required) {
  std::vector<MaterialState> materials;
  members.elements(name, most_materials, required, [&](const Value& one, std::string at) {
    materials.push_back(read_material(members.reading(), one, std::move(at)));
  });
  return materials;
}

std::vector<MaterialVerdict> read_verdicts(Members& members, const char* name, bool required) {
  std::vector<MaterialVerdict> verdicts;
  members.elements(name, most_materials, required, [&](const Value& one, std::string at) {
    verdicts.push_back(read_verdict(members.reading(), one, std::move(at)));
  });
  return verdicts;
}

Application read_application(Reading& reading, const Value& value, const std::string& where) {
  Members members(reading, value, where);
  Application application = read_application(members);
  members.finish();
  return application;
}

Application read_application(Members& members) {
  Application application;
  application.submission_id.octets = members.hex<16>("submission_id");
  application.item = members.id<ItemId>("item");
  application.catalogue_version = members.number("catalogue_version");
  application.received_by = members.id<CentreId>("received_by");
  read_answers(members, application.answers);
  if (const Value* applicant = members.member("applicant")) {
    Members person(members.reading(), *applicant, members.path("applicant"));
    read_person(person, application.applicant);
    person.finish();
  }
  if (const Value* value_of_agent = members.find("agent")) {
    Members person(members.reading(), *value_of_agent, members.path("agent"));
    Agent agent;
    read_person(person, agent);
    agent.relation = person.text("relation", 400);
    person.finish();
    application.agent = std::move(agent);
  }
  application.registration = members.id_or_empty<TownshipCode>("registration");
  application.residence = members.id_or_empty<TownshipCode>("residence");
  application.address = members.text_or_empty("address");
  application.statement = members.text_or_empty("statement");
  application.materials = read_materials(members, "materials", true);
  application.access_hash = members.hex<32>("access_hash");
  application.sealed_at = members.instant("sealed_at");
  return application;
}

void write_payload(Output& out, EventKind kind, const EventPayload& payload) {
  switch (kind) {
    case EventKind::FormChecked: write(out, "verdicts", payload.verdicts); break;
    case EventKind::Returned:
      write(out, "verdicts", payload.verdicts);
      if (payload.due) out.date("due", *payload.due);
      out.text_if("text", payload.text);
      break;
    case EventKind::Supplemented:
      write(out, "materials", payload.materials);
      out.text_if("text", payload.text);
      break;
    case EventKind::Accepted:
      if (payload.direct) out.flag("direct", true);
      out.text_if("outside_body", payload.outside_body).text_if("reason", payload.reason);
      break;
    case EventKind::Transferred:
    case EventKind::NotOurs: out.id_if("to", payload.to).text_if("reason", payload.reason); break;
    case EventKind::Decided: out.text("outcome", name_of(payload.outcome)).text("text", payload.text); break;
    case EventKind::Withdrawn: out.text_if("reason", payload.reason); break;
    case EventKind::OriginalsMoved: out.id_if("to", payload.to).text_if("text", payload.text); break;
    case EventKind::DuplicateFound: out.id_if("to", payload.to); break;
    case EventKind::Submitted:
    case EventKind::Received:
    case EventKind::TransferReceived:
    case EventKind::Delivered: break;
  }
}

EventPayload read_payload(Members& members, EventKind kind) {
  EventPayload payload;
  switch (kind) {
    case EventKind::FormChecked: payload.verdicts = read_verdicts(members, "verdicts", true); break;
    case EventKind::Returned:
      payload.verdicts = read_verdicts(members, "verdicts", true);
      payload.due = members.date_if_there("due");
      payload.text = members.text_or_empty("text");
      break;
    case EventKind::Supplemented:
      payload.materials = read_materials(members, "materials", true);
      payload.text = members.text_or_empty("text");
      break;
    case EventKind::Accepted:
      payload.direct = members.flag_or("direct", false);
      payload.outside_body = members.text_or_empty("outside_body", 400);
      payload.reason = members.text_or_empty("reason");
      break;
    case EventKind::Transferred:
    case EventKind::NotOurs:
      payload.to = members.id_or_empty<CentreId>("to");
      payload.reason = members.text_or_empty("reason");
      break;
    case EventKind::Decided:
      payload.outcome = members.one_of("outcome", outcome_named);
      payload.text = members.text("text");
      break;
    case EventKind::Withdrawn: payload.reason = members.text_or_empty("reason"); break;
    case EventKind::OriginalsMoved:
      payload.to = members.id_or_empty<CentreId>("to");
      payload.text = members.text_or_empty("text");
      break;
    case EventKind::DuplicateFound: payload.to = members.id_or_empty<CentreId>("to"); break;
    case EventKind::Submitted:
    case EventKind::Received:
    case EventKind::TransferReceived:
    case EventKind::Delivered: break;
  }
  return payload;
}

}  // namespace tongban::wire::json
