// From the readable source (assets/catalogue) to the catalogue as data, with every fault found on the way.
#pragma once

#include <optional>
#include <string>

#include "assets/compiler/faults.h"
#include "shared/base/bytes.h"
#include "shared/catalogue/model.h"

namespace tongban::compiler {

struct Compiled {
  catalogue::Catalogue catalogue;
  Bytes pinyin;            ///< the table of readings, as catalogue::Pinyin opens it
  std::string characters;  ///< each character that a screen may have to show, once, sorted; for cutting fonts
};

/// Nothing when there is any fault. Reads the folder only; deterministic.
std::optional<Compiled> compile(const std::string& source_folder, Faults& faults);

}  // namespace tongban::compiler
