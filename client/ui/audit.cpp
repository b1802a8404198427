#include "client/ui/audit.h"

#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace tongban::ui {
namespace {

bool is_control(const TwinRecord& r) {
  for (const char* tag : {"a", "button", "input", "select", "textarea"}) if (std::strcmp(r.tag, tag) == 0) return true;
  return false;
}

std::string attribute(const TwinRecord& r, const char* name) {
  for (const auto& [n, value] : r.attributes) if (std::strcmp(n, name) == 0) return value;
  return {};
}

std::string describe(const TwinRecord& r) {
  std::string out = std::string("<") + r.tag + "> ";
  const std::string label = attribute(r, "aria-label");
  return out + (label.empty() ? "id " + std::to_string(r.id) : "“" + label + "”");
}

}  // namespace

std::vector<std::string> audit(const Tree& tree) {
  std::vector<std::string> faults;
  std::vector<Id> duplicates;
  const std::vector<TwinRecord> records = twin_records(tree, &duplicates);
  for (const Id id : duplicates) faults.push_back("two elements have the key of id " + std::to_string(id));
  std::unordered_map<Id, const TwinRecord*> by_id;
  std::unordered_set<Id> texts;          // elements with words below them
  std::unordered_set<std::string> labelled;
  for (const TwinRecord& r : records) {
    by_id.emplace(r.id, &r);
    if (const std::string target = attribute(r, "for"); !target.empty() && !r.text.empty()) labelled.insert(target);
    if (r.text.empty()) continue;
    for (Id up = r.id; by_id.count(up); up = by_id.at(up)->parent) texts.insert(up);
  }
  const auto in_label = [&](const TwinRecord& control) {
    for (auto up = by_id.find(control.parent); up != by_id.end(); up = by_id.find(up->second->parent))
      if (std::strcmp(up->second->tag, "label") == 0) return texts.count(up->first) > 0;
    return false;
  };
  int headings = 0;
  for (const TwinRecord& r : records) {
    if (std::strcmp(r.tag, "h1") == 0) ++headings;
    if (!is_control(r)) {
      if (attribute(r, "role") == "radiogroup" && attribute(r, "aria-label").empty()) faults.push_back("a group of choices has no name");
      continue;
    }
    const bool named = !attribute(r, "aria-label").empty() || texts.count(r.id) || labelled.count(attribute(r, "id")) || in_label(r);
    if (!named) faults.push_back(describe(r) + " has no name");
    if (r.w < 1 || r.h < 1) faults.push_back(describe(r) + " has no room");
    if (std::strcmp(r.tag, "a") == 0 && attribute(r, "href").empty()) faults.push_back(describe(r) + " leads nowhere");
  }
  if (headings != 1) faults.push_back("the page has " + std::to_string(headings) + " first headings");
  return faults;
}

}  // namespace tongban::ui
