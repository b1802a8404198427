// A catalogue small enough to know by heart, and the real one as the build made it.
#pragma once

#include "shared/base/bytes.h"
#include "shared/catalogue/model.h"
#include "shared/catalogue/pinyin.h"
#include "shared/crypto/sign.h"

namespace tongban::catalogue {

/// Two items, two districts, three townships, three centres, a week of holidays.
Catalogue small_catalogue();
/// The key that signed the golden vectors: a seed of 32 octets 7.
crypto::SigningKey sample_key();

struct Real {
  Bytes canonical;
  Catalogue catalogue;
  Pinyin pinyin;
};
/// From the build folder; the test ends when it isn't there.
const Real& real();

/// A day, by its text; the test's own mistakes end it.
Date day(const char* text);

}  // namespace tongban::catalogue
