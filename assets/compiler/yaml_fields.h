// One mapping of a YAML source file, read field by field: every key must be known, come once, and be of its kind.
//
// yaml-cpp throws; its exceptions end in load_yaml and never leave this folder.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "assets/compiler/faults.h"
#include "shared/base/time.h"

namespace tongban::compiler {

/// Nothing when the file can't be read or isn't YAML; the fault says why.
std::optional<YAML::Node> load_yaml(const std::string& folder, const std::string& file, Faults& faults);

/// The line of a node, from 1.
int line_of(const YAML::Node& node);

struct TextAt {
  std::string text;
  int line = 0;
};

class YamlFields {
 public:
  /// `node` should be a mapping; if it is none, that is a fault and all fields are absent.
  YamlFields(const YAML::Node& node, std::string file, Faults& faults);
  /// Reports the keys that nobody asked for.
  ~YamlFields();
  YamlFields(const YamlFields&) = delete;
  YamlFields& operator=(const YamlFields&) = delete;

  /// Empty when absent. Checked by check_text.
  std::string text(const char* key);
  std::string required(const char* key);
  std::vector<TextAt> texts(const char* key);
  std::optional<Date> date(const char* key);
  YAML::Node node(const char* key);
  /// Index of the text among `choices`; `fallback` when absent; a fault when it is another.
  int choice(const char* key, const std::vector<std::string>& choices, int fallback);
  /// The key's own line, or the mapping's when absent.
  int line(const char* key) const;
  Place place(const char* key) const { return {file_, line(key)}; }
  bool has(const char* key) const;

 private:
  YAML::Node find(const char* key);
  std::string scalar(const YAML::Node& node, const char* key);

  YAML::Node node_;
  std::string file_;
  Faults& faults_;
  std::set<std::string> asked_;
};

}  // namespace tongban::compiler
