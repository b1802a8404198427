// Writing JSON: members in a fixed order, nothing that is empty. Internal to shared/wire/json.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/id.h"
#include "shared/base/time.h"

namespace tongban::wire::json {

class Output {
 public:
  Output& object() { return writer_.StartObject(), *this; }
  Output& end_object() { return writer_.EndObject(), *this; }
  Output& array(const char* name) { return key(name), writer_.StartArray(), *this; }
  Output& end_array() { return writer_.EndArray(), *this; }
  Output& object(const char* name) { return key(name), writer_.StartObject(), *this; }

  Output& key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    return *this;
  }
  Output& string(std::string_view text) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    return *this;
  }
  Output& text(const char* name, std::string_view text) { return key(name).string(text); }
  /// Left out when empty.
  Output& text_if(const char* name, std::string_view value) { return value.empty() ? *this : text(name, value); }
  template <typename Id>
  Output& id(const char* name, const Id& id) {
    return text(name, id.text());
  }
  template <typename Id>
  Output& id_if(const char* name, const Id& id) {
    return text_if(name, id.text());
  }
  Output& hex(const char* name, ByteView octets) { return text(name, to_hex(octets)); }
  Output& base64url(const char* name, ByteView octets) { return text(name, to_base64url(octets)); }
  Output& instant(const char* name, Instant at) { return text(name, to_rfc3339(at)); }
  Output& date(const char* name, Date date) { return text(name, to_text(date)); }
  Output& number(const char* name, std::uint32_t value) { return key(name), writer_.Uint(value), *this; }
  Output& flag(const char* name, bool value) { return key(name), writer_.Bool(value), *this; }

  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  static constexpr std::size_t usual_size = 2 * 1024;
  rapidjson::StringBuffer buffer_{nullptr, usual_size};
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace tongban::wire::json
