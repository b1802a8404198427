#include "shared/crypto/secret_box.h"

#include <sodium.h>

namespace tongban::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

Bytes lock(const DataKey& key, ByteView context, ByteView plain, ports::Random& random) {
  Bytes locked(nonce_size + plain.size() + tag_size);
  random.fill(std::span(locked).first(nonce_size));
  crypto_aead_xchacha20poly1305_ietf_encrypt(locked.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                             context.data(), context.size(), nullptr, locked.data(), key.data());
  return locked;
}

std::optional<Bytes> unlock(const DataKey& key, ByteView context, ByteView locked) {
  if (locked.size() < nonce_size + tag_size) return std::nullopt;
  const ByteView box = locked.subspan(nonce_size);
  Bytes plain(box.size() - tag_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(), box.size(),
                                                 context.data(), context.size(), locked.data(), key.data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace tongban::crypto
