// The table of readings (pinyin.bin) from pinyin/kMandarin_8105.txt and the words with readings of their own.
#pragma once

#include <string>
#include <vector>

#include "assets/compiler/faults.h"
#include "assets/compiler/read_tables.h"
#include "shared/base/bytes.h"

namespace tongban::compiler {

/// pinyin/words.csv overrides the table for whole words: place names, and characters with several readings.
/// Each township of `expected` must come out as its own column says.
Bytes make_pinyin(const std::string& folder, const std::vector<TownshipPinyin>& expected, Faults& faults);

}  // namespace tongban::compiler
