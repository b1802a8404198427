#include "assets/compiler/diff.h"

#include <rapidjson/document.h>

#include <map>
#include <set>

#include "assets/compiler/files.h"
#include "assets/compiler/json.h"
#include "shared/catalogue/snapshot.h"

namespace tongban::compiler {
namespace {

using catalogue::Catalogue;
using Table = std::map<std::string, const rapidjson::Value*>;

Table by_key(const rapidjson::Document& document, const char* list, const char* key) {
  Table table;
  if (!document.HasMember(list)) return table;
  for (const auto& entry : document[list].GetArray()) table[entry[key].GetString()] = &entry;
  return table;
}

/// The fields in which two objects differ, parted by commas.
std::string changed_fields(const rapidjson::Value& from, const rapidjson::Value& to) {
  std::set<std::string> names;
  for (const rapidjson::Value* side : {&from, &to})
    for (const auto& member : side->GetObject()) {
      const char* name = member.name.GetString();
      if (!from.HasMember(name) || !to.HasMember(name) || from[name] != to[name]) names.insert(name);
    }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string named(const rapidjson::Value& entry) {
  for (const char* key : {"name", "said"})
    if (entry.HasMember(key)) return std::string(" ") + entry[key].GetString();
  return {};
}

std::string compare(const Table& from, const Table& to, const char* what) {
  std::string text;
  for (const auto& [key, entry] : from)
    if (!to.count(key)) text += std::string("- ") + what + " " + key + named(*entry) + "\n";
  for (const auto& [key, entry] : to) {
    const auto before = from.find(key);
    if (before == from.end()) text += std::string("+ ") + what + " " + key + named(*entry) + "\n";
    else if (const std::string fields = changed_fields(*before->second, *entry); !fields.empty())
      text += std::string("~ ") + what + " " + key + named(*entry) + ": " + fields + "\n";
  }
  return text;
}

}  // namespace

std::string describe_difference(const Catalogue& from, const Catalogue& to) {
  rapidjson::Document a, b;
  a.Parse(to_json(from));
  b.Parse(to_json(to));
  std::string text = "Version " + std::to_string(from.version) + " to " + std::to_string(to.version) + "\n";
  struct Kind {
    const char *list, *key, *what;
  };
  for (const Kind& kind : {Kind{"items", "id", "item"}, Kind{"centres", "id", "centre"}, Kind{"townships", "code", "township"},
                           Kind{"districts", "code", "district"}, Kind{"life_events", "key", "life event"}, Kind{"sayings", "said", "saying"}})
    text += compare(by_key(a, kind.list, kind.key), by_key(b, kind.list, kind.key), kind.what);
  if (const std::string texts = changed_fields(a["english"], b["english"]); !texts.empty()) text += "~ English of: " + texts + "\n";
  if (const std::string days = changed_fields(a["calendar"], b["calendar"]); !days.empty()) text += "~ calendar: " + days + "\n";
  return text;
}

Expected<Bytes> read_unverified(const std::string& path) {
  TRY(Bytes bytes, read_file(path));
  if (as_text(bytes).starts_with("TBCAT")) return bytes;
  TRY(auto unpacked, catalogue::unpack_unverified(bytes));
  return std::move(unpacked.canonical);
}

}  // namespace tongban::compiler
