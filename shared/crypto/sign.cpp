#include "shared/crypto/sign.h"

#include <sodium.h>

#include <algorithm>

#include "shared/crypto/digest.h"

namespace tongban::crypto {

KeyId key_id(const PublicKey& key) {
  const Digest whole = digest(key);
  KeyId id{};
  std::copy_n(whole.begin(), id.size(), id.begin());
  return id;
}

SigningKey::SigningKey(const Seed& seed) {
  crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.data());
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

Signature sign(const SigningKey& key, ByteView message) {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key.secret_.data());
  return signature;
}

bool verify(const PublicKey& key, const Signature& signature, ByteView message) {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

}  // namespace tongban::crypto
