#include "shared/casework/identity.h"

#include <algorithm>
#include <array>

#include "shared/casework/text.h"

namespace tongban::casework {
namespace {

// GB/T 2260: the codes of provinces; 81–83 stand on residence permits of people from Hong Kong, Macao and Taiwan.
constexpr std::array provinces{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                               44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};
// GB 11643-1999, 5: weights 2^(i-1) mod 11 from the right, and the check character of each remainder.
constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view check_characters = "10X98765432";
constexpr int oldest_years = 130;

bool digits_only(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

bool known_province(int code) { return std::find(provinces.begin(), provinces.end(), code) != provinces.end(); }

// A leading 9 is a foreigner's permanent residence card of 2023: the province stands one place further right.
bool known_area(std::string_view number) {
  return known_province(number_at(number, number[0] == '9' ? 1 : 0, 2));
}

char check_character(std::string_view number) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
  return check_characters[static_cast<std::size_t>(sum % 11)];
}

Expected<Date> read_birth(std::string_view number, Date today) {
  const Date birth{std::chrono::year(number_at(number, 6, 4)),
                   std::chrono::month(static_cast<unsigned>(number_at(number, 10, 2))),
                   std::chrono::day(static_cast<unsigned>(number_at(number, 12, 2)))};
  if (!birth.ok()) return identity_errors::NotADate;
  if (birth > today) return identity_errors::Future;
  if (age_on(birth, today) > oldest_years) return identity_errors::TooOld;
  return birth;
}

}  // namespace

std::string plain_identity(std::string_view typed) {
  std::u32string kept;
  kept.reserve(typed.size());
  for (const char32_t point : code_points(typed)) {
    const char32_t plain = plain_width(point);
    const bool filler = plain == U' ' || plain == U'\t' || plain == U'\n' || plain == U'\r' || plain == U'-' || plain == 0x2013 || plain == 0x2014;
    if (!filler) kept.push_back(plain == U'x' ? U'X' : plain);
  }
  return utf8(kept);
}

Expected<Identity> read_identity(std::string_view typed, Date today) {
  Identity identity;
  identity.number = plain_identity(typed);
  const std::string_view number = identity.number;
  const std::size_t count = count_characters(number);
  if (count == 15 && digits_only(number)) return identity_errors::OldForm;
  if (count != 18) return Error(identity_errors::Length).with(std::to_string(count));
  if (number.size() != 18 || !digits_only(number.substr(0, 17)) || (number[17] != 'X' && !digits_only(number.substr(17)))) {
    return identity_errors::Character;
  }
  if (!known_area(number)) return identity_errors::Area;
  TRY(identity.birth, read_birth(number, today));
  if (check_character(number) != number[17]) return identity_errors::Checksum;
  identity.sex = (number[16] - '0') % 2 == 1 ? Sex::Male : Sex::Female;
  return identity;
}

int age_on(Date birth, Date day) {
  const int years = static_cast<int>(day.year()) - static_cast<int>(birth.year());
  const bool reached = day.month() > birth.month() || (day.month() == birth.month() && day.day() >= birth.day());
  return reached ? years : years - 1;
}

std::string masked_identity(std::string_view number) {
  if (number.size() < 12) return std::string(number.size(), '*');
  return std::string(number.substr(0, 6)) + std::string(number.size() - 10, '*') + std::string(number.substr(number.size() - 4));
}

}  // namespace tongban::casework
