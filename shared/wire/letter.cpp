#include "shared/base/octets.h"
#include "shared/wire/application.h"
#include "shared/wire/envelope.h"
#include "shared/wire/event.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

using casework::Event;
using casework::EventKind;

constexpr std::string_view letter_magic = "TBLE";
constexpr std::string_view request_magic = "TBRQ";
constexpr std::uint16_t request_format = 1, letter_format = 1, format_with_lost = 2;

void put_events(Writer& writer, const std::vector<Event>& events) {
  writer.u16(static_cast<std::uint16_t>(events.size()));
  for (const Event& event : events) writer.blob(encode(event));
}

Expected<std::vector<Event>> take_events(Reader& reader) {
  std::vector<Event> events;
  const std::size_t count = reader.count(reader.u16(), 4);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    TRY(Event event, decode_event(reader.blob()));
    events.push_back(std::move(event));
  }
  return events;
}

void put_receipts(Writer& writer, const std::vector<Bytes>& receipts) {
  writer.u16(static_cast<std::uint16_t>(receipts.size()));
  for (const Bytes& receipt : receipts) writer.blob(receipt);
}

std::vector<Bytes> take_receipts(Reader& reader) {
  std::vector<Bytes> receipts;
  const std::size_t count = reader.count(reader.u16(), 4);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    const ByteView receipt = reader.blob();
    receipts.emplace_back(receipt.begin(), receipt.end());
  }
  return receipts;
}

/// The case as a whole, not only what is new of it.
bool is_whole(LetterKind kind) { return kind == LetterKind::Transfer || kind == LetterKind::Recollection; }

// Only the parts of its kind are in a letter.
Expected<void> take_content(Reader& reader, Letter& letter) {
  if (is_about_claims(letter.kind)) return {};
  if (is_whole(letter.kind)) {
    const ByteView application = reader.blob();
    letter.application.assign(application.begin(), application.end());
    reader.raw(letter.access);
  }
  if (letter.kind == LetterKind::Request) {
    TRY(letter.request, decode_request(reader.blob()));
    return {};
  }
  TRY(letter.events, take_events(reader));
  if (letter.kind != LetterKind::Transfer) letter.receipts = take_receipts(reader);
  if (letter.kind == LetterKind::Recollection) letter.taken = reader.u32();
  return {};
}

}  // namespace

Bytes encode(const Letter& letter) {
  Writer writer;
  writer.raw(as_bytes(letter_magic)).u16(letter.lost.empty() ? letter_format : format_with_lost).kind(letter.kind).text(letter.from.text()).text(letter.to.text());
  writer.raw(letter.submission_id.octets).text(letter.number.text()).u32(letter.seq).u32(letter.first).i64(letter.written_at.ms);
  if (is_whole(letter.kind)) writer.blob(letter.application).raw(letter.access);
  if (letter.kind == LetterKind::Request) {
    writer.blob(encode(letter.request.value_or(Request{})));
  } else if (!is_about_claims(letter.kind)) {
    put_events(writer, letter.events);
    if (letter.kind != LetterKind::Transfer) put_receipts(writer, letter.receipts);
    if (letter.kind == LetterKind::Recollection) writer.u32(letter.taken);
  }
  if (!letter.lost.empty()) put(writer, letter.lost);
  return std::move(writer).bytes();
}

Expected<Letter> decode_letter(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(letter_magic.size())) != letter_magic) return envelope_errors::Malformed;
  const std::uint16_t format = reader.u16();
  if (format != letter_format && format != format_with_lost) return envelope_errors::Version;
  Letter letter;
  letter.kind = reader.kind(LetterKind::Claim, LetterKind::Transfer);
  letter.from = take_id<CentreId>(reader);
  letter.to = take_id<CentreId>(reader);
  reader.raw(letter.submission_id.octets);
  letter.number = take_id<CaseNumber>(reader);
  letter.seq = reader.u32();
  letter.first = reader.u32();
  letter.written_at.ms = reader.i64();
  if (!reader.good()) return envelope_errors::Malformed;
  TRY_VOID(take_content(reader, letter));
  if (format == format_with_lost) letter.lost = take_digests(reader);
  // One letter, one text: an empty list is written in the other format.
  if (!reader.done() || (format == format_with_lost && letter.lost.empty())) return envelope_errors::Malformed;
  return letter;
}

std::vector<casework::Digest> attachments_of(const Letter& letter) {
  if (letter.request) return attachments_of(letter.request->materials);
  std::vector<casework::MaterialState> materials;
  if (!letter.application.empty()) {
    if (const auto application = decode_application(letter.application)) materials = application->materials;
  }
  for (const Event& event : letter.events) {
    materials.insert(materials.end(), event.payload.materials.begin(), event.payload.materials.end());
  }
  return attachments_of(materials);
}

Bytes encode(const Request& request) {
  Writer writer;
  writer.raw(as_bytes(request_magic)).u16(request_format).kind(request.kind);
  put(writer, request.materials);
  writer.text(request.text).text(request.actor).i64(request.made_at.ms);
  return std::move(writer).bytes();
}

Expected<Request> decode_request(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(request_magic.size())) != request_magic) return envelope_errors::Malformed;
  if (reader.u16() != request_format) return envelope_errors::Version;
  Request request;
  request.kind = reader.kind(EventKind::DuplicateFound);
  request.materials = take_materials(reader);
  request.text = reader.text();
  request.actor = reader.text();
  request.made_at.ms = reader.i64();
  const bool known = request.kind == EventKind::Supplemented || request.kind == EventKind::Withdrawn;
  if (!reader.done() || !known) return envelope_errors::Malformed;
  return request;
}

}  // namespace tongban::wire
