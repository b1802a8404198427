#include "shared/crypto/password.h"

#include <sodium.h>

#include <array>

namespace tongban::crypto {
namespace {

template <std::size_t Size>
std::string base64(const std::array<std::uint8_t, Size>& octets) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(Size, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), octets.data(), octets.size(), variant);
  text.pop_back();  // its closing zero
  return text;
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password, ports::Random& random, PasswordCost cost) {
  std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt{};
  std::array<std::uint8_t, 32> hash{};
  random.fill(salt);
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(), cost.passes,
                    std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) + ",p=1$" +
         base64(salt) + "$" + base64(hash);
}

bool verify_password(std::string_view hash, std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (hash.size() >= text.size()) return false;
  hash.copy(text.data(), hash.size());
  return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

bool outdated(std::string_view hash, PasswordCost cost) {
  const std::string start =
      "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) + ",p=1$";
  return hash.substr(0, start.size()) != start;
}

}  // namespace tongban::crypto
