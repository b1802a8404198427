#include "shared/catalogue/codec.h"
#include "shared/catalogue/pinyin.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;

FUZZ(input) {
  if (input.empty()) return;
  if (input[0] == 'P') {
    if (const auto pinyin = catalogue::Pinyin::open(input)) (void)pinyin->spell("曲阳路街道");
    return;
  }
  fuzzing::must_be_canonical(input, catalogue::decode, [](const auto& value) { return catalogue::encode(value); });
}
