// Messages between the shell and the module: a JSON object with a type `t`, and octets beside it.
#pragma once

#include <string>
#include <string_view>

#include <rapidjson/document.h>

#include "shared/base/bytes.h"
#include "shared/base/time.h"

namespace tongban::platform {

class Message {
 public:
  Message(std::string_view json, ByteView blob) : blob_(blob) { document_.Parse(json.data(), json.size()); }

  bool valid() const { return document_.IsObject() && document_.HasMember("t"); }
  std::string_view type() const { return text("t"); }
  Instant now() const { return {static_cast<std::int64_t>(number("now"))}; }
  ByteView blob() const { return blob_; }

  std::string_view text(const char* name) const {
    const auto* v = find(name);
    return v && v->IsString() ? std::string_view(v->GetString(), v->GetStringLength()) : std::string_view();
  }
  double number(const char* name, double otherwise = 0) const {
    const auto* v = find(name);
    return v && v->IsNumber() ? v->GetDouble() : otherwise;
  }
  float real(const char* name, float otherwise = 0) const { return static_cast<float>(number(name, otherwise)); }
  std::uint64_t id(const char* name) const { return static_cast<std::uint64_t>(number(name)); }
  bool flag(const char* name) const {
    const auto* v = find(name);
    return v && v->IsBool() && v->GetBool();
  }
  const rapidjson::Value* find(const char* name) const {
    if (!document_.IsObject()) return nullptr;
    const auto member = document_.FindMember(name);
    return member == document_.MemberEnd() ? nullptr : &member->value;
  }

 private:
  rapidjson::Document document_;
  ByteView blob_;
};

/// Writes one message to the shell: Outgoing("title").text("text", title).send();
class Outgoing {
 public:
  explicit Outgoing(std::string_view type);
  Outgoing& text(std::string_view name, std::string_view value);
  Outgoing& number(std::string_view name, double value);
  Outgoing& flag(std::string_view name, bool value);
  /// `json` must be a JSON value.
  Outgoing& raw(std::string_view name, std::string_view json);
  void send(ByteView blob = {});

 private:
  void name(std::string_view name);
  std::string json_;
};

}  // namespace tongban::platform
