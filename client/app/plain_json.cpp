#include "client/app/plain_json.h"

#include <rapidjson/document.h>

namespace tongban::app {

PlainTexts read_texts(std::string_view json) {
  std::map<std::string, std::string> texts;
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (!document.HasParseError() && document.IsObject()) {
    for (const auto& member : document.GetObject()) {
      if (!member.value.IsString()) continue;
      texts.emplace(std::string(member.name.GetString(), member.name.GetStringLength()),
                    std::string(member.value.GetString(), member.value.GetStringLength()));
    }
  }
  return PlainTexts(std::move(texts));
}

}  // namespace tongban::app
