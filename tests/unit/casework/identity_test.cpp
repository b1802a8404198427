#include "shared/casework/identity.h"

#include <doctest/doctest.h>

using namespace tongban;
using namespace tongban::casework;

namespace {
const Date today = *parse_date("2026-11-24");
bool fails_with(std::string_view typed, const ErrorCode& code) {
  const auto identity = read_identity(typed, today);
  return !identity && identity.error().is(code);
}
}  // namespace

TEST_CASE("the example numbers of GB 11643-1999 are correct and say what the standard says") {
  const auto woman = read_identity("11010519491231002X", today);
  REQUIRE(woman);
  CHECK(woman->birth == *parse_date("1949-12-31"));
  CHECK(woman->sex == Sex::Female);
  const auto old_man = read_identity("440524188001010014", *parse_date("1999-07-01"));
  REQUIRE(old_man);
  CHECK(old_man->birth == *parse_date("1880-01-01"));
  CHECK(read_identity("310109195001010015", today)->sex == Sex::Male);
}

TEST_CASE("spaces, dashes, full-width digits and a small x are made plain") {
  CHECK(read_identity(" 110105 19491231 002x ", today)->number == "11010519491231002X");
  CHECK(read_identity("１１０１０５-１９４９１２３１-００２Ｘ", today)->number == "11010519491231002X");
}

TEST_CASE("a number that is too short says how many characters there are") {
  const auto identity = read_identity("31010919500101", today);
  REQUIRE(!identity);
  CHECK(identity.error().zh() == "身份证号要 18 位，现在是 14 位");
  CHECK(identity.error().en() == "The ID number needs 18 characters; you have 14");
}

TEST_CASE("the old form of 15 digits is explained") { CHECK(fails_with("310109500101001", identity_errors::OldForm)); }

TEST_CASE("each kind of slip has its own sentence") {
  CHECK(fails_with("31010919500101001A", identity_errors::Character));
  CHECK(fails_with("3101091950010100一5", identity_errors::Character));
  CHECK(fails_with("X10109195001010015", identity_errors::Character));
  CHECK(fails_with("990109195001010015", identity_errors::Area));
  CHECK(fails_with("310109195002300015", identity_errors::NotADate));
  CHECK(fails_with("310109202611250015", identity_errors::Future));
  CHECK(fails_with("310109180001010015", identity_errors::TooOld));
  CHECK(fails_with("310109195001010016", identity_errors::Checksum));
}

TEST_CASE("every single wrong digit of a correct number is noticed") {
  const std::string number = "310109195001010015";
  for (std::size_t i = 0; i < number.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = number;
      wrong[i] = digit;
      if (wrong != number) CHECK_FALSE(read_identity(wrong, today));
    }
  }
}

TEST_CASE("numbers of residence permits and of foreigners' residence cards are known") {
  CHECK(read_identity("810000199001010019", today));
  CHECK(read_identity("911310198001010018", today));
}

TEST_CASE("an age is full on the birthday, and on 1 March for who was born on 29 February") {
  const Date birth = *parse_date("1948-02-29");
  CHECK(age_on(birth, *parse_date("2013-02-28")) == 64);
  CHECK(age_on(birth, *parse_date("2013-03-01")) == 65);
  CHECK(age_on(*parse_date("1950-01-01"), *parse_date("2015-01-01")) == 65);
}

TEST_CASE("a masked number shows the area and the last four") {
  CHECK(masked_identity("310109195001010015") == "310109********0015");
  CHECK(masked_identity("3101") == "****");
}
