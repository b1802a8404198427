// What a fuzz target is: one decoder of foreign octets. Beside crashes, a broken promise of the decoder is a find, too.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "shared/base/bytes.h"

#define FUZZ(input)                                                                    \
  static void fuzz(tongban::ByteView input);                                           \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  \
    fuzz({data, size});                                                                \
    return 0;                                                                          \
  }                                                                                    \
  static void fuzz(tongban::ByteView input)

namespace tongban::fuzzing {

inline void must(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

/// One value has one text: what was read is written as it came.
template <typename Decode, typename Encode>
void must_be_canonical(ByteView input, Decode decode, Encode encode) {
  const auto value = decode(input);
  if (!value) return;
  const Bytes again = encode(*value);
  must(again.size() == input.size() && std::equal(again.begin(), again.end(), input.begin()), "one value has one text");
}

/// What was read is read again from what is written of it.
template <typename Read, typename Write>
void must_read_back(std::string_view input, Read read, Write write) {
  const auto value = read(input);
  if (!value) return;
  const std::string text = write(*value);
  const auto again = read(text);
  must(again.has_value() && write(*again) == text, "what is written is read back");
}

/// Takes the first octet off, for targets of several readers.
inline std::uint8_t choice(ByteView& input) {
  if (input.empty()) return 0;
  const std::uint8_t first = input.front();
  input = input.subspan(1);
  return first;
}

}  // namespace tongban::fuzzing
