#include "client/app/take_home.h"

#include <algorithm>

#include "shared/base/octets.h"
#include "shared/crypto/digest.h"

namespace tongban::app {
namespace {

constexpr char format = '1';
constexpr std::size_t check_size = 4;
constexpr std::size_t group_octets = 7, group_digits = 17;   // 256^7 < 10^17
constexpr std::size_t longest = 6'000;   // digits; no code holds more

/// How many digits that many octets at the end take.
std::size_t digits_for(std::size_t octets) {
  constexpr std::size_t needed[] = {0, 3, 5, 8, 10, 13, 15, group_digits};
  return needed[octets];
}

}  // namespace

std::string to_digits(const Draft& draft) {
  Draft bare = draft;
  bare.secret.clear();
  for (Paper& paper : bare.papers) paper.photos.clear();
  std::erase_if(bare.papers, [](const Paper& paper) { return !paper.bring; });
  Bytes octets = encode_draft(bare);
  const auto digest = crypto::digest(octets);
  octets.insert(octets.end(), digest.begin(), digest.begin() + check_size);
  std::string digits{format};
  for (ByteView rest = octets; !rest.empty(); rest = rest.subspan(std::min(group_octets, rest.size()))) {
    const ByteView group = rest.first(std::min(group_octets, rest.size()));
    std::uint64_t value = 0;
    for (const std::uint8_t octet : group) value = value << 8 | octet;
    const std::string text = std::to_string(value);
    digits += std::string(digits_for(group.size()) - text.size(), '0') + text;
  }
  return digits;
}

std::optional<Draft> from_digits(std::string_view digits) {
  if (digits.empty() || digits.size() > longest || digits.front() != format) return std::nullopt;
  digits.remove_prefix(1);
  Bytes octets;
  for (; !digits.empty(); digits.remove_prefix(std::min(group_digits, digits.size()))) {
    const auto group = digits.substr(0, group_digits);
    std::size_t size = 1;
    while (size < group_octets && digits_for(size) != group.size()) ++size;
    if (digits_for(size) != group.size()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char digit : group) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (value >> (8 * size) != 0) return std::nullopt;
    for (std::size_t at = size; at-- > 0;) octets.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
  }
  if (octets.size() <= check_size) return std::nullopt;
  const ByteView record = ByteView(octets).first(octets.size() - check_size);
  const auto digest = crypto::digest(record);
  if (!std::equal(digest.begin(), digest.begin() + check_size, octets.end() - check_size)) return std::nullopt;
  auto draft = decode_draft(record);
  // Another device has neither its photos nor its secret.
  if (draft && (!draft->secret.empty() || std::any_of(draft->papers.begin(), draft->papers.end(), [](const Paper& paper) { return !paper.photos.empty(); })))
    return std::nullopt;
  return draft;
}

}  // namespace tongban::app
