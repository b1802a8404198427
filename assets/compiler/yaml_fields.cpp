#include "assets/compiler/yaml_fields.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tongban::compiler {

std::optional<YAML::Node> load_yaml(const std::string& folder, const std::string& file, Faults& faults) {
  std::ifstream in(folder + "/" + file, std::ios::binary);
  if (!in) {
    faults.add(file, 0, "The file can't be read.");
    return std::nullopt;
  }
  const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (content.find('\r') != std::string::npos) faults.add(file, 0, "Lines must end in LF alone.");
  try {
    return YAML::Load(content);
  } catch (const YAML::Exception& e) {
    faults.add(file, e.mark.line + 1, "This is not YAML: " + e.msg + ".");
    return std::nullopt;
  }
}

int line_of(const YAML::Node& node) { return node.IsDefined() ? node.Mark().line + 1 : 0; }

YamlFields::YamlFields(const YAML::Node& node, std::string file, Faults& faults)
    : node_(node), file_(std::move(file)), faults_(faults) {
  if (!node_.IsDefined() || !node_.IsMap()) {
    faults_.add(file_, line_of(node_), "A mapping of keys and values is expected here.");
    node_ = YAML::Node(YAML::NodeType::Map);
  }
  std::set<std::string> seen;
  for (const auto& entry : node_)
    if (entry.first.IsScalar() && !seen.insert(entry.first.Scalar()).second)
      faults_.add(file_, line_of(entry.first), "“" + entry.first.Scalar() + "” stands here twice.");
}

YamlFields::~YamlFields() {
  for (const auto& entry : node_) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    if (!asked_.count(key)) faults_.add(file_, line_of(entry.first), "The key “" + key + "” is not known here.");
  }
}

YAML::Node YamlFields::find(const char* key) {
  asked_.insert(key);
  for (const auto& entry : node_)
    if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
  return YAML::Node(YAML::NodeType::Undefined);
}

std::string YamlFields::scalar(const YAML::Node& node, const char* key) {
  if (!node.IsScalar()) {
    faults_.add(file_, line_of(node), std::string("“") + key + "” must be one text.");
    return {};
  }
  check_text(node.Scalar(), std::string("“") + key + "”", {file_, line_of(node)}, faults_);
  return node.Scalar();
}

std::string YamlFields::text(const char* key) {
  const YAML::Node node = find(key);
  return node.IsDefined() ? scalar(node, key) : std::string();
}

std::string YamlFields::required(const char* key) {
  std::string value = text(key);
  if (value.empty()) faults_.add(file_, line(key), std::string("“") + key + "” is missing.");
  return value;
}

std::vector<TextAt> YamlFields::texts(const char* key) {
  std::vector<TextAt> list;
  const YAML::Node node = find(key);
  if (!node.IsDefined()) return list;
  if (!node.IsSequence()) {
    faults_.add(file_, line_of(node), std::string("“") + key + "” must be a list.");
    return list;
  }
  for (const auto& entry : node) {
    TextAt at{scalar(entry, key), line_of(entry)};
    const bool twice = std::any_of(list.begin(), list.end(), [&](const TextAt& other) { return other.text == at.text; });
    if (twice) faults_.add(file_, at.line, "“" + at.text + "” stands twice in “" + key + "”.");
    list.push_back(std::move(at));
  }
  return list;
}

std::optional<Date> YamlFields::date(const char* key) {
  const std::string value = text(key);
  if (value.empty()) return std::nullopt;
  const auto date = parse_date(value);
  if (!date || date->year() < std::chrono::year(2000) || date->year() > std::chrono::year(2199)) {
    faults_.add(file_, line(key), std::string("“") + key + "” must be a day written 2018-03-01, not “" + value + "”.");
    return std::nullopt;
  }
  return date;
}

YAML::Node YamlFields::node(const char* key) { return find(key); }

int YamlFields::choice(const char* key, const std::vector<std::string>& choices, int fallback) {
  const std::string value = text(key);
  if (value.empty()) return fallback;
  const auto at = std::find(choices.begin(), choices.end(), value);
  if (at != choices.end()) return static_cast<int>(at - choices.begin());
  std::string known;
  for (const std::string& c : choices) known += (known.empty() ? "" : ", ") + c;
  faults_.add(file_, line(key), std::string("“") + key + "” must be one of " + known + "; “" + value + "” is not known.");
  return fallback;
}

int YamlFields::line(const char* key) const {
  for (const auto& entry : node_)
    if (entry.first.IsScalar() && entry.first.Scalar() == key) return line_of(entry.first);
  return line_of(node_);
}

bool YamlFields::has(const char* key) const {
  for (const auto& entry : node_)
    if (entry.first.IsScalar() && entry.first.Scalar() == key) return true;
  return false;
}

}  // namespace tongban::compiler
