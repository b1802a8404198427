// An item in words, for a terminal.
#pragma once

#include <string>

#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// Several lines, official terms; what no source says reads 未公布.
std::string describe(const catalogue::Item& item);

}  // namespace tongban::compiler
