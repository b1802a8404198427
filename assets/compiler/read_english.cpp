#include "assets/compiler/read_english.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

#include "assets/compiler/yaml_fields.h"

namespace tongban::compiler {
namespace {

class EnglishTexts {
 public:
  EnglishTexts(catalogue::Catalogue& catalogue, Faults& faults) : catalogue_(catalogue), faults_(faults) {
    for (const std::string* text : catalogue::texts_with_english(catalogue)) asked_.insert(*text);
  }

  void read(const std::string& folder, const std::string& file) {
    const auto root = load_yaml(folder, file, faults_);
    if (!root) return;
    if (!root->IsMap()) return faults_.add(file, line_of(*root), "A mapping of Chinese texts to English ones is expected here.");
    for (const auto& entry : *root) {
      const int line = line_of(entry.first);
      if (!entry.first.IsScalar() || !entry.second.IsScalar() || entry.second.Scalar().empty()) {
        faults_.add(file, line, "A Chinese text and its English are expected here.");
        continue;
      }
      add(entry.first.Scalar(), entry.second.Scalar(), {file, line});
    }
  }

 private:
  void add(const std::string& chinese, const std::string& english, const Place& place) {
    check_text(english, "The English of “" + chinese + "”", place, faults_);
    if (!asked_.contains(chinese)) faults_.add(place.file, place.line, "No item says “" + chinese + "”: its English is not used.");
    else if (!catalogue_.english.emplace(chinese, english).second) faults_.add(place.file, place.line, "“" + chinese + "” has its English already.");
  }

  catalogue::Catalogue& catalogue_;
  Faults& faults_;
  std::set<std::string> asked_;
};

}  // namespace

void read_english(const std::string& folder, const NamedTexts& names, catalogue::Catalogue& catalogue, Faults& faults) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/english", error)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".yaml")) files.push_back("english/" + name);
    else faults.add("english/" + name, 0, "Only .yaml files belong here.");
  }
  std::sort(files.begin(), files.end());
  EnglishTexts texts(catalogue, faults);
  for (const std::string& file : files) texts.read(folder, file);
  for (const auto& [name, place] : names)
    if (catalogue.in_english(name).empty()) faults.add(place.file, place.line, "“" + name + "” has no English in english/.");
}

}  // namespace tongban::compiler
