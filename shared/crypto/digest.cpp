#include "shared/crypto/digest.h"

#include <sodium.h>

namespace tongban::crypto {
namespace {

using State = crypto_generichash_state;
static_assert(sizeof(State) <= 384 && alignof(State) <= 64);

State* state(std::array<std::byte, 384>& storage) { return reinterpret_cast<State*>(storage.data()); }

}  // namespace

Digest digest(ByteView bytes) {
  Digest result{};
  crypto_generichash(result.data(), result.size(), bytes.data(), bytes.size(), nullptr, 0);
  return result;
}

Digester::Digester() { crypto_generichash_init(state(state_), nullptr, 0, Digest{}.size()); }

Digester& Digester::add(ByteView bytes) {
  crypto_generichash_update(state(state_), bytes.data(), bytes.size());
  return *this;
}

Digest Digester::finish() {
  Digest result{};
  crypto_generichash_final(state(state_), result.data(), result.size());
  return result;
}

bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace tongban::crypto
