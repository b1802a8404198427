#include "shared/usecases/materials.h"

#include <algorithm>

#include "shared/casework/text.h"
#include "shared/catalogue/situation.h"
#include "shared/wire/application.h"

namespace tongban::usecases {

bool has_material(const Work& work, const std::string& key) {
  if (const catalogue::Item* item = work.item()) {
    return std::any_of(item->materials.begin(), item->materials.end(), [&](const catalogue::Material& one) { return one.key == key; });
  }
  const auto& materials = work.file().materials;
  return std::any_of(materials.begin(), materials.end(), [&](const casework::MaterialState& one) { return one.material == key; });
}

std::vector<std::string> materials_to_check(const Work& work) {
  std::vector<std::string> keys;
  if (const catalogue::Item* item = work.item()) {
    for (const catalogue::Material* material : catalogue::needed_materials(*item, work.file().application.answers).needed) {
      if (material->note.empty()) keys.push_back(material->key);
    }
  } else {
    for (const casework::MaterialState& material : work.file().materials) keys.push_back(material.material);
  }
  return keys;
}

Expected<void> check_verdicts(const Work& work, const std::vector<casework::MaterialVerdict>& verdicts) {
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::string where = "/verdicts/" + std::to_string(i);
    if (!has_material(work, verdicts[i].material)) return Error(step_errors::UnknownMaterial, where);
    const bool unexplained = verdicts[i].verdict == casework::Verdict::Missing && casework::tidy(verdicts[i].reason).empty();
    if (unexplained) return Error(step_errors::ReasonMissing, where);
  }
  return {};
}

Expected<void> check_files(const std::vector<casework::MaterialState>& materials, const Ground& ground) {
  const auto lacking = ground.lacking(wire::attachments_of(materials));
  if (!lacking.empty()) return Error(step_errors::FileLacking, "/materials", "digest " + to_hex(lacking.front()));
  return {};
}

bool names_material(const std::vector<casework::MaterialVerdict>& verdicts, const std::string& key) {
  return std::any_of(verdicts.begin(), verdicts.end(), [&](const casework::MaterialVerdict& one) { return one.material == key; });
}

}  // namespace tongban::usecases
