// The catalogue as canonical compact JSON: for people's tools, and as the yardstick of the compressed size.
#pragma once

#include <string>

#include "shared/catalogue/model.h"
#include "shared/catalogue/search.h"

namespace tongban::compiler {

/// Keys in a fixed order, no spaces; what is empty or unknown is left out.
std::string to_json(const catalogue::Catalogue& catalogue);
std::string to_json(const catalogue::Item& item, const catalogue::Catalogue& catalogue);
/// [{id, name, score, why, matched?}], best first.
std::string to_json(const std::vector<catalogue::Hit>& hits, const catalogue::Catalogue& catalogue);

const char* text_of(catalogue::Mode mode);

}  // namespace tongban::compiler
