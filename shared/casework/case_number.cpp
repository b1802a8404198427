#include "shared/casework/case_number.h"

#include <array>

#include "shared/base/octets.h"
#include "shared/casework/text.h"
#include "shared/crypto/digest.h"

namespace tongban::casework {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t date_digits = 6, body_characters = 7;

/// Multiplication by x in GF(2^5) with x^5 + x^2 + 1, whose x generates all 31 non-zero elements.
unsigned times_x(unsigned value) { return ((value << 1) ^ ((value & 16) ? 0x25 : 0)) & 31; }

// Each place has a weight of its own among the 31 powers of x, so any one wrong character, and any two exchanged
// ones, change the sum.
char check_character(std::string_view body) {
  unsigned sum = 0;
  for (const char c : body) sum = times_x(sum ^ static_cast<unsigned>(alphabet.find(c)));
  return alphabet[sum];
}

std::string date_text(Date date) {
  const std::string text = to_text(date);  // 2026-11-24
  return text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2);
}

std::optional<char> plain_character(char32_t typed) {
  char32_t point = plain_width(typed);
  if (point >= U'a' && point <= U'z') point -= 32;
  if (point == U'O') point = U'0';
  if (point == U'I' || point == U'L') point = U'1';
  if (point < 0x80 && alphabet.find(static_cast<char>(point)) != std::string_view::npos) return static_cast<char>(point);
  return std::nullopt;
}

}  // namespace

CaseNumber case_number(const SubmissionId& submission, Date stored_on, std::uint32_t attempt) {
  Writer writer;
  writer.raw(as_bytes("TBNUMBER")).raw(submission.octets).u32(attempt);
  const crypto::Digest digest = crypto::digest(writer.bytes());
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = (bits << 8) | digest[i];
  std::string body = date_text(stored_on);
  for (std::size_t i = 0; i < body_characters; ++i) body.push_back(alphabet[(bits >> (35 - 5 * i)) & 31]);
  const char check = check_character(body);
  return CaseNumber("TB" + body.substr(0, date_digits) + "-" + body.substr(date_digits) + check);
}

std::optional<CaseNumber> read_case_number(std::string_view typed) {
  std::string body;
  for (const char32_t point : code_points(typed)) {
    if (plain_width(point) == U' ' || plain_width(point) == U'-' || point == 0x2013 || point == 0x2014) continue;
    const auto plain = plain_character(point);
    if (!plain) return std::nullopt;
    body.push_back(*plain);
  }
  if (body.size() != 2 + date_digits + body_characters + 1 || !body.starts_with("TB")) return std::nullopt;
  const std::string counted = body.substr(2, date_digits + body_characters);
  if (check_character(counted) != body.back()) return std::nullopt;
  return CaseNumber("TB" + counted.substr(0, date_digits) + "-" + counted.substr(date_digits) + body.back());
}

}  // namespace tongban::casework
