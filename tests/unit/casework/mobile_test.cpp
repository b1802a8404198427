#include "shared/casework/mobile.h"

#include <doctest/doctest.h>

using namespace tongban;
using namespace tongban::casework;

TEST_CASE("a mobile number may be typed with spaces, dashes, full-width digits and +86") {
  for (const char* typed : {"13800000001", "138 0000 0001", "138-0000-0001", "+86 13800000001", "8613800000001", "１３８０００００００１"}) {
    const auto number = read_mobile(typed);
    REQUIRE(number);
    CHECK(*number == "13800000001");
  }
}

TEST_CASE("a mobile number of another length says how long it is") {
  CHECK(read_mobile("1380000001").error().zh() == "手机号要 11 位，现在是 10 位");
}

TEST_CASE("a landline or letters are no mobile number") {
  CHECK(read_mobile("02165277777").error().is(mobile_errors::Form));
  CHECK(read_mobile("12800000001").error().is(mobile_errors::Form));
  CHECK(read_mobile("1380000000O").error().is(mobile_errors::Form));
}
