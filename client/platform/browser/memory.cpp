// Copying and filling memory by the instructions that wasm has for it. Emscripten's C library for small modules does it
// octet by octet, and a frame copies megabytes: vectors that grow, texts, vertices.
#include <cstddef>

extern "C" {

void* memcpy(void* to, const void* from, std::size_t size) {
  __builtin_memcpy(to, from, size);
  return to;
}

void* memmove(void* to, const void* from, std::size_t size) {
  __builtin_memmove(to, from, size);
  return to;
}

void* memset(void* to, int octet, std::size_t size) {
  __builtin_memset(to, octet, size);
  return to;
}

}
