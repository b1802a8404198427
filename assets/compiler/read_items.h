// The item files (items/iNNN.yaml) and the vocabulary that they share.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "assets/compiler/read_english.h"
#include "assets/compiler/yaml_fields.h"
#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// Questions that several items ask, by the name under which they refer to it.
using SharedQuestions = std::map<std::string, catalogue::Question>;

SharedQuestions read_shared_questions(const std::string& folder, Faults& faults);

/// The names of sources.yaml, which items and centres refer to.
std::set<std::string> read_sources(const std::string& folder, Faults& faults);

/// All of items/, sorted by id. Each file is checked by itself; check_situation is part of that.
/// `names` gets the names of items and materials.
std::vector<catalogue::Item> read_items(const std::string& folder, const SharedQuestions& shared,
                                        const std::set<std::string>& sources, NamedTexts& names, Faults& faults);

/// A question in the form that questions.yaml and the items have in common.
catalogue::Question read_question(const YAML::Node& node, const std::string& file, Faults& faults);

/// Every question must matter, and every material be needed by some answers and spared by others.
void check_situation(const catalogue::Item& item, const Place& place, Faults& faults);

}  // namespace tongban::compiler
