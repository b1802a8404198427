#include "shared/casework/case_number.h"

#include <doctest/doctest.h>

#include "tests/fakes/seeded_random.h"

using namespace tongban;
using namespace tongban::casework;

namespace {
const Date day = *parse_date("2026-11-24");
}

TEST_CASE("the same application has the same number of that day, and another on another attempt") {
  fakes::SeededRandom random(1);
  const auto id = ports::fresh<SubmissionId>(random);
  const CaseNumber number = case_number(id, day);
  CHECK(number.text().substr(0, 9) == "TB261124-");
  CHECK(number.text().size() == 17);
  CHECK(case_number(id, day) == number);
  CHECK(case_number(id, day, 1) != number);
}

TEST_CASE("a number is understood as people type and read it") {
  fakes::SeededRandom random(2);
  const CaseNumber number = case_number(ports::fresh<SubmissionId>(random), day);
  std::string small = number.text();
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  CHECK(read_case_number(small) == number);
  std::string spaced = number.text();
  spaced[8] = ' ';
  spaced.append("  ");
  CHECK(read_case_number(spaced) == number);
  CHECK_FALSE(read_case_number(number.text() + "0"));
  CHECK_FALSE(read_case_number(""));
}

TEST_CASE("every wrong character and every two exchanged ones are noticed") {
  fakes::SeededRandom random(3);
  for (int round = 0; round < 20; ++round) {
    const std::string number = case_number(ports::fresh<SubmissionId>(random), day).text();
    for (std::size_t i = 9; i < number.size(); ++i) {
      for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
        std::string wrong = number;
        wrong[i] = c;
        if (wrong != number) CHECK_FALSE(read_case_number(wrong));
      }
      for (std::size_t k = i + 1; k < number.size(); ++k) {
        std::string wrong = number;
        std::swap(wrong[i], wrong[k]);
        if (wrong != number) CHECK_FALSE(read_case_number(wrong));
      }
    }
  }
}
