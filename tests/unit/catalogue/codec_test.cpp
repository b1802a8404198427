#include "shared/catalogue/codec.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "shared/catalogue/columns.h"
#include "shared/crypto/digest.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

TEST_CASE("a catalogue comes back from its canonical bytes as it was") {
  const Catalogue c = small_catalogue();
  const auto back = decode(encode(c));
  REQUIRE(back);
  CHECK(back->version == 3);
  CHECK(back->items.size() == 2);
  const Item& item = back->items[0];
  CHECK(item.name == "敬老卡申领");
  CHECK(item.citywide_from == day("2018-03-01"));
  CHECK(item.materials[2].when == c.items[0].materials[2].when);
  CHECK(item.limit_working_days == 20);
  CHECK(back->items[1].taken_on == MonthWindow{5, 26});
  CHECK(back->items[1].effective_until == day("2026-12-31"));
  CHECK(back->items[1].delegation == Delegation::NotAccepted);
  CHECK(back->centres[0].name == c.centres[0].name);
  CHECK(back->centres[0].hours.is_default);
  CHECK(back->centres[0].hours.workday.size() == 1);
  CHECK(back->centres[1].hours.workday.size() == 2);
  CHECK(back->centres[1].short_name == "曲阳路街道分中心");
  CHECK(back->townships[1].name_2017 == "提篮桥街道");
  CHECK(*back->townships[2].lat == doctest::Approx(31.10757));
  CHECK(back->calendar.exceptions == c.calendar.exceptions);
  CHECK(back->sayings[0].meant == c.sayings[0].meant);
  CHECK(back->english == c.english);
  CHECK(back->in_english("身份证") == "Identity card");
  CHECK(back->in_english("户口簿") == "");
  CHECK(encode(*back) == encode(c));
}

TEST_CASE("English of a text that no item says isn't written") {
  Catalogue c = small_catalogue();
  c.english["没有人说的话"] = "What nobody says";
  CHECK(encode(c) == encode(small_catalogue()));
}

TEST_CASE("the texts that have English stand once each, names first") {
  const Catalogue c = small_catalogue();
  std::vector<std::string> texts;
  for (const std::string* text : texts_with_english(c)) texts.push_back(*text);
  REQUIRE(texts.size() > 4);
  CHECK(texts[0] == "敬老卡申领");
  CHECK(texts[1] == "婚姻登记档案查询𬱖");
  CHECK(texts[2] == "身份证");
  CHECK(std::count(texts.begin(), texts.end(), "身份证") == 1);
}

TEST_CASE("the real catalogue is read back to the byte") {
  CHECK(encode(real().catalogue) == real().canonical);
  CHECK(real().catalogue.items.size() == 188);
  CHECK(real().catalogue.centres.size() == 215);
}

TEST_CASE("cut anywhere, canonical bytes are refused") {
  const Bytes whole = encode(small_catalogue());
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(decode(ByteView(whole).first(size)));
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(decode(longer));
}

TEST_CASE("whatever a flipped bit makes, it is refused or is itself canonical") {
  const Bytes whole = encode(small_catalogue());
  int accepted = 0;
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = whole;
      changed[at] ^= static_cast<std::uint8_t>(1 << bit);
      const auto back = decode(changed);
      if (!back) continue;
      ++accepted;
      CHECK(encode(*back) == changed);
    }
  CHECK(accepted > 0);  // a changed letter of a text is another catalogue, which only the signature can refuse
}

TEST_CASE("a newer format is told from a damaged one") {
  Bytes bytes = encode(small_catalogue());
  bytes[5] = 3;
  CHECK(decode(bytes).error().is(codec_errors::Newer));
  bytes[0] = 'X';
  CHECK(decode(bytes).error().is(codec_errors::Damaged));
}

TEST_CASE("ids count on only when letters and length agree") {
  CHECK(steps("i016", "i018") == 2);
  CHECK(steps("i018", "i016") == 0);
  CHECK(steps("i999", "i1000") == 0);
  CHECK(steps("a1", "b2") == 0);
  std::string to;
  CHECK(step_on("310109010", 8, to));
  CHECK(to == "310109018");
  CHECK_FALSE(step_on("i999", 1, to));
}
