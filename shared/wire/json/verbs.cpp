#include "shared/wire/json/verbs.h"

#include "shared/wire/json/parts.h"

namespace tongban::wire::json {
namespace {

using casework::EventKind;
using casework::Verb;

/// The event whose payload a verb's body is; nothing for verbs with an empty body.
std::optional<EventKind> kind_of(Verb verb) {
  switch (verb) {
    case Verb::Check: return EventKind::FormChecked;
    case Verb::Return: return EventKind::Returned;
    case Verb::Transfer: return EventKind::Transferred;
    case Verb::Accept: return EventKind::Accepted;
    case Verb::NotOurs: return EventKind::NotOurs;
    case Verb::Decide: return EventKind::Decided;
    case Verb::Supplement: return EventKind::Supplemented;
    case Verb::Withdraw: return EventKind::Withdrawn;
    case Verb::MoveOriginals: return EventKind::OriginalsMoved;
    case Verb::Read:
    case Verb::Receive:
    case Verb::Deliver:
    case Verb::RenewAccess: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string write_verb_body(Verb verb, const casework::EventPayload& payload) {
  Output out;
  out.object();
  if (const auto kind = kind_of(verb)) write_payload(out, *kind, payload);
  out.end_object();
  return out.take();
}

Expected<casework::EventPayload> read_verb_body(Verb verb, std::string_view text) {
  Reading reading(text.empty() ? std::string_view("{}") : text);
  Members members(reading, reading.root(), "");
  casework::EventPayload payload;
  if (const auto kind = kind_of(verb)) payload = read_payload(members, *kind);
  members.finish();
  return result(reading, std::move(payload));
}

}  // namespace tongban::wire::json
