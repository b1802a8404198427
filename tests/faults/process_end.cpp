#include "tests/faults/process_end.h"

#include <unistd.h>

#include <atomic>

namespace {

constexpr int goes_on = -1;
std::atomic<bool> played{false};
std::atomic<int> ended_with{goes_on};

}  // namespace

// The linker puts this in the place of _Exit (-Wl,--wrap=_Exit).
extern "C" [[noreturn]] void __real__Exit(int code);
extern "C" [[noreturn]] void __wrap__Exit(int code) {
  if (!played) __real__Exit(code);
  ended_with = code;
  while (true) ::pause();
}

namespace tongban::faults {

void ProcessEnd::play() { played = true; }

std::optional<int> ProcessEnd::code() {
  const int code = ended_with;
  return code == goes_on ? std::nullopt : std::optional(code);
}

void ProcessEnd::forget() { ended_with = goes_on; }

}  // namespace tongban::faults
