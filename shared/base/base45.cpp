#include "shared/base/base45.h"

namespace tongban {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::uint32_t base = 45;

}  // namespace

std::string to_base45(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() * 3 + 1) / 2);
  const auto put = [&](std::uint32_t value, int characters) {
    for (; characters > 0; --characters, value /= base) text.push_back(alphabet[value % base]);
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) put(bytes[at] * 256u + bytes[at + 1], 3);
  if (at < bytes.size()) put(bytes[at], 2);
  return text;
}

std::optional<Bytes> from_base45(std::string_view text) {
  if (text.size() % 3 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() * 2 / 3);
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(3, text.size()))) {
    const auto group = text.substr(0, 3);
    std::uint32_t value = 0;
    for (std::size_t i = group.size(); i-- > 0;) {
      const auto digit = alphabet.find(group[i]);
      if (digit == std::string_view::npos) return std::nullopt;
      value = value * base + static_cast<std::uint32_t>(digit);
    }
    if (value > (group.size() == 3 ? 0xFFFFu : 0xFFu)) return std::nullopt;
    if (group.size() == 3) bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value));
  }
  return bytes;
}

}  // namespace tongban
