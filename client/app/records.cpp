// The device's own records: drafts, what waits to be sent, cases. Each begins with a format number; a record of a
// format that this build doesn't know is left where it is and not shown. Since the second, a photo's record ends with what
// was measured of it: u32 width, height, sharpness; u16 thousandths of glare; u8 which ninth.
#include <algorithm>
#include <cmath>
#include <utility>

#include "client/app/case_entry.h"
#include "client/app/draft.h"
#include "client/app/guide_notes.h"
#include "client/app/outbox_entry.h"
#include "shared/base/octets.h"

namespace tongban::app {
namespace {

constexpr std::uint8_t first_format = 1;   // of drafts, outbox and cases: without what was measured of photos, or is carried
constexpr std::uint8_t draft_format = 2;
constexpr std::uint8_t outbox_format = 2;
constexpr std::uint8_t case_format = 2;
constexpr std::uint8_t guide_format = 1;
constexpr float thousandths = 1000;

void write_look(Writer& out, const PhotoLook& look) {
  out.u32(static_cast<std::uint32_t>(look.width)).u32(static_cast<std::uint32_t>(look.height));
  out.u32(static_cast<std::uint32_t>(look.sharpness)).u16(static_cast<std::uint16_t>(std::lround(look.glare * thousandths)));
  out.u8(static_cast<std::uint8_t>(look.glare_at));
}

PhotoLook read_look(Reader& in) {
  PhotoLook look;
  look.width = static_cast<int>(in.u32());
  look.height = static_cast<int>(in.u32());
  look.sharpness = static_cast<float>(in.u32());
  look.glare = static_cast<float>(in.u16()) / thousandths;
  look.glare_at = std::min<int>(in.u8(), 8);
  return look;
}

void write_photos(Writer& out, const std::vector<Photo>& photos) {
  out.u16(static_cast<std::uint16_t>(photos.size()));
  for (const Photo& photo : photos) {
    out.raw(photo.digest).text(photo.media_type).u32(photo.size);
    write_look(out, photo.look);
  }
}

std::vector<Photo> read_photos(Reader& in, std::uint8_t format) {
  constexpr std::size_t least = 38, least_measured = 53;
  const bool measured = format > first_format;
  std::vector<Photo> photos(in.count(in.u16(), measured ? least_measured : least));
  for (Photo& photo : photos) {
    in.raw(photo.digest);
    photo.media_type = in.text();
    photo.size = in.u32();
    if (measured) photo.look = read_look(in);
  }
  return photos;
}

void write_papers(Writer& out, const std::vector<Paper>& papers) {
  out.u16(static_cast<std::uint16_t>(papers.size()));
  for (const Paper& paper : papers) {
    out.text(paper.material).flag(paper.bring);
    write_photos(out, paper.photos);
  }
}

std::vector<Paper> read_papers(Reader& in, std::uint8_t format) {
  std::vector<Paper> papers(in.count(in.u16(), 5));
  for (Paper& paper : papers) {
    paper.material = in.text();
    paper.bring = in.flag();
    paper.photos = read_photos(in, format);
  }
  return papers;
}

void write_person(Writer& out, const casework::Person& person) {
  out.text(person.name).text(person.identity_number).text(person.mobile);
}

void read_person(Reader& in, casework::Person& person) {
  person.name = in.text();
  person.identity_number = in.text();
  person.mobile = in.text();
}

void write_answers(Writer& out, const catalogue::Answers& answers) {
  out.u16(static_cast<std::uint16_t>(answers.size()));
  for (const auto& [question, answer] : answers) out.text(question).text(answer);
}

void read_answers(Reader& in, catalogue::Answers& answers) {
  for (std::size_t left = in.count(in.u16(), 4); left > 0; --left) {
    std::string question = in.text();
    answers.emplace(std::move(question), in.text());
  }
}

void write_application(Writer& out, const casework::Application& application) {
  out.raw(application.submission_id.octets).text(application.item.text()).u32(application.catalogue_version);
  out.text(application.received_by.text());
  write_answers(out, application.answers);
  write_person(out, application.applicant);
  out.flag(application.agent.has_value());
  if (application.agent) {
    write_person(out, *application.agent);
    out.text(application.agent->relation);
  }
  out.text(application.registration.text()).text(application.residence.text());
  out.text(application.address).text(application.statement);
}

void read_application(Reader& in, casework::Application& application) {
  in.raw(application.submission_id.octets);
  application.item = ItemId(in.text());
  application.catalogue_version = in.u32();
  application.received_by = CentreId(in.text());
  read_answers(in, application.answers);
  read_person(in, application.applicant);
  if (in.flag()) {
    application.agent.emplace();
    read_person(in, *application.agent);
    application.agent->relation = in.text();
  }
  application.registration = TownshipCode(in.text());
  application.residence = TownshipCode(in.text());
  application.address = in.text();
  application.statement = in.text();
}

Bytes copy(ByteView bytes) { return Bytes(bytes.begin(), bytes.end()); }

}  // namespace

Bytes encode_draft(const Draft& draft) {
  Writer out;
  out.u8(draft_format);
  write_application(out, draft.application);
  out.text(draft.registration_district).text(draft.residence_district);
  write_papers(out, draft.papers);
  out.kind(draft.step).i64(draft.begun.ms).i64(draft.changed.ms).blob(draft.secret);
  return std::move(out).bytes();
}

std::optional<Draft> decode_draft(ByteView bytes) {
  Reader in(bytes);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != draft_format) return std::nullopt;
  Draft draft;
  read_application(in, draft.application);
  draft.registration_district = in.text();
  draft.residence_district = in.text();
  draft.papers = read_papers(in, format);
  draft.step = in.kind(Step::Submit);
  draft.begun = {in.i64()};
  draft.changed = {in.i64()};
  if (format != first_format) draft.secret = copy(in.blob());
  if (!in.done()) return std::nullopt;
  draft.save = SaveState::Saved;
  draft.saved_at = draft.changed;
  return draft;
}

