#include "shared/wire/json/reading.h"

#include "shared/base/octets.h"

namespace tongban::wire::json {
namespace {

/// RFC 6901: "~" is "~0", "/" is "~1".
std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == '~') text += "~0";
    else if (c == '/') text += "~1";
    else text.push_back(c);
  }
  return text;
}

/// Whether a second half of a pair stands alone ("\\uDC00"): RapidJSON sees that a first one is followed, but lets this pass, and the
/// text is then no UTF-8, which no other format of ours would ever give back.
bool has_lone_surrogate(std::string_view text) {
  constexpr std::size_t escape = 6;
  const auto begins_with = [&](std::size_t at, std::string_view second) {
    return text.size() - at >= escape && text[at] == '\\' && text[at + 1] == 'u' && (text[at + 2] | 0x20) == 'd' &&
           second.find(static_cast<char>(text[at + 3] | 0x20)) != std::string_view::npos;
  };
  for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    if (begins_with(at, "cdef")) return true;
    if (begins_with(at, "89ab")) at += 2 * escape;
    else at += 2;
  }
  return false;
}

}  // namespace

Reading::Reading(std::string_view text) {
  // Once over the whole: that costs less than RapidJSON's looking at each character.
  if (!is_utf8(text) || has_lone_surrogate(text)) {
    fail(json_errors::NotJson, "", "encoding");
    return;
  }
  // Iterative: a deeply nested text must not exhaust the stack.
  document_.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document_.HasParseError()) fail(json_errors::NotJson, "", "offset " + std::to_string(document_.GetErrorOffset()));
}

void Reading::fail(const ErrorCode& code, std::string where, std::string detail) {
  if (!error_) error_.emplace(code, std::move(where), std::move(detail));
}

Members::Members(Reading& reading, const Value& value, std::string where) : reading_(reading), where_(std::move(where)) {
  if (!reading.good()) return;
  if (value.IsObject()) {
    object_ = &value;
  } else {
    reading.fail(json_errors::WrongType, where_);
  }
}

std::string Members::path(std::string_view name) const { return where_ + "/" + escaped(name); }

void Members::fail(const ErrorCode& code, std::string_view name) { reading_.fail(code, path(name)); }

const Value* Members::find(const char* name) {
  if (!object_) return nullptr;
  const auto member = object_->FindMember(name);
  if (member == object_->MemberEnd()) return nullptr;
  const auto place = static_cast<std::size_t>(member - object_->MemberBegin());
  if (place < asked_.size()) asked_.set(place);
  return member->value.IsNull() ? nullptr : &member->value;
}

const Value* Members::member(const char* name) {
  const Value* value = find(name);
  if (!value) fail(json_errors::Missing, name);
  return value;
}

std::string Members::text_of(const Value& value, const char* name, std::size_t longest) {
  if (!value.IsString()) {
    fail(json_errors::WrongType, name);
    return {};
  }
  std::string text(value.GetString(), value.GetStringLength());
  if (text.size() > longest) fail(json_errors::TooLarge, name);
  if (text.find('\0') != std::string::npos) fail(json_errors::BadValue, name);
  return text;
}

std::string Members::text(const char* name, std::size_t longest) {
  const Value* value = member(name);
  return value ? text_of(*value, name, longest) : std::string();
}

std::string Members::text_or_empty(const char* name, std::size_t longest) {
  const Value* value = find(name);
  return value ? text_of(*value, name, longest) : std::string();
}

std::uint32_t Members::number(const char* name) {
  const Value* value = member(name);
  if (!value) return 0;
  if (!value->IsUint()) {
    fail(value->IsNumber() ? json_errors::BadValue : json_errors::WrongType, name);
    return 0;
  }
  return value->GetUint();
}

bool Members::flag_or(const char* name, bool otherwise) {
  const Value* value = find(name);
  if (!value) return otherwise;
  if (!value->IsBool()) fail(json_errors::WrongType, name);
  return value->IsBool() && value->GetBool();
}

std::optional<Instant> Members::instant_if_there(const char* name) {
  const Value* value = find(name);
  if (!value) return std::nullopt;
  const auto instant = parse_rfc3339(text_of(*value, name, 64));
  if (!instant) fail(json_errors::BadValue, name);
  return instant;
}

Instant Members::instant(const char* name) {
  const auto instant = instant_if_there(name);
  if (!instant) fail(json_errors::Missing, name);
  return instant.value_or(Instant{});
}

std::optional<Date> Members::date_if_there(const char* name) {
  const Value* value = find(name);
  if (!value) return std::nullopt;
  const auto date = parse_date(text_of(*value, name, 16));
  if (!date) fail(json_errors::BadValue, name);
  return date;
}

Date Members::date(const char* name) {
  const auto date = date_if_there(name);
  if (!date) fail(json_errors::Missing, name);
  return date.value_or(Date{});
}

Bytes Members::base64url(const char* name, std::size_t longest) {
  const auto octets = from_base64url(text(name, longest));
  if (!octets) fail(json_errors::BadValue, name);
  return octets.value_or(Bytes{});
}

/// Of a name that stands twice only the first is ever found. Of more members than are counted one at least is unknown.
void Members::finish() {
  if (!object_ || !reading_.good()) return;
  std::size_t place = 0;
  for (auto member = object_->MemberBegin(); member != object_->MemberEnd(); ++member, ++place)
    if (place == asked_.size() || !asked_[place]) return fail(json_errors::Unknown, {member->name.GetString(), member->name.GetStringLength()});
}

}  // namespace tongban::wire::json
