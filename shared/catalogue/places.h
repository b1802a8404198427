// Names of places in English: romanised from their readings, with what is generic in them translated
// ("曲阳路街道": "Quyang Road Subdistrict"). This project's own, not official; the Chinese name stays beside it.
#pragma once

#include <string>
#include <string_view>

#include "shared/catalogue/model.h"
#include "shared/catalogue/pinyin.h"

namespace tongban::catalogue {

/// Empty where a reading is missing, or the name is no plain one.
std::string english_place(std::string_view name, const Pinyin& pinyin);
/// Gives townships and centres their English names.
void name_places(Catalogue& catalogue, const Pinyin& pinyin);
/// What somebody looks for who has read such a name: "Quyang Road Subdistrict" becomes "quyang 路".
std::string place_query(std::string_view query);

}  // namespace tongban::catalogue
