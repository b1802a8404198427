#include "shared/catalogue/characters.h"

#include <doctest/doctest.h>

#include "shared/catalogue/alphabet.h"

using namespace tongban;
using namespace tongban::catalogue;

TEST_CASE("ill-formed UTF-8 becomes one replacement character for each octet, and never reads past the end") {
  CHECK(decode_utf8("\xe6\x95") == U"\xfffd\xfffd");           // cut
  CHECK(decode_utf8("\xc0\xaf") == U"\xfffd\xfffd");           // overlong
  CHECK(decode_utf8("\xed\xa0\x80") == U"\xfffd\xfffd\xfffd");  // surrogate
  CHECK(decode_utf8("\xf5\x80\x80\x80").size() == 4);          // beyond Unicode
  CHECK(decode_utf8("a敬𬱖") == U"a敬𬱖");
}

TEST_CASE("what a keyboard, a dictionary and a form give for the same letter is folded to one") {
  CHECK(fold(U'Ａ') == U'a');
  CHECK(fold(U'７') == U'7');
  CHECK(fold(U'ǚ') == U'v');
  CHECK(fold(U'ō') == U'o');
  CHECK(fold(U'敬') == U'敬');
}

TEST_CASE("brackets and dots part words, hanzi and digits don't") {
  for (char32_t c : U"《》（）、·，。 -") if (c) CHECK(is_separator(c));
  for (char32_t c : U"敬㛃𬱖a7") if (c) CHECK_FALSE(is_separator(c));
}

TEST_CASE("a text comes back from the canonical alphabet, whether its characters are frequent or rare") {
  for (const std::string& text : std::vector<std::string>{"", "身份证", "plain ASCII, 1–2", "𬱖㛃·《》（）", "龘靐齉", "第一行\n第二行"}) {
    Bytes bytes;
    append_text(bytes, text);
    ByteView in(bytes);
    std::string back;
    CHECK(read_text(in, back));
    CHECK(back == text);
    CHECK(in.empty());
  }
}

TEST_CASE("frequent characters take one octet and the next thousand two") {
  Bytes one, two;
  append_text(one, "人");
  append_text(two, "诊");
  CHECK(one.size() == 2);
  CHECK(two.size() == 3);
}

TEST_CASE("a text that ends early, or spells out what the table has, is refused") {
  for (const Bytes& bytes : std::vector<Bytes>{Bytes{}, Bytes{65}, Bytes{0xfb}, Bytes{0xff, 0xe4, 0xba, 0xba, 0}}) {
    ByteView in(bytes);
    std::string back;
    CHECK_FALSE(read_text(in, back));
  }
}
