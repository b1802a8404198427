#include "shared/catalogue/columns.h"

namespace tongban::catalogue {
namespace {

/// Where the digits at the end begin; never more than nine of them, so that they fit.
std::size_t digits_from(const std::string& text) {
  std::size_t at = text.size();
  while (at > 0 && text.size() - at < 9 && text[at - 1] >= '0' && text[at - 1] <= '9') --at;
  return at;
}

std::uint64_t value_of(const std::string& text, std::size_t from) {
  std::uint64_t value = 0;
  for (std::size_t i = from; i < text.size(); ++i) value = value * 10 + static_cast<std::uint64_t>(text[i] - '0');
  return value;
}

}  // namespace

std::uint64_t steps(const std::string& from, const std::string& to) {
  const std::size_t at = digits_from(from);
  if (from.size() != to.size() || at == from.size() || digits_from(to) != at) return 0;
  if (from.compare(0, at, to, 0, at) != 0) return 0;
  const std::uint64_t a = value_of(from, at), b = value_of(to, at);
  return b > a ? b - a : 0;
}

bool step_on(const std::string& from, std::uint64_t step, std::string& to) {
  const std::size_t at = digits_from(from);
  const std::size_t width = from.size() - at;
  if (width == 0 || step > 999'999'999) return false;
  const std::string digits = std::to_string(value_of(from, at) + step);
  if (digits.size() > width) return false;
  to = from.substr(0, at) + std::string(width - digits.size(), '0') + digits;
  return true;
}

}  // namespace tongban::catalogue
