#include "shared/catalogue/places.h"

#include <doctest/doctest.h>

#include <set>

#include "shared/catalogue/search.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

TEST_CASE("a place is called in English as it is read, with what is generic in it translated") {
  const auto english = [](std::string_view name) { return english_place(name, real().pinyin); };
  CHECK(english("五角场街道") == "Wujiaochang Subdistrict");
  CHECK(english("曲阳路街道") == "Quyang Road Subdistrict");
  CHECK(english("南京东路街道") == "Nanjing East Road Subdistrict");
  CHECK(english("石门二路街道") == "Shimen No. 2 Road Subdistrict");
  CHECK(english("曹杨新村街道") == "Caoyang Xincun Subdistrict");
  CHECK(english("静安寺街道") == "Jing'ansi Subdistrict");
  CHECK(english("吕巷镇") == "Lüxiang Town");
  CHECK(english("重固镇") == "Chonggu Town");
  CHECK(english("横沙乡") == "Hengsha Township");
  CHECK(english("前卫农场") == "Qianwei Farm");
  CHECK(english("中国（上海）自由贸易试验区（保税片区）").empty());
  CHECK(english("镇").empty());
  CHECK(english_place("五角场街道", Pinyin()).empty());
}

TEST_CASE("every centre but a branch has an English name, and no two of a district have the same") {
  Catalogue catalogue = real().catalogue;
  name_places(catalogue, real().pinyin);
  std::set<std::string> names;
  for (const Centre& centre : catalogue.centres) {
    CAPTURE(centre.name);
    if (!centre.sub_centre) CHECK_FALSE(centre.name_en.empty());
    if (!centre.name_en.empty()) CHECK(names.insert(centre.district + " " + centre.name_en).second);
  }
}

TEST_CASE("a centre is found by the English name that a page shows") {
  Catalogue catalogue = real().catalogue;
  name_places(catalogue, real().pinyin);
  const SearchIndex index(catalogue, real().pinyin);
  for (const Centre& centre : catalogue.centres) {
    if (centre.name_en.empty()) continue;
    const auto hits = index.search_centres(centre.name_en, 20);
    CAPTURE(centre.name_en);
    CHECK(std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return &catalogue.centres[hit.index] == &centre; }));
  }
  CHECK(place_query("Quyang Road Subdistrict") == "quyang 路");
  CHECK(place_query("曲阳路") == "曲阳路");
  CHECK(place_query("town") == "town");
  CHECK(place_query("Ruijin No. 2 Road") == "ruijin 二 路");
  CHECK(place_query("2") == "2");
}
