#include "shared/wire/event.h"

#include "shared/crypto/digest.h"
#include "shared/wire/errors.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

using casework::Event;
using casework::EventKind;
using casework::EventPayload;
using casework::Outcome;

constexpr std::string_view magic = "TBEV";
constexpr std::uint16_t format = 1;

void put_payload(Writer& writer, EventKind kind, const EventPayload& payload) {
  switch (kind) {
    case EventKind::FormChecked: put(writer, payload.verdicts); break;
    case EventKind::Returned:
      put(writer, payload.verdicts);
      writer.text(payload.text).flag(payload.due.has_value());
      if (payload.due) put(writer, *payload.due);
      break;
    case EventKind::Supplemented:
      put(writer, payload.materials);
      writer.text(payload.text);
      break;
    case EventKind::Accepted: writer.flag(payload.direct).text(payload.outside_body).text(payload.reason); break;
    case EventKind::Transferred:
    case EventKind::NotOurs: writer.text(payload.to.text()).text(payload.reason); break;
    case EventKind::Decided: writer.kind(payload.outcome).text(payload.text); break;
    case EventKind::Withdrawn: writer.text(payload.reason); break;
    case EventKind::OriginalsMoved: writer.text(payload.to.text()).text(payload.text); break;
    case EventKind::DuplicateFound: writer.text(payload.to.text()); break;
    case EventKind::Submitted:
    case EventKind::Received:
    case EventKind::TransferReceived:
    case EventKind::Delivered: break;
  }
}

EventPayload take_payload(Reader& reader, EventKind kind) {
  EventPayload payload;
  switch (kind) {
    case EventKind::FormChecked: payload.verdicts = take_verdicts(reader); break;
    case EventKind::Returned:
      payload.verdicts = take_verdicts(reader);
      payload.text = reader.text();
      if (reader.flag()) payload.due = take_date(reader);
      break;
    case EventKind::Supplemented:
      payload.materials = take_materials(reader);
      payload.text = reader.text();
      break;
    case EventKind::Accepted:
      payload.direct = reader.flag();
      payload.outside_body = reader.text();
      payload.reason = reader.text();
      break;
    case EventKind::Transferred:
    case EventKind::NotOurs:
      payload.to = take_id<CentreId>(reader);
      payload.reason = reader.text();
      break;
    case EventKind::Decided:
      payload.outcome = reader.kind(Outcome::Refused);
      payload.text = reader.text();
      break;
    case EventKind::Withdrawn: payload.reason = reader.text(); break;
    case EventKind::OriginalsMoved:
      payload.to = take_id<CentreId>(reader);
      payload.text = reader.text();
      break;
    case EventKind::DuplicateFound: payload.to = take_id<CentreId>(reader); break;
    case EventKind::Submitted:
    case EventKind::Received:
    case EventKind::TransferReceived:
    case EventKind::Delivered: break;
  }
  return payload;
}

/// Everything but the digest itself.
Bytes body(const Event& event) {
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).raw(event.previous).u32(event.seq).kind(event.kind);
  writer.text(event.centre.text()).text(event.actor).i64(event.server_time.ms);
  put_optional_instant(writer, event.device_time);
  put_payload(writer, event.kind, event.payload);
  return std::move(writer).bytes();
}

}  // namespace

Bytes encode(const Event& event) {
  Bytes bytes = body(event);
  bytes.insert(bytes.end(), event.digest.begin(), event.digest.end());
  return bytes;
}

Expected<Event> decode_event(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return wire_errors::Malformed;
  if (reader.u16() != format) return wire_errors::Version;
  Event event;
  reader.raw(event.previous);
  event.seq = reader.u32();
  event.kind = reader.kind(EventKind::DuplicateFound);
  event.centre = take_id<CentreId>(reader);
  event.actor = reader.text();
  event.server_time.ms = reader.i64();
  event.device_time = take_optional_instant(reader);
  event.payload = take_payload(reader, event.kind);
  reader.raw(event.digest);
  if (!reader.done()) return wire_errors::Malformed;
  if (crypto::digest(bytes.first(bytes.size() - event.digest.size())) != event.digest) return wire_errors::Chain;
  return event;
}

void link(Event& event, const casework::Digest& previous) {
  event.previous = previous;
  event.digest = crypto::digest(body(event));
}

Expected<void> verify_chain(const std::vector<Event>& events, const casework::Digest& previous) {
  const casework::Digest* before = &previous;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    const bool follows = event.seq == events[0].seq + i && event.previous == *before;
    if (!follows || crypto::digest(body(event)) != event.digest) {
      return Error(wire_errors::Chain, "/events/" + std::to_string(event.seq));
    }
    before = &event.digest;
  }
  return {};
}

}  // namespace tongban::wire
