#include "client/platform/browser/message.h"

#include <emscripten.h>

#include "client/ui/json_text.h"

// The text and the octets are only valid during the call: the shell's side copies what it keeps.
EM_JS(void, tb_effect, (const char* json, int json_size, const std::uint8_t* blob, int blob_size), {
  Module.onEffect(JSON.parse(UTF8ToString(json, json_size)), blob_size ? HEAPU8.slice(blob, blob + blob_size) : null);
});

namespace tongban::platform {

Outgoing::Outgoing(std::string_view type) {
  json_ = "{\"t\":";
  ui::json_string(json_, type);
}

void Outgoing::name(std::string_view name) {
  json_ += ',';
  ui::json_string(json_, name);
  json_ += ':';
}

Outgoing& Outgoing::text(std::string_view key, std::string_view value) {
  name(key);
  ui::json_string(json_, value);
  return *this;
}

Outgoing& Outgoing::number(std::string_view key, double value) {
  name(key);
  ui::json_number(json_, value);
  return *this;
}

Outgoing& Outgoing::flag(std::string_view key, bool value) {
  name(key);
  json_ += value ? "true" : "false";
  return *this;
}

Outgoing& Outgoing::raw(std::string_view key, std::string_view json) {
  name(key);
  json_ += json;
  return *this;
}

void Outgoing::send(ByteView blob) {
  json_ += '}';
  tb_effect(json_.data(), static_cast<int>(json_.size()), blob.data(), static_cast<int>(blob.size()));
}

}  // namespace tongban::platform
