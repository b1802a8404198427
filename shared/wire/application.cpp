#include "shared/wire/application.h"

#include <algorithm>

#include "shared/crypto/digest.h"
#include "shared/wire/errors.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

using casework::Agent;
using casework::Application;
using casework::Person;

constexpr std::string_view magic = "TBAP";
constexpr std::uint16_t format = 1;
constexpr std::size_t usual_size = 2'048;

void put(Writer& writer, const Person& person) {
  writer.text(person.name).text(person.identity_number).text(person.mobile);
}

void take(Reader& reader, Person& person) {
  person.name = reader.text();
  person.identity_number = reader.text();
  person.mobile = reader.text();
}

void put_answers(Writer& writer, const std::map<std::string, std::string>& answers) {
  writer.u16(static_cast<std::uint16_t>(answers.size()));
  for (const auto& [question, answer] : answers) writer.text(question).text(answer);
}

// Questions rise strictly, as a map gives them: one order only.
std::map<std::string, std::string> take_answers(Reader& reader) {
  std::map<std::string, std::string> answers;
  const std::size_t count = reader.count(reader.u16(), 4);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    std::string question = reader.text(), answer = reader.text();
    if (!answers.empty() && answers.rbegin()->first >= question) reader.fail();
    answers.emplace(std::move(question), std::move(answer));
  }
  return answers;
}

Application take_body(Reader& reader) {
  Application application;
  reader.raw(application.submission_id.octets);
  application.item = take_id<ItemId>(reader);
  application.catalogue_version = reader.u32();
  application.received_by = take_id<CentreId>(reader);
  application.answers = take_answers(reader);
  take(reader, application.applicant);
  if (reader.flag()) {
    Agent agent;
    take(reader, agent);
    agent.relation = reader.text();
    application.agent = std::move(agent);
  }
  application.registration = take_id<TownshipCode>(reader);
  application.residence = take_id<TownshipCode>(reader);
  application.address = reader.text();
  application.statement = reader.text();
  application.materials = take_materials(reader);
  reader.raw(application.access_hash);
  application.sealed_at.ms = reader.i64();
  return application;
}

}  // namespace

Bytes encode(const Application& application) {
  Writer writer(usual_size);
  writer.raw(as_bytes(magic)).u16(format).raw(application.submission_id.octets).text(application.item.text());
  writer.u32(application.catalogue_version).text(application.received_by.text());
  put_answers(writer, application.answers);
  put(writer, application.applicant);
  writer.flag(application.agent.has_value());
  if (application.agent) {
    put(writer, *application.agent);
    writer.text(application.agent->relation);
  }
  writer.text(application.registration.text()).text(application.residence.text());
  writer.text(application.address).text(application.statement);
  put(writer, application.materials);
  writer.raw(application.access_hash).i64(application.sealed_at.ms);
  return std::move(writer).bytes();
}

Expected<Application> decode_application(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return wire_errors::Malformed;
  if (reader.u16() != format) return wire_errors::Version;
  Application application = take_body(reader);
  if (!reader.done()) return wire_errors::Malformed;
  return application;
}

casework::Digest content_digest(const Application& application) { return crypto::digest(encode(application)); }

std::vector<casework::Digest> attachments_of(const std::vector<casework::MaterialState>& materials) {
  std::vector<casework::Digest> digests;
  for (const casework::MaterialState& material : materials) {
    for (const casework::Attachment& attachment : material.attachments) {
      if (std::find(digests.begin(), digests.end(), attachment.digest) == digests.end()) digests.push_back(attachment.digest);
    }
  }
  return digests;
}

}  // namespace tongban::wire
