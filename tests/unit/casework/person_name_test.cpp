#include "shared/casework/person_name.h"

#include <doctest/doctest.h>

#include "shared/casework/text.h"

using namespace tongban;
using namespace tongban::casework;

TEST_CASE("names with rare characters, dots and Latin letters are names") {
  for (const char* name : {"王小明", "𬱖㛃", "买买提·吐尔逊", "〇", "Anne-Marie O'Neill", "José", "欧阳娜娜"}) {
    const auto read = read_name(name);
    REQUIRE(read);
    CHECK(*read == name);
  }
}

TEST_CASE("every dot that keyboards give becomes the one of the register") {
  for (const char* typed : {"买买提•吐尔逊", "买买提‧吐尔逊", "买买提・吐尔逊", " 买买提·吐尔逊 "}) CHECK(*read_name(typed) == "买买提·吐尔逊");
}

TEST_CASE("what cannot stand in a name is named to the resident") {
  CHECK(read_name("王1明").error().zh() == "姓名里有不能用的符号“1”");
  CHECK(read_name("王😀").error().is(name_errors::Character));
  CHECK(read_name("·王").error().is(name_errors::Dot));
  CHECK(read_name("买··提").error().is(name_errors::Dot));
  CHECK(read_name("\xEE\x80\x80").error().is(name_errors::PrivateUse));
  CHECK(read_name(std::string(60 * 3, 'a')).error().is(name_errors::TooLong));
}

TEST_CASE("broken UTF-8 becomes the replacement character and never runs off the end") {
  CHECK(code_points("\xE7\x8E") == U"\uFFFD\uFFFD");
  CHECK(code_points("\xFF") == U"\uFFFD");
  CHECK(utf8(code_points("𬱖王a")) == "𬱖王a");
}
