#include "shared/crypto/seal.h"

#include <sodium.h>

#include <algorithm>

#include "shared/crypto/box_pair.h"

namespace tongban::crypto {
namespace {

using Nonce = std::array<std::uint8_t, crypto_box_NONCEBYTES>;

// The nonce of crypto_box_seal: BLAKE2b of both public keys, so that it never repeats with the ephemeral key.
Nonce sealing_nonce(const SealingPublic& ephemeral, const SealingPublic& to) {
  crypto_generichash_state state;
  Nonce nonce{};
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, ephemeral.data(), ephemeral.size());
  crypto_generichash_update(&state, to.data(), to.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());
  return nonce;
}

}  // namespace

SealingKey::SealingKey(const Seed& seed) { box_pair(public_, secret_, seed); }

SealingKey::~SealingKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::optional<Bytes> seal(const SealingPublic& to, ByteView message, ports::Random& random) {
  auto seed = ports::fresh<Seed>(random);
  SealingPublic ephemeral{};
  std::array<std::uint8_t, 32> secret{};
  box_pair(ephemeral, secret, seed);
  const Nonce nonce = sealing_nonce(ephemeral, to);
  Bytes sealed(ephemeral.size() + crypto_box_MACBYTES + message.size());
  std::copy(ephemeral.begin(), ephemeral.end(), sealed.begin());
  const int failed = crypto_box_easy(sealed.data() + ephemeral.size(), message.data(), message.size(), nonce.data(),
                                     to.data(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  sodium_memzero(seed.data(), seed.size());
  if (failed != 0) return std::nullopt;
  return sealed;
}

std::optional<Bytes> open_sealed(const SealingKey& key, ByteView sealed) {
  SealingPublic ephemeral{};
  if (sealed.size() < ephemeral.size() + crypto_box_MACBYTES) return std::nullopt;
  std::copy_n(sealed.begin(), ephemeral.size(), ephemeral.begin());
  const ByteView box = sealed.subspan(ephemeral.size());
  const Nonce nonce = sealing_nonce(ephemeral, key.public_);
  Bytes message(box.size() - crypto_box_MACBYTES);
  if (crypto_box_open_easy(message.data(), box.data(), box.size(), nonce.data(), ephemeral.data(),
                           key.secret_.data()) != 0) {
    return std::nullopt;
  }
  return message;
}

}  // namespace tongban::crypto
