// libsodium's table of multiples of the base point, 30 KB that a first visit would load. What seals here does without it
// (shared/crypto/box_pair_wasm.cpp), and nothing signs; but the library names its user in a table of functions.
extern "C" void __wrap_ge25519_scalarmult_base(void*, const unsigned char*) { __builtin_trap(); }
