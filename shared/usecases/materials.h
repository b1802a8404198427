// What the steps ask about the materials of a case. Internal to shared/usecases.
#pragma once

#include "shared/usecases/errors.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

/// Whether the case's item, or else the case itself, has a material of that key.
bool has_material(const Work& work, const std::string& key);
/// Materials that must have a verdict: needed by the situation and not merely "by circumstances" (a note). Of an item
/// that the catalogue doesn't know any more: what the resident stated.
std::vector<std::string> materials_to_check(const Work& work);
/// UnknownMaterial; ReasonMissing for a Missing without reason. `where` as "/verdicts/0".
Expected<void> check_verdicts(const Work& work, const std::vector<casework::MaterialVerdict>& verdicts);
/// FileLacking: a file that they name is not here (yet).
Expected<void> check_files(const std::vector<casework::MaterialState>& materials, const Ground& ground);
bool names_material(const std::vector<casework::MaterialVerdict>& verdicts, const std::string& key);

}  // namespace tongban::usecases