Bytes encode_guide_notes(const GuideNotes& notes) {
  Writer out;
  out.u8(guide_format);
  write_answers(out, notes.answers);
  out.u16(static_cast<std::uint16_t>(notes.ticked.size()));
  for (const std::string& material : notes.ticked) out.text(material);
  return std::move(out).bytes();
}

std::optional<GuideNotes> decode_guide_notes(ByteView bytes) {
  Reader in(bytes);
  if (in.u8() != guide_format) return std::nullopt;
  GuideNotes notes;
  read_answers(in, notes.answers);
  for (std::size_t left = in.count(in.u16(), 2); left > 0; --left) notes.ticked.insert(in.text());
  if (!in.done()) return std::nullopt;
  return notes;
}

Bytes encode_outbox_entry(const OutboxEntry& entry) {
  Writer out;
  out.u8(outbox_format).raw(entry.id.octets).text(entry.item.text()).text(entry.centre.text());
  out.text(entry.applicant).flag(entry.for_other).blob(entry.body).blob(entry.secret);
  write_photos(out, entry.files);
  out.i64(entry.sealed_at.ms).blob(entry.draft).blob(entry.carried).i64(entry.carried_until.ms).flag(entry.by_hand);
  return std::move(out).bytes();
}

std::optional<OutboxEntry> decode_outbox_entry(ByteView bytes) {
  Reader in(bytes);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != outbox_format) return std::nullopt;
  OutboxEntry entry;
  in.raw(entry.id.octets);
  entry.item = ItemId(in.text());
  entry.centre = CentreId(in.text());
  entry.applicant = in.text();
  entry.for_other = in.flag();
  entry.body = copy(in.blob());
  entry.secret = copy(in.blob());
  entry.files = read_photos(in, format);
  entry.sealed_at = {in.i64()};
  entry.draft = copy(in.blob());
  if (format != first_format) {
    entry.carried = copy(in.blob());
    entry.carried_until = {in.i64()};
    entry.by_hand = in.flag();
  }
  if (!in.done()) return std::nullopt;
  entry.state = entry.by_hand ? SendState::Carried : SendState::Waiting;
  if (entry.by_hand) entry.codes = make_carried_codes(entry.carried);
  return entry;
}

Bytes encode_case_entry(const CaseEntry& entry) {
  Writer out;
  out.u8(case_format).text(entry.number.text()).text(entry.item.text()).text(entry.centre.text());
  out.text(entry.applicant).flag(entry.for_other).blob(entry.secret).blob(entry.receipt);
  out.i64(entry.stored_at.ms).blob(entry.told).i64(entry.fetched.ms);
  write_papers(out, entry.mending);
  out.kind(entry.mend);
  return std::move(out).bytes();
}

std::optional<CaseEntry> decode_case_entry(ByteView bytes) {
  Reader in(bytes);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != case_format) return std::nullopt;
  CaseEntry entry;
  entry.number = CaseNumber(in.text());
  entry.item = ItemId(in.text());
  entry.centre = CentreId(in.text());
  entry.applicant = in.text();
  entry.for_other = in.flag();
  entry.secret = copy(in.blob());
  entry.receipt = copy(in.blob());
  entry.stored_at = {in.i64()};
  entry.told = copy(in.blob());
  entry.fetched = {in.i64()};
  entry.mending = read_papers(in, format);
  entry.mend = in.kind(MendState::Failed);
  if (!in.done()) return std::nullopt;
  return entry;
}

}  // namespace tongban::app
