// english/*.yaml: the Chinese text, exactly as the items have it, and its English.
#pragma once

#include <map>
#include <string>

#include "assets/compiler/faults.h"
#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// The names of items and materials, each with the place where it stands first. They need English; other texts may have it.
using NamedTexts = std::map<std::string, Place>;

/// Needs the items. A name without English is a fault, and so is English that no item asks for.
void read_english(const std::string& folder, const NamedTexts& names, catalogue::Catalogue& catalogue, Faults& faults);

}  // namespace tongban::compiler
