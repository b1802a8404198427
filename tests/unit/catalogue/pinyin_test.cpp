#include "shared/catalogue/pinyin.h"

#include <doctest/doctest.h>

#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

TEST_CASE("a table written by hand is read as README.md has it") {
  // Two syllables (hang, min), two characters (U+884C 行 and U+95F5 闵), one word.
  const Bytes bytes{'T', 'B', 'P', 'Y', '1', 2, 'h', 'a', 'n', 'g', 0, 'm', 'i', 'n', 0, 2, 0xcc, 0x90, 0x02, 0xa9, 0x1b, 1, 2, 0};
  const auto table = Pinyin::open(bytes);
  REQUIRE(table);
  CHECK(table->spell("闵行") == "min hang");
  CHECK(table->reading(U'敬') == 0);
  CHECK(table->find("min") == 2);
  CHECK(table->find("mi") == 0);
}

TEST_CASE("a damaged table is refused, wherever it is cut") {
  const Bytes bytes{'T', 'B', 'P', 'Y', '1', 2, 'h', 'a', 'n', 'g', 0, 'm', 'i', 'n', 0, 1, 0xcc, 0x90, 0x02, 1, 0};
  CHECK(Pinyin::open(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(Pinyin::open(ByteView(bytes).first(size)));
  Bytes wrong = bytes;
  wrong[19] = 3;  // a syllable that isn't there
  CHECK_FALSE(Pinyin::open(wrong));
}

TEST_CASE("place names are read as people here say them") {
  const Pinyin& pinyin = real().pinyin;
  CHECK(pinyin.spell("闵行区") == "min hang qu");
  CHECK(pinyin.spell("莘庄镇") == "xin zhuang zhen");
  CHECK(pinyin.spell("殷行街道") == "yin hang jie dao");
  CHECK(pinyin.spell("长宁") == "chang ning");
}

TEST_CASE("characters of several readings are read by their word") {
  const Pinyin& pinyin = real().pinyin;
  CHECK(pinyin.spell("给付受理") == "ji fu shou li");
  CHECK(pinyin.spell("密码重置") == "mi ma chong zhi");
  CHECK(pinyin.spell("重残无业") == "zhong can wu ye");
  CHECK(pinyin.spell("长护险") == "chang hu xian");
  CHECK(pinyin.spell("银行卡调整") == "yin hang ka tiao zheng");
  CHECK(pinyin.spell("子女") == "zi nv");
}
